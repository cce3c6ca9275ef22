import { maxRememberedPaths } from "../../ruleLimits";
import { rememberLast } from "../../text/rememberLast";
import { type IgnorePattern, ignorePatterns, ignoreTest } from "./ignorePatterns";

/**
 * Finds the pattern of an ignore file that excludes all of a source, given as the parts of its path; by what stands
 * before its first wildcard. Undefined where nothing excludes it, or where an exception may let in some of it. The
 * answers are remembered as long as the ignore file stays the same.
 *
 * @param text of the ignore file
 */
export const exclusionsIn: (text: string) => (parts: readonly string[]) => IgnorePattern | undefined =
  rememberLast((text: string) => {
    const patterns = ignorePatterns(text);
    const tests = patterns.map(ignoreTest);
    const known = new Map<string, IgnorePattern | undefined>();
    return (parts) => {
      const wildcard = parts.findIndex((part) => /[*?[]/.test(part));
      const fixed = wildcard < 0 ? parts : parts.slice(0, wildcard);
      const path = fixed.join("/");
      if (path === "" || known.has(path)) return known.get(path);
      const last = patterns.findLastIndex(
        (pattern, index) => (pattern.negated && mayReach(pattern, fixed)) || tests[index]?.(path) === true,
      );
      const found = patterns[last];
      const exclusion = found?.negated === false ? found : undefined;
      if (known.size < maxRememberedPaths) known.set(path, exclusion);
      return exclusion;
    };
  });

/** Whether an exception may let in a path, or something below it where it is a folder. */
function mayReach({ pattern }: IgnorePattern, path: readonly string[]): boolean {
  const parts = pattern.split("/");
  const wildcard = parts.findIndex((part) => /[*?[\\]/.test(part));
  const fixed = wildcard < 0 ? parts : parts.slice(0, wildcard);
  return fixed.every((part, index) => path[index] === undefined || path[index] === part);
}
