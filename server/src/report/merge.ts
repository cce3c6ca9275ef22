import { summaryOf } from "../audit/audit";
import { comparePaths } from "../audit/paths";
import type { AuditedImage, AuditResult } from "../audit/result";
import type { ShardMark } from "../audit/shard";
import { UnreadableReport } from "./shape";

/** A part of a run, as the user named it. */
export interface Part<T> {
  readonly name: string;
  readonly report: T;
}

/**
 * Puts the parts of a run together: what a single run would have said. Parts without shard numbers are joined, too, as
 * long as they name different files: results of several repositories, each checked in its own folder.
 * @throws UnreadableReport where a part is missing, given twice, or of another run
 */
export function mergeResults(parts: readonly Part<AuditResult>[]): AuditResult {
  checkParts(
    parts.map(({ name, report }) => ({
      name,
      shard: report.shard,
      complete: report.complete,
      version: report.tool.version,
    })),
  );
  const reports = parts.map((part) => part.report);
  const files = reports.flatMap((report) => report.files).sort(comparePaths);
  checkDistinct(files.map((file) => file.path));
  return {
    version: 1,
    tool: reports[0]!.tool,
    files,
    failures: reports.flatMap((report) => report.failures).sort(comparePaths),
    notChecked: reports.flatMap((report) => report.notChecked).sort(comparePaths),
    complete: reports.every((report) => report.complete),
    summary: summaryOf(files),
    ...mergedImages(reports),
  };
}

/** What registries said of an image is told once, with all places that name it. */
function mergedImages(reports: readonly AuditResult[]): Pick<AuditResult, "images"> {
  if (reports.every(({ images }) => images === undefined)) return {};
  const byName = new Map<string, AuditedImage>();
  for (const image of reports.flatMap(({ images = [] }) => images)) {
    const known = byName.get(image.image);
    const places = [...(known?.places ?? []), ...image.places].sort(comparePaths);
    byName.set(image.image, { ...(known ?? image), places });
  }
  return { images: [...byName.values()].sort((a, b) => (a.image < b.image ? -1 : 1)) };
}

/** What a part says of itself. */
export interface PartMark {
  readonly name: string;
  readonly shard: ShardMark | undefined;
  readonly complete: boolean;
  readonly version: string;
}

/**
 * Whether parts are all that there are, and of one run.
 * @throws UnreadableReport
 */
export function checkParts(parts: readonly PartMark[]): void {
  const [first] = parts;
  if (first === undefined) throw new UnreadableReport("there is no part to merge");
  const byIndex = new Map<number, PartMark>();
  for (const part of parts) {
    const { name, shard, version } = part;
    if (version !== first.version)
      throw new UnreadableReport(
        `${name} was made by version ${version} and ${first.name} by ${first.version}`,
      );
    if ((shard === undefined) !== (first.shard === undefined))
      throw new UnreadableReport(
        `of ${first.name} and ${name}, one is a shard and the other is not: merge shards alone`,
      );
    if (shard === undefined || first.shard === undefined) continue;
    if (shard.count !== first.shard.count)
      throw new UnreadableReport(
        `${name} is one of ${shard.count} shards and ${first.name} one of ${first.shard.count}`,
      );
    const same = byIndex.get(shard.index);
    if (same !== undefined)
      throw new UnreadableReport(`${same.name} and ${name} are both shard ${numberOf(shard)}`);
    byIndex.set(shard.index, part);
  }
  if (first.shard === undefined) return;
  const { count } = first.shard;
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0)
    throw new UnreadableReport(
      `${missing.length === 1 ? "shard" : "shards"} ${missing.slice(0, 10).join(", ")} of ${count} missing`,
    );
  checkSameRun(parts);
}

/** A run that was stopped has not found all paths, so it cannot be told from one over other files. */
function checkSameRun(parts: readonly PartMark[]): void {
  const [first, ...others] = parts.filter((part) => part.complete);
  for (const other of others) {
    if (other.shard?.run !== first?.shard?.run)
      throw new UnreadableReport(
        `${first?.name} and ${other.name} are of different runs: other files, rules or arguments`,
      );
  }
}

/** @param paths in order */
export function checkDistinct(paths: readonly string[]): void {
  for (const [index, path] of paths.entries()) {
    if (path === paths[index + 1])
      throw new UnreadableReport(
        `two parts name ${path}: give each repository a folder of its own, and check it from above`,
      );
  }
}

function numberOf({ index, count }: ShardMark): string {
  return `${index} of ${count}`;
}
