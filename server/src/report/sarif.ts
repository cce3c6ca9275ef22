import type {
  AuditedFile,
  AuditFailure,
  AuditFinding,
  AuditFix,
  AuditNotChecked,
  AuditResult,
  AuditSuppressed,
  Range,
} from "../audit/result";
import { rulePage } from "../docs/rulePage";
import { projectUrl, ruleUrl } from "../docs/ruleUrl";
import type { Rule } from "../engine/rule";
import { type Severity, severities } from "../engine/severity";
import { maxSarifResults } from "../limits";
import { jsonChunks, lazyList } from "./jsonChunks";
import { findingCount } from "./summary";

/**
 * An audit as SARIF 2.1.0, for code scanning services. Paths are percent-encoded URIs below `%SRCROOT%`.
 * @param rules those that ran
 */
export function renderSarif(result: AuditResult, rules: readonly Rule[]): string {
  return [...sarifChunks(result, rules)].join("");
}

/** What {@link renderSarif} makes, in pieces. `mergeSarif` knows its order. */
export function sarifChunks(result: AuditResult, rules: readonly Rule[]): Iterable<string> {
  const missing = Math.max(0, findingCount(result) + result.summary.suppressed - maxSarifResults);
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  return jsonChunks({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Plimsoll",
            semanticVersion: result.tool.version,
            informationUri: projectUrl,
            rules: rules.map(ruleDescriptor),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          "%SRCROOT%": { description: { text: "The folder that the check was started in." } },
        },
        invocations: [
          {
            executionSuccessful: result.failures.length === 0 && result.complete,
            toolExecutionNotifications: [...notifications(result), ...leftOut(missing)],
          },
        ],
        artifacts: lazyList(() =>
          result.files
            .filter((file) => file.status === "checked")
            .map((file) => ({ location: location(file.path) })),
        ),
        results: lazyList(() => objectsOf(result, indexes, missing > 0)),
        properties: result.shard && { shard: result.shard },
      },
    ],
  });
}

/** Reads each file's findings when it comes to them, so that those of many files are never all in memory. */
function* objectsOf(
  result: AuditResult,
  indexes: ReadonlyMap<string, number>,
  isTooMany: boolean,
): Generator<object> {
  const isKept = isTooMany ? worstOf(entriesOf(result), maxSarifResults, weightOf) : () => true;
  for (const entry of entriesOf(result))
    if (isKept(entry)) yield resultObject(entry.file, entry.finding, indexes, entry.silenced);
}

function* entriesOf(result: AuditResult): Generator<Entry> {
  for (const file of result.files) {
    const { findings, suppressed } = file;
    for (const finding of findings) yield { file, finding, silenced: undefined };
    for (const silenced of suppressed) yield { file, finding: silenced.finding, silenced };
  }
}

interface Entry {
  readonly file: AuditedFile;
  readonly finding: AuditFinding;
  readonly silenced: AuditSuppressed | undefined;
}

/** How soon a result is left out where there are too many. */
export interface Weight {
  readonly severity: Severity;
  readonly silenced: boolean;
}

function weightOf({ finding, silenced }: Entry): Weight {
  return { severity: finding.severity, silenced: silenced !== undefined };
}

/**
 * Chooses the worst of too many; what is silenced goes first, and of the same weight what comes last.
 * @returns whether an entry is one of them: to be asked of each in their order, once
 */
export function worstOf<T>(
  entries: Iterable<T>,
  most: number,
  weightOf: (entry: T) => Weight,
): (entry: T) => boolean {
  const rank = (entry: T): number => {
    const { severity, silenced } = weightOf(entry);
    return severities.indexOf(severity) + (silenced ? severities.length : 0);
  };
  const counts = new Array<number>(2 * severities.length).fill(0);
  for (const entry of entries) counts[rank(entry)]!++;
  let left = most;
  const quotas = counts.map((count) => {
    const quota = Math.min(count, left);
    left -= quota;
    return quota;
  });
  return (entry) => quotas[rank(entry)]!-- > 0;
}

/** Says how many results are not there; nothing where all are. */
export function leftOut(count: number): readonly LeftOut[] {
  if (count === 0) return [];
  const text = `${count} of the mildest results were left out: code scanning takes ${maxSarifResults} in a run`;
  return [{ level: "warning", message: { text } }];
}

/** What {@link leftOut} says of no file in particular. */
export interface LeftOut {
  readonly level: "warning";
  readonly message: { readonly text: string };
}

type SarifLevel = "error" | "warning" | "note";

const levels: Readonly<Record<Severity, SarifLevel>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** Code scanning services rank by these. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
  info: "1.0",
};

function ruleDescriptor(rule: Rule): object {
  const weaknesses = rule.aliases.filter((alias) => alias.startsWith("cwe:")).map((alias) => alias.slice(4));
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: firstParagraph(rule.why) },
    helpUri: ruleUrl(rule.id),
    help: { text: rule.why.trim(), markdown: rulePage(rule) },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      "security-severity": securitySeverities[rule.severity],
      tags: ["security", rule.category, ...weaknesses.map((id) => `external/cwe/cwe-${id.padStart(3, "0")}`)],
    },
  };
}

function firstParagraph(markdown: string): string {
  return markdown
    .trim()
    .split(/\n[ \t]*\n/)[0]!
    .replace(/\s+/g, " ");
}

function resultObject(
  file: AuditedFile,
  finding: AuditFinding,
  indexes: ReadonlyMap<string, number>,
  suppressed: AuditSuppressed | undefined,
): object {
  return {
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [physicalLocation(file.path, finding.range, snippet(finding))],
    relatedLocations: finding.related.map((related, index) => ({
      id: index,
      message: { text: related.message },
      ...physicalLocation(related.path, related.range),
    })),
    partialFingerprints: { "plimsoll/v1": finding.fingerprint },
    fixes: finding.fixes
      .filter(({ edits, asks }) => edits.length > 0 && asks === undefined)
      .map((fix) => fixObject(file.path, fix)),
    suppressions: suppressed === undefined ? [] : [suppression(suppressed)],
    properties: { severity: finding.severity, category: finding.category },
  };
}

/** All results have a list of them, or none does (SARIF 2.1.0, 3.27.23). */
function suppression({ by, reason, owner, ticket, until }: AuditSuppressed): object {
  return {
    kind: by === "comment" ? "inSource" : "external",
    status: "accepted",
    justification: reason,
    properties: { acceptedBy: by, owner, ticket, until },
  };
}

/** The finding's own lines as the excerpt has them: without secrets. */
function snippet(finding: AuditFinding): string {
  return finding.excerpt.lines
    .filter((line) => line.mark !== undefined)
    .map((line) => line.text)
    .join("\n");
}

function physicalLocation(path: string, range: Range | undefined, contextText?: string): object {
  return {
    physicalLocation: {
      artifactLocation: location(path),
      region: range && region(range),
      contextRegion:
        range && contextText !== undefined
          ? {
              startLine: range.start.line,
              endLine: Math.max(range.start.line, range.end.line),
              snippet: { text: contextText },
            }
          : undefined,
    },
  };
}

function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function fixObject(path: string, fix: AuditFix): object {
  return {
    description: { text: fix.safety === "safe" ? fix.title : `${fix.title} (may change behaviour)` },
    artifactChanges: [
      {
        artifactLocation: location(path),
        replacements: fix.edits.map((edit) => ({
          deletedRegion: region(edit.range),
          insertedContent: edit.text === "" ? undefined : { text: edit.text },
        })),
      },
    ],
  };
}

/** A path outside the folder has no base that another machine could know. */
function location(path: string): object {
  const uri = path.split("/").map(encodePart).join("/");
  if (path.startsWith("/")) return { uri: `file://${uri}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${path.slice(0, 2)}${uri.slice(uri.indexOf("/"))}` };
  return { uri, uriBaseId: "%SRCROOT%" };
}

/** A name may hold half of a surrogate pair on some systems, which no URI can say. */
function encodePart(part: string): string {
  return encodeURIComponent(
    part.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"),
  );
}

function notifications(result: AuditResult): readonly object[] {
  const unseen = result.files
    .filter((file) => file.status !== "checked")
    .map(({ path, reason }) =>
      notification("warning", path, undefined, `not checked: ${reason ?? "unknown reason"}`),
    );
  const stopped = { level: "error", message: { text: "the run ended before everything was looked at" } };
  return [
    ...(result.complete ? [] : [stopped]),
    ...result.failures.map((failure) => failureNotification(failure)),
    ...unseen,
    ...result.notChecked.map((entry) => notCheckedNotification(entry)),
  ];
}

function failureNotification({ rule, path, error, range }: AuditFailure): object {
  return notification(
    "error",
    path,
    range,
    rule === undefined ? error : `the rule ${rule} failed: ${error}`,
    rule,
  );
}

function notCheckedNotification({ rule, path, reason, range }: AuditNotChecked): object {
  return notification("note", path, range, `not checked: ${reason}`, rule);
}

function notification(
  level: SarifLevel,
  path: string,
  range: Range | undefined,
  text: string,
  rule?: string,
): object {
  return {
    level,
    message: { text },
    locations: [physicalLocation(path, range)],
    associatedRule: rule === undefined ? undefined : { id: rule },
  };
}
