import { summaryOf } from "../audit/audit";
import type {
  AuditedFile,
  AuditedLanguage,
  AuditFinding,
  AuditResult,
  AuditSuppressed,
} from "../audit/result";
import { categories } from "../engine/rule";
import { severities } from "../engine/severity";
import { boolean, count, list, object, oneOf, optional, text, truth, UnreadableReport } from "./shape";

/**
 * Reads what `check --format json` wrote: nothing is believed of it, not even that it is JSON. Members that this version
 * does not know stay.
 * @throws UnreadableReport with a sentence that says what is wrong where
 */
export function readJsonReport(source: string): AuditResult {
  return fromObject(parsedReport(source));
}

/**
 * The value of a text that should be JSON.
 * @throws UnreadableReport
 */
export function parsedReport(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new UnreadableReport("it is not JSON");
  }
}

/** The same for a value that was parsed already. */
export function fromObject(value: unknown): AuditResult {
  const report = reportShape(value, "the report");
  const files = new Map<string, Mutable>();
  for (const file of report.files) {
    if (files.has(file.path)) throw new UnreadableReport(`it names ${file.path} twice`);
    const { path, language } = file;
    files.set(path, { ...file, language, location: path, findings: [], suppressed: [] });
  }
  const fileOf = (path: string): Mutable => {
    const file = files.get(path);
    if (file !== undefined) return file;
    throw new UnreadableReport(`it has a finding in ${path}, which it does not list`);
  };
  for (const { path, ...finding } of report.findings) fileOf(path).findings.push(finding);
  for (const { by, reason, owner, ticket, until, ...entry } of report.suppressed) {
    const { path, ...finding } = entry;
    const details = {
      ...(owner !== undefined && { owner }),
      ...(ticket !== undefined && { ticket }),
      ...(until !== undefined && { until }),
    };
    fileOf(path).suppressed.push({ finding, by, reason, ...details });
  }
  for (const { path, ...posture } of report.posture ?? [])
    files.set(path, { ...fileOf(path), posture: [...(fileOf(path).posture ?? []), posture] });
  const all = [...files.values()];
  const { version, tool, complete, failures, notChecked, shard, images } = report;
  return {
    ...{ version, tool, files: all, failures, notChecked, complete, summary: summaryOf(all) },
    ...(shard !== undefined && { shard }),
    ...(images !== undefined && { images }),
  };
}

interface Mutable extends AuditedFile {
  readonly findings: AuditFinding[];
  readonly suppressed: AuditSuppressed[];
}

/** A new language or way to silence must be named here, which the types see to. */
const languages: Readonly<Record<AuditedLanguage, true>> = {
  dockerfile: true,
  compose: true,
  daemon: true,
  configuration: true,
  commands: true,
};
const silencers: Readonly<Record<AuditSuppressed["by"], true>> = {
  comment: true,
  repository: true,
  baseline: true,
};

function keyOf<K extends string>(keys: Readonly<Record<K, true>>): ReturnType<typeof oneOf<K>> {
  return oneOf(Object.keys(keys) as K[]);
}

const position = object({ line: count, column: count, offset: count });
const range = object({ start: position, end: position });

const fix = object({
  title: text,
  safety: oneOf(["safe", "unsafe"]),
  edits: list(object({ start: count, end: count, text, range })),
  creates: optional(object({ path: text, text })),
  preview: list(object({ change: oneOf(["removed", "added"]), text })),
});

const finding = {
  rule: text,
  severity: oneOf(severities),
  category: oneOf(categories),
  message: text,
  path: text,
  range,
  fixes: list(fix),
  related: list(object({ message: text, path: text, range: optional(range) })),
  fingerprint: text,
  excerpt: object({
    firstLine: count,
    lines: list(object({ text, mark: optional(object({ from: count, to: count })) })),
  }),
} as const;

const posture = object({
  path: text,
  kind: oneOf(["stage", "service"]),
  name: text,
  range,
  controls: list(
    object({
      id: text,
      title: text,
      state: oneOf(["pass", "fail", "accepted", "notApplicable", "notChecked"]),
      reason: optional(text),
      off: optional(truth),
      findings: list(text),
    }),
  ),
});

const reportShape = object({
  version: oneOf([1]),
  tool: object({ name: oneOf(["plimsoll"]), version: text }),
  complete: boolean,
  shard: optional(object({ index: count, count, run: text })),
  files: list(
    object({
      path: text,
      language: optional(keyOf(languages)),
      status: oneOf(["checked", "skipped", "failed"]),
      reason: optional(text),
    }),
  ),
  findings: list(object(finding)),
  suppressed: list(
    object({
      ...{ ...finding, by: keyOf(silencers), reason: optional(text) },
      ...{ owner: optional(text), ticket: optional(text), until: optional(text) },
    }),
  ),
  failures: list(object({ rule: optional(text), path: text, error: text, range: optional(range) })),
  notChecked: list(object({ rule: optional(text), path: text, reason: text, range: optional(range) })),
  posture: optional(list(posture)),
  images: optional(
    list(
      object({
        image: text,
        places: list(object({ path: text, line: count })),
        told: list(object({ name: text, text })),
        unknown: optional(text),
      }),
    ),
  ),
});
