import type { AuditedFile, AuditFinding, AuditResult } from "../audit/result";
import { jsonChunks, lazyList } from "./jsonChunks";

/** An audit for programs: version 1 of the object that the command line promises. */
export function renderJson(result: AuditResult): string {
  return [...jsonReportChunks(result)].join("");
}

/** What {@link renderJson} makes, in pieces. `readJson` reads it back, so it holds all that other reports show. */
export function jsonReportChunks(result: AuditResult): Iterable<string> {
  return jsonChunks({
    version: result.version,
    tool: result.tool,
    complete: result.complete,
    shard: result.shard,
    files: lazyList(() => result.files.map(fileObject)),
    findings: lazyList(() => findingsOf(result)),
    suppressed: lazyList(() => suppressedOf(result)),
    failures: result.failures,
    notChecked: result.notChecked,
    posture: lazyList(() => posturesOf(result)),
    images: result.images,
  });
}

function* findingsOf(result: AuditResult): Generator<unknown> {
  for (const file of result.files) for (const finding of file.findings) yield findingObject(file, finding);
}

function* suppressedOf(result: AuditResult): Generator<unknown> {
  for (const file of result.files) {
    for (const { finding, ...how } of file.suppressed) yield { ...findingObject(file, finding), ...how };
  }
}

function* posturesOf(result: AuditResult): Generator<unknown> {
  for (const { path, posture } of result.files)
    for (const { kind, name, range, controls } of posture ?? []) yield { path, kind, name, range, controls };
}

/** Everything but where it was on this machine; what was found in it stands in lists of its own. */
function fileObject({ location, findings, suppressed, posture, ran, ...told }: AuditedFile): object {
  return told;
}

function findingObject({ path }: AuditedFile, finding: AuditFinding): object {
  const { rule, severity, category, message, ...rest } = finding;
  return { rule, severity, category, message, path, ...rest };
}
