import { summaryOf } from "../audit/audit";
import type { AuditedFile, AuditFinding, AuditResult } from "../audit/result";
import { maxResultBytes } from "../limits";
import { renderJson } from "../report/json";
import { type Terminal, UsageError } from "./terminal";

/** What a run before has said, as far as it tells old from new. */
interface LastRun {
  /** How often each finding was there, by its path, rule and fingerprint. */
  readonly counts: Map<string, number>;
  readonly found: readonly LastFinding[];
  readonly complete: boolean;
}

interface LastFinding {
  readonly path: string;
  readonly rule: string;
  readonly fingerprint: string;
  /** All of it, as it stood there. */
  readonly entry: unknown;
}

/**
 * Leaves in a result only what the last run did not have. What it had silenced counts as new when it is silenced no
 * more: an exception has expired.
 * @param file the JSON result of the last run
 * @param remember whether `file` is to hold this run's result afterwards, for the next one; it may then be missing
 */
export async function onlyNew(
  result: AuditResult,
  file: string,
  remember: boolean,
  terminal: Terminal,
): Promise<AuditResult> {
  const last = await readLastRun(file, remember, terminal);
  if (!last.complete)
    terminal.err(`plimsoll: ${file} is of a run that did not see everything, so more may be called new\n`);
  const found = new Map(last.counts);
  const files = result.files.map((audited) => ({
    ...audited,
    findings: audited.findings.filter((finding) => isNew(found, audited, finding, "found")),
    suppressed: audited.suppressed.filter(({ finding }) => isNew(found, audited, finding, "silenced")),
  }));
  // Whoever stops a run has not seen what would have come: the next one compares with the last whole one.
  if (remember && result.complete)
    await terminal.files.write(terminal.absolute(file), remembered(result, last));
  return { ...result, files, summary: summaryOf(files) };
}

/**
 * What the next run compares with: this run's result, and of the last one what nobody could look at in this one. A registry that
 * does not answer for a night must not make its old findings new ones.
 */
function remembered(result: AuditResult, last: LastRun): string {
  const text = renderJson(result);
  const unread = new Set(
    result.files.flatMap(({ path, status }) => (status === "checked" ? [] : [keyOf(path)])),
  );
  for (const { path, rule } of result.notChecked)
    unread.add(rule === undefined ? keyOf(path) : keyOf(path, rule));
  const listed = new Set(result.files.map(({ path }) => path));
  const here = new Set(
    result.files.flatMap(({ path, findings }) =>
      findings.map(({ rule, fingerprint }) => keyOf("found", path, rule, fingerprint)),
    ),
  );
  const kept = last.found.filter(
    ({ path, rule, fingerprint }) =>
      listed.has(path) &&
      (unread.has(keyOf(path)) || unread.has(keyOf(path, rule))) &&
      !here.has(keyOf("found", path, rule, fingerprint)),
  );
  if (kept.length === 0) return text;
  const report = JSON.parse(text) as { readonly findings: readonly unknown[] };
  return JSON.stringify({ ...report, findings: [...report.findings, ...kept.map(({ entry }) => entry)] });
}

function isNew(
  counts: Map<string, number>,
  { path }: AuditedFile,
  { rule, fingerprint }: AuditFinding,
  how: string,
): boolean {
  const key = keyOf(how, path, rule, fingerprint);
  const left = counts.get(key) ?? 0;
  if (left === 0) return true;
  counts.set(key, left - 1);
  return false;
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

async function readLastRun(file: string, mayBeMissing: boolean, terminal: Terminal): Promise<LastRun> {
  const read = await terminal.files.read(terminal.absolute(file), maxResultBytes);
  if (read.state === "absent") {
    if (mayBeMissing) return { counts: new Map(), found: [], complete: true };
    throw new UsageError(`${file} does not exist: --remember makes it`);
  }
  if (read.state === "failed") throw new UsageError(`${file} could not be read: ${read.reason}`);
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch {
    throw new UsageError(`${file} is no JSON`);
  }
  if (!isObject(value) || value.version !== 1 || !Array.isArray(value.findings))
    throw new UsageError(`${file} is no result of plimsoll check --format json`);
  const counts = new Map<string, number>();
  const add = (how: string, entries: readonly LastFinding[]): void => {
    for (const { path, rule, fingerprint } of entries) {
      const key = keyOf(how, path, rule, fingerprint);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  };
  const found = findingsIn(value.findings);
  add("found", found);
  add("silenced", findingsIn(value.suppressed));
  return { counts, found, complete: value.complete !== false };
}

function findingsIn(entries: unknown): readonly LastFinding[] {
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) => {
    if (!isObject(entry)) return [];
    const { path, rule, fingerprint } = entry;
    if (typeof path !== "string" || typeof rule !== "string" || typeof fingerprint !== "string") return [];
    return [{ path, rule, fingerprint, entry }];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
