import { maxGitignorePatterns } from "../limits";
import { compileGlob, type Glob } from "../text/glob";

/** What one `.gitignore` says about the paths below its folder. */
export interface Gitignore {
  /**
   * @param path relative to the folder of the file, with `/`
   * @returns whether it is ignored, or `undefined` where no pattern matches
   */
  decides(path: string, isFolder: boolean): boolean | undefined;
}

/** Reads a `.gitignore`, or another file of that format such as `.git/info/exclude`. The last match decides. */
export function parseGitignore(text: string): Gitignore {
  const patterns = text
    .split(/\r\n|\n|\r/)
    .slice(0, maxGitignorePatterns)
    .flatMap((line) => parsePattern(line) ?? [])
    .reverse();
  return {
    decides(path, isFolder) {
      const hit = patterns.find((pattern) => (isFolder || !pattern.folderOnly) && pattern.glob.matches(path));
      return hit && !hit.negated;
    },
  };
}

interface Pattern {
  readonly glob: Glob;
  readonly negated: boolean;
  readonly folderOnly: boolean;
}

function parsePattern(line: string): Pattern | undefined {
  if (line.startsWith("#")) return undefined;
  let pattern = withoutTrailingBlanks(line);
  const negated = pattern.startsWith("!");
  if (negated) pattern = pattern.slice(1);
  const folderOnly = pattern.endsWith("/");
  if (folderOnly) pattern = pattern.slice(0, -1);
  if (pattern === "") return undefined;
  const anchored = pattern.includes("/");
  if (pattern.startsWith("/")) pattern = pattern.slice(1);
  return { glob: compileGlob(anchored ? pattern : `**/${pattern}`), negated, folderOnly };
}

/** A blank at the end counts only where a backslash stands before it. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t") && line[end - 2] !== "\\") end--;
  return line.slice(0, end);
}
