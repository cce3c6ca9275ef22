import { type AuditInput, auditFolders } from "../audit/audit";
import { joinPath } from "../audit/paths";
import type { Rule } from "../engine/rule";
import { maxFileBytes } from "../limits";
import type { Files, ReadResult } from "../platform/ports";
import type { CheckArgs } from "./args";
import { cacheFor } from "./cache";
import { exitCodeOf, outcomeOf } from "./exitCode";
import { deliver, render } from "./render";
import { resolveSearch } from "./search";
import type { ExitCode, Terminal } from "./terminal";

/** `plimsoll check`. */
export async function check(args: CheckArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const search = await resolveSearch(args.stdin ? { ...args, paths: [] } : args, rules, terminal);
  const { scope, adjust } = search;
  const cache = args.stdin ? undefined : await cacheFor(args, search, terminal);
  const input: AuditInput = {
    ...scope,
    ...(args.stdin ? await standardInput(args, terminal) : {}),
    base: terminal.cwd,
    rules,
    version: terminal.version,
    clock: terminal.clock,
    adjust,
    minSeverity: args.minSeverity,
    cache,
    ...(args.shard && { shard: { ...args.shard, settings: settingsOf(args) } }),
    withPosture: args.format === "html" || args.format === "json",
  };
  const result = await auditFolders(input).finally(() => cache?.close());
  await deliver(render(result, args, rules, terminal), args.output, terminal);
  // A program reads the report, and whoever started it reads this.
  if (args.format !== "text" || args.output !== undefined) {
    for (const failure of result.failures) terminal.err(`plimsoll: ${failure.path}: ${failure.error}\n`);
  }
  return exitCodeOf(outcomeOf(result), args);
}

/** The arguments that must be equal in all shards of a run, beside those that the result shows. */
function settingsOf({ config, noConfig, profile, rules, noIgnore }: CheckArgs): string {
  return JSON.stringify([config ?? null, noConfig, profile ?? null, rules, noIgnore]);
}

/** Standard input, as a file of the working directory with the name that the user gave it. */
async function standardInput(
  args: CheckArgs,
  terminal: Terminal,
): Promise<Pick<AuditInput, "named" | "files" | "boundaryOf">> {
  const text = await terminal.readInput(maxFileBytes);
  const path =
    args.stdinFilename === undefined
      ? joinPath(terminal.cwd, "stdin")
      : terminal.absolute(args.stdinFilename);
  return { named: [path], files: withText(terminal.files, path, text), boundaryOf: () => terminal.cwd };
}

function withText(files: Files, path: string, text: ReadResult): Files {
  return {
    ...files,
    // Its own path, whether or not a file of that name exists: what was read is not what the disk has.
    realPath: (other) => (other === path ? Promise.resolve(path) : files.realPath(other)),
    read: (other, maxBytes) => (other === path ? Promise.resolve(text) : files.read(other, maxBytes)),
  };
}
