import { comparePaths } from "../audit/paths";
import type { ShardMark } from "../audit/shard";
import { type Severity, severities } from "../engine/severity";
import { maxSarifResults } from "../limits";
import { jsonChunks, lazyList } from "./jsonChunks";
import { checkDistinct, checkParts, type Part } from "./merge";
import { leftOut, worstOf } from "./sarif";
import { boolean, count, list, object, oneOf, optional, type Shape, text, UnreadableReport } from "./shape";

/** A SARIF log of ours, as far as merging looks into it; the rest is carried along. */
type Log = ReturnType<typeof logShape>;
type Run = Log["runs"][number];
type Located = Run["results"][number];

const artifact = object({ uri: text });
const locations = list(object({ physicalLocation: object({ artifactLocation: artifact }) }));
const shard: Shape<ShardMark> = object({ index: count, count, run: text });

const logShape = object({
  version: oneOf(["2.1.0"]),
  runs: list(
    object({
      tool: object({ driver: object({ name: oneOf(["Plimsoll"]), semanticVersion: text }) }),
      invocations: list(
        object({
          executionSuccessful: boolean,
          toolExecutionNotifications: list(
            object({
              level: oneOf(["error", "warning", "note"]),
              message: object({ text }),
              locations: optional(locations),
              associatedRule: optional(object({ id: text })),
            }),
          ),
        }),
      ),
      artifacts: list(object({ location: artifact })),
      results: list(
        object({
          locations,
          suppressions: list(object({})),
          properties: object({ severity: oneOf(severities) }),
        }),
      ),
      properties: optional(object({ shard: optional(shard) })),
    }),
  ),
});

/** Whether a value may be a SARIF log, rather than a result in our own format. */
export function isSarif(value: unknown): boolean {
  return typeof value === "object" && value !== null && "runs" in value;
}

/** A merged log, and what decides how the run ends. */
export interface MergedSarif {
  readonly chunks: Iterable<string>;
  readonly successful: boolean;
  /** Files, and parts of files, that were not read. */
  readonly unread: number;
  /** Of each finding that nobody silenced. */
  readonly severities: readonly Severity[];
}

/**
 * Puts the SARIF parts of a run together: the bytes that a single run would have written.
 * @throws UnreadableReport
 */
export function mergeSarif(parts: readonly Part<unknown>[]): MergedSarif {
  const logs = parts.map(({ name, report }) => ({ name, log: logShape(report, "the log") }));
  const runs = logs.map(({ name, log }) => ({ name, run: onlyOne(log.runs) }));
  checkParts(
    runs.map(({ name, run }) => ({
      name,
      shard: run.properties?.shard,
      complete: !notificationsOf(run).some(isStop),
      version: run.tool.driver.semanticVersion,
    })),
  );
  const all = runs.map(({ run }) => run);
  const found = inOrder(
    all.flatMap((run) => run.results),
    (result) => result.locations,
  );
  // What the parts left out is milder than all that they kept, so the worst of what is kept are the worst of all.
  const isKept = worstOf(found, maxSarifResults, ({ properties, suppressions }) => ({
    severity: properties.severity,
    silenced: suppressions.length > 0,
  }));
  const results = found.filter(isKept);
  const missing = all.flatMap(notificationsOf).reduce((sum, entry) => sum + countOfLeftOut(entry), 0);
  const artifacts = all
    .flatMap((run) => run.artifacts.map((entry) => ({ entry, path: pathOf(entry.location.uri) })))
    .sort(comparePaths);
  checkDistinct(artifacts.map(({ path }) => path));
  const said = mergedNotifications(all.flatMap(notificationsOf));
  const notifications = [...said, ...leftOut(missing + found.length - results.length)];
  const successful = all.every((run) => onlyOne(run.invocations).executionSuccessful);
  const first = all[0]!;
  const chunks = jsonChunks({
    ...logs[0]!.log,
    runs: [
      {
        ...first,
        invocations: [
          {
            ...onlyOne(first.invocations),
            executionSuccessful: successful,
            toolExecutionNotifications: notifications,
          },
        ],
        artifacts: lazyList(() => artifacts.map(({ entry }) => entry)),
        results: lazyList(() => results),
        properties: withoutShard(first.properties),
      },
    ],
  });
  return {
    chunks,
    successful,
    unread: said.filter(isUnread).length,
    severities: results
      .filter((result) => result.suppressions.length === 0)
      .map((result) => result.properties.severity),
  };
}

type Notification = Run["invocations"][number]["toolExecutionNotifications"][number];

function notificationsOf(run: Run): readonly Notification[] {
  return onlyOne(run.invocations).toolExecutionNotifications;
}

/** That a run was stopped is said of no file. */
function isStop(notification: Notification): boolean {
  return notification.level === "error" && (notification.locations ?? []).length === 0;
}

/** How many results a part says it left out. */
function countOfLeftOut({ level, message, locations }: Notification): number {
  if (level !== "warning" || (locations ?? []).length > 0) return 0;
  return Number(/^\d{1,9}(?= of the mildest)/.exec(message.text)?.[0] ?? 0);
}

/** What a single rule could not judge is no unread file. */
function isUnread({ level, associatedRule }: Notification): boolean {
  return level === "warning" || (level === "note" && associatedRule === undefined);
}

/** In the order in which a single run has them: that it was stopped, failures, files not read, what was not judged. */
function mergedNotifications(all: readonly Notification[]): readonly Notification[] {
  const ofLevel = (level: Notification["level"]): readonly Notification[] =>
    inOrder(
      all.filter((entry) => entry.level === level && (entry.locations ?? []).length > 0),
      (entry) => entry.locations ?? [],
    );
  return [...all.filter(isStop).slice(0, 1), ...ofLevel("error"), ...ofLevel("warning"), ...ofLevel("note")];
}

function inOrder<T>(entries: readonly T[], locationsOf: (entry: T) => Located["locations"]): readonly T[] {
  return entries
    .map((entry) => ({
      entry,
      path: pathOf(locationsOf(entry)[0]?.physicalLocation.artifactLocation.uri ?? ""),
    }))
    .sort(comparePaths)
    .map(({ entry }) => entry);
}

/** Files are in order of their paths, which a URI has percent-encoded. */
function pathOf(uri: string): string {
  const path = uri.replace(/^file:\/\/(?:\/(?=[A-Za-z]:\/))?/, "");
  try {
    return decodeURIComponent(path);
  } catch {
    throw new UnreadableReport(`${uri.slice(0, 200)} is no URI`);
  }
}

function withoutShard(properties: Run["properties"]): object | undefined {
  const { shard: _, ...others } = properties ?? {};
  return Object.keys(others).length === 0 ? undefined : others;
}

function onlyOne<T>(entries: readonly T[]): T {
  const [entry, ...others] = entries;
  if (entry === undefined || others.length > 0)
    throw new UnreadableReport("it holds more or less than one run of Plimsoll");
  return entry;
}
