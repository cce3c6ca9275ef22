import { createConfigFiles } from "../audit/configFiles";
import type { AuditResult } from "../audit/result";
import type { Rule } from "../engine/rule";
import { type Severity, severities } from "../engine/severity";
import { maxReportBytes } from "../limits";
import { mergeResults, type Part } from "../report/merge";
import { isSarif, mergeSarif } from "../report/mergeSarif";
import { fromObject, parsedReport } from "../report/readJson";
import { UnreadableReport } from "../report/shape";
import { exitCodeOf, failOnOf, outcomeOf } from "./exitCode";
import type { MergeArgs } from "./pipelineArgs";
import { deliver, render } from "./render";
import { type ExitCode, type Terminal, UsageError } from "./terminal";

/** `plimsoll merge`: the parts of a run, as one report. */
export async function merge(args: MergeArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const parts: Part<unknown>[] = [];
  for (const name of args.parts) parts.push(await readPart(name, terminal));
  const failOn =
    args.failOn ?? (await failOnOf(createConfigFiles(terminal.files, rules, "nearest"), terminal));
  const wanted: Decided = { ...args, failOn };
  try {
    const sarif = parts.filter(({ report }) => isSarif(report));
    if (sarif.length === 0) return await mergeJson(wanted, parts, rules, terminal);
    if (sarif.length < parts.length)
      throw new UsageError("some parts are SARIF and some are not: merge one format at a time");
    return await mergeSarifParts(wanted, parts, terminal);
  } catch (error) {
    throw error instanceof UnreadableReport ? new UsageError(error.message) : error;
  }
}

type Decided = MergeArgs & { readonly failOn: Severity | "never" };

async function mergeJson(
  args: Decided,
  parts: readonly Part<unknown>[],
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<ExitCode> {
  const results = parts.map(
    ({ name, report }): Part<AuditResult> => ({ name, report: named(name, () => fromObject(report)) }),
  );
  const result = mergeResults(results);
  const { format = "json", output } = args;
  await deliver(render(result, { format, output }, rules, terminal), output, terminal);
  return exitCodeOf(outcomeOf(result), args);
}

async function mergeSarifParts(
  args: Decided,
  parts: readonly Part<unknown>[],
  terminal: Terminal,
): Promise<ExitCode> {
  if (args.format !== undefined && args.format !== "sarif")
    throw new UsageError(`SARIF parts make SARIF: for ${args.format}, check with --format json`);
  const merged = mergeSarif(parts);
  await deliver(merged.chunks, args.output, terminal);
  const counts = severities.map((severity) => [
    severity,
    merged.severities.filter((candidate) => candidate === severity).length,
  ]);
  return exitCodeOf(
    { sound: merged.successful, unread: merged.unread, findings: Object.fromEntries(counts) },
    args,
  );
}

/** Reads a report from a file, or from standard input where it is `-`. */
export async function readPart(name: string, terminal: Terminal): Promise<Part<unknown>> {
  const read =
    name === "-"
      ? await terminal.readInput(maxReportBytes)
      : await terminal.files.read(terminal.absolute(name), maxReportBytes);
  if (read.state === "absent") throw new UsageError(`${name} does not exist`);
  if (read.state === "failed") throw new UsageError(`${name}: ${read.reason}`);
  return { name, report: named(name, () => parsedReport(read.text)) };
}

/** Says which file it is that cannot be read. */
export function named<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableReport) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}
