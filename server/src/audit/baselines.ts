import { type AcceptedFinding, type Baseline, baselineName, parseBaseline } from "../engine/baseline";
import { maxBaselineBytes } from "../limits";
import type { Files, ReadResult } from "../platform/ports";
import { readContained } from "./contained";
import { isWithin, joinPath, parentOf, relativePath } from "./paths";

/** Which baseline counts: the nearest one upwards, one for all, or none. */
export type BaselineChoice = "nearest" | { readonly file: string } | "none";

/** A baseline that was read. */
export interface BaselineFile {
  /** Absolute. */
  readonly path: string;
  readonly baseline: Baseline;
}

/** Finds baselines; each is read once. */
export interface Baselines {
  /** The baseline for the files of a folder, searched upwards to the boundary. */
  of(folder: string, boundary: string): Promise<BaselineFile | undefined>;
  /** What a baseline has accepted of a file. */
  acceptedIn(path: string, boundary: string): Promise<readonly AcceptedFinding[]>;
  /** What is wrong with baselines that were to be used, by path: one line for a person. */
  readonly failures: ReadonlyMap<string, string>;
}

export function createBaselines(files: Files, choice: BaselineChoice): Baselines {
  const byFolder = new Map<string, Promise<BaselineFile | undefined>>();
  const failures = new Map<string, string>();
  const read = (path: string, result: ReadResult): BaselineFile | undefined => {
    if (result.state === "absent") return undefined;
    const parsed =
      result.state === "read"
        ? parseBaseline(result.text)
        : { problem: `it could not be read: ${result.reason}` };
    if ("problem" in parsed) failures.set(path, `the baseline accepts nothing: ${parsed.problem}`);
    return { path, baseline: "problem" in parsed ? new Map() : parsed };
  };
  const nearest = async (folder: string, boundary: string): Promise<BaselineFile | undefined> => {
    const path = joinPath(folder, baselineName);
    const here = read(path, await readContained(files, path, boundary, maxBaselineBytes));
    const parent = parentOf(folder);
    if (here !== undefined || parent === undefined || !isWithin(boundary, parent)) return here;
    return of(parent, boundary);
  };
  const named = async (path: string): Promise<BaselineFile | undefined> =>
    read(path, await files.read(path, maxBaselineBytes));
  const of = (folder: string, boundary: string): Promise<BaselineFile | undefined> => {
    if (choice === "none") return Promise.resolve(undefined);
    const key = choice === "nearest" ? folder : "";
    const known =
      byFolder.get(key) ?? (choice === "nearest" ? nearest(folder, boundary) : named(choice.file));
    byFolder.set(key, known);
    return known;
  };
  return {
    of,
    failures,
    async acceptedIn(path, boundary) {
      const file = await of(parentOf(path) ?? path, boundary);
      return file?.baseline.get(nameIn(file.path, path)) ?? [];
    },
  };
}

/** A path as a baseline names it. */
export function nameIn(baseline: string, path: string): string {
  return relativePath(parentOf(baseline) ?? baseline, path);
}
