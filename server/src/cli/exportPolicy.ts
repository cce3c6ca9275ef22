import { createConfigFiles } from "../audit/configFiles";
import type { Config } from "../engine/config";
import { noPolicy } from "../engine/policy";
import type { Rule } from "../engine/rule";
import { exportContainersPolicy } from "../exports/containersPolicy";
import type { Exported } from "../exports/exported";
import { exportRego } from "../exports/rego";
import { exportSourcePolicy } from "../exports/sourcePolicy";
import { plainText } from "../report/plain";
import type { ExportArgs, ExportFormat } from "./args";
import { boundaryOf } from "./search";
import { type ExitCode, exitCodes, type Terminal, UsageError } from "./terminal";

const exporters: Readonly<Record<ExportFormat, (config: Config) => Exported>> = {
  rego: exportRego,
  "source-policy": exportSourcePolicy,
  "containers-policy": exportContainersPolicy,
};

/** `plimsoll export`: the image policy that counts in the working directory, for tools that enforce one. */
export async function exportPolicy(
  args: ExportArgs,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<ExitCode> {
  const choice = args.config === undefined ? "nearest" : { file: terminal.absolute(args.config) };
  const configs = createConfigFiles(terminal.files, rules, choice);
  const configured = await configs.of(terminal.cwd, await boundaryOf(terminal.cwd, terminal));
  const config = configured.configFor(undefined);
  for (const [path, reason] of configs.failures)
    terminal.err(`plimsoll: ${plainText(`${path}: ${reason}`)}\n`);
  // Half a policy would be enforced as if it were the whole.
  if (configs.failures.size > 0) return exitCodes.fault;
  if (config.policy === noPolicy) throw new UsageError("no plimsoll.yaml here says anything under images:");
  const { text, notExpressed } = exporters[args.format](config);
  for (const line of notExpressed) terminal.err(`plimsoll: not expressed: ${plainText(line)}\n`);
  if (args.output === undefined) terminal.out(text);
  else await terminal.files.write(terminal.absolute(args.output), text);
  return exitCodes.clean;
}
