import { maxIgnorePatternParts, maxIgnorePatterns } from "../../ruleLimits";
import { compileGlob } from "../../text/glob";
import type { Span } from "../../text/span";

/** A line of an ignore file that excludes paths or, with `!`, lets them in again. */
export interface IgnorePattern {
  /** Zero-based. */
  readonly line: number;
  readonly negated: boolean;
  /** Without `!` and slashes at either end. */
  readonly pattern: string;
}

/**
 * The patterns of a `.dockerignore`: comments and empty lines left out, `.` and slashes at either end taken off, as
 * described at https://docs.docker.com/build/concepts/context/#dockerignore-files.
 */
export function ignorePatterns(text: string): readonly IgnorePattern[] {
  return text
    .split("\n")
    .flatMap((raw, line): readonly IgnorePattern[] => {
      const trimmed = raw.replace(/^\uFEFF/, "").trim();
      if (trimmed === "" || trimmed.startsWith("#")) return [];
      const negated = trimmed.startsWith("!");
      const parts = trimmed
        .slice(negated ? 1 : 0, 1000)
        .trim()
        .split("/")
        .filter((part) => part !== "" && part !== ".");
      return parts.length === 0
        ? []
        : [{ line, negated, pattern: parts.slice(0, maxIgnorePatternParts).join("/") }];
    })
    .slice(0, maxIgnorePatterns);
}

/** Where the line of a pattern stands in its ignore file, without blanks at its end. */
export function patternSpan(text: string, { line }: IgnorePattern): Span {
  const lines = text.split("\n");
  const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  return { start, end: start + (lines[line]?.trimEnd().length ?? 0) };
}

/** Whether a pattern matches a path or a folder that holds it. */
export function isIgnoredBy(pattern: IgnorePattern, path: string): boolean {
  return ignoreTest(pattern)(path);
}

/** {@link isIgnoredBy} for one pattern and many paths. */
export function ignoreTest({ pattern }: IgnorePattern): (path: string) => boolean {
  const glob = compileGlob(pattern);
  return (path) => {
    const parts = path.split("/").slice(0, maxIgnorePatternParts);
    return parts.some((_, index) => glob.matches(parts.slice(0, index + 1).join("/")));
  };
}

/** A path that a pattern matches: its wildcards filled in. */
export function exampleOf({ pattern }: IgnorePattern): string {
  return pattern
    .split("/")
    .filter((part) => part !== "**")
    .map((part) => part.replace(/\*+/g, "").replace(/\?/g, "x"))
    .filter((part) => part !== "")
    .join("/");
}
