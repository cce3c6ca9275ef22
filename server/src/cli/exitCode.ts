import type { ConfigFiles } from "../audit/configFiles";
import type { AuditResult } from "../audit/result";
import { toldByOthers } from "../engine/requirements";
import { isAtLeast, type Severity, severities } from "../engine/severity";
import { boundaryOf } from "./search";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

/** What a run came to, as far as it decides how the process ends. */
export interface Outcome {
  /** Nothing failed, and the run was not stopped. */
  readonly sound: boolean;
  /** Files, and parts of files, that were not read, and images of which a registry or a scanner had to tell and did not. */
  readonly unread: number;
  readonly findings: Readonly<Record<Severity, number>>;
}

export function outcomeOf(result: AuditResult): Outcome {
  const { failures, complete, notChecked, summary } = result;
  // What a single rule could not judge, such as the default user of a private image, is no unread file. Who has a registry or
  // a scanner asked wants to hear that it did not answer.
  const unread = notChecked.filter(({ rule }) => rule === undefined || toldByOthers.has(rule)).length;
  return {
    sound: failures.length === 0 && complete,
    unread: unread + summary.failed + summary.skipped,
    findings: summary.findings,
  };
}

/** From which severity on a run fails where the arguments do not say: the working directory's configuration decides. */
export async function failOnOf(configs: ConfigFiles, terminal: Terminal): Promise<Severity | "never"> {
  const configured = await configs.of(terminal.cwd, await boundaryOf(terminal.cwd, terminal));
  return configured.configFor(undefined).failOn ?? "high";
}

/** What an outcome means for a pipeline. */
export function exitCodeOf(
  { sound, unread, findings }: Outcome,
  { failOn, strict }: { readonly failOn: Severity | "never"; readonly strict: boolean },
): ExitCode {
  if (!sound || (strict && unread > 0)) return exitCodes.fault;
  if (failOn === "never") return exitCodes.clean;
  const isGrave = severities.some((severity) => isAtLeast(severity, failOn) && findings[severity] > 0);
  return isGrave ? exitCodes.findings : exitCodes.clean;
}
