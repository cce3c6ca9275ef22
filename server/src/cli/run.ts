import { plainText } from "../report/plain";
import { rules } from "../rules/index";
import { type Args, readArgs } from "./args";
import { check } from "./check";
import { compliance } from "./compliance";
import { exportPolicy } from "./exportPolicy";
import { fix } from "./fix";
import { help } from "./help";
import { image } from "./image";
import { init } from "./init/init";
import { inventory } from "./inventory";
import { serveAgents } from "./mcp";
import { merge } from "./merge";
import { pin } from "./pin";
import { report } from "./report";
import { explain, listRules } from "./rules";
import { type ExitCode, exitCodes, type Terminal, UsageError } from "./terminal";

/**
 * Runs the command line.
 * @param args after the program's name
 * @returns what the process ends with; `undefined` where a language server goes on running
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode | undefined> {
  try {
    return await runCommand(readArgs(args), terminal);
  } catch (error) {
    // Anything but a UsageError is a defect or a disk at fault: one line for a person either way.
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(`plimsoll: ${plainText(message)}\n`);
    if (error instanceof UsageError) terminal.err('Try "plimsoll --help".\n');
    return exitCodes.fault;
  }
}

async function runCommand(args: Args, terminal: Terminal): Promise<ExitCode | undefined> {
  switch (args.command) {
    case "check":
      return check(args, rules, terminal);
    case "fix":
      return fix(args, rules, terminal);
    case "merge":
      return merge(args, rules, terminal);
    case "inventory":
      return inventory(args, rules, terminal);
    case "report":
      return report(args, terminal);
    case "compliance":
      return compliance(args, rules, terminal);
    case "pin":
      return pin(args, rules, terminal);
    case "image":
      return image(args, terminal);
    case "init":
      return init(args, rules, terminal);
    case "export":
      return exportPolicy(args, rules, terminal);
    case "explain":
      return explain(args.rule, rules, terminal);
    case "rules":
      return listRules(args.format, rules, terminal);
    case "help":
      terminal.out(help);
      return exitCodes.clean;
    case "version":
      terminal.out(`${terminal.version}\n`);
      return exitCodes.clean;
    case "lsp":
      await terminal.serveEditor();
      return undefined;
    case "mcp":
      await serveAgents(args.root, terminal);
      return undefined;
  }
}
