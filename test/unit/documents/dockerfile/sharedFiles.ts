import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Facts and real files beside the project; not part of it. */
const shared = join(__dirname, "../../../../../shared");
const data = join(shared, "reference/data");

/** Why tests over the shared files cannot run here, or `false` where they can. */
export const sharedMissing: string | false = existsSync(data) ? false : `../shared is missing: ${shared}`;

/** What BuildKit's own parser says of one instruction; lines count from 1. */
export interface BuildkitInstruction {
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
  readonly exec?: boolean;
  readonly heredocs?: readonly {
    readonly name: string;
    readonly expand: boolean;
    readonly chomp: boolean;
    readonly len: number;
  }[];
  readonly joined?: string;
  readonly trigger?: { readonly kw: string; readonly json?: boolean; readonly orig: string };
}

export interface BuildkitFile {
  readonly name: string;
  readonly text: string;
  readonly error?: string;
  readonly escape?: string | null;
  readonly instructions: readonly BuildkitInstruction[];
}

/** The small cases, with arguments and joined text. */
export function buildkitCases(): readonly BuildkitFile[] {
  return records("buildkit-cases.jsonl").map(
    ({ case: name, ...rest }) => ({ ...rest, name: name as string }) as BuildkitFile,
  );
}

/** The structure of every real Dockerfile. */
export function buildkitStructures(): readonly BuildkitFile[] {
  return records("buildkit-structure.jsonl").map(({ file, ...rest }) => {
    const text = readFileSync(join(shared, "corpus", file as string), "utf8");
    return { ...rest, name: file as string, text } as unknown as BuildkitFile;
  });
}

function records(name: string): Record<string, unknown>[] {
  const lines = readFileSync(join(data, name), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Record<string, unknown>);
}
