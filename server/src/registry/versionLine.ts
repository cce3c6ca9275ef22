/** A tag that says a version, such as `v1.24.3-alpine3.20`. */
interface VersionTag {
  readonly numbers: readonly number[];
  /** What stands around the version: only tags that share it are versions of the same thing. */
  readonly variant: string;
}

/**
 * The tags that are later versions of what a tag names, the newest last: of the same variant (`-alpine`), as exact as it is,
 * and within its first number. None for a tag that says no version with a dot: `22` moves by itself.
 */
export function newerTags(tag: string, tags: readonly string[]): readonly string[] {
  const own = versionOf(tag);
  if (own === undefined || own.numbers.length < 2) return [];
  return tags
    .flatMap((candidate) => {
      const version = versionOf(candidate);
      const isNewer =
        version !== undefined &&
        version.variant === own.variant &&
        version.numbers.length === own.numbers.length &&
        version.numbers[0] === own.numbers[0] &&
        compare(version.numbers, own.numbers) > 0;
      return isNewer ? [{ candidate, numbers: version.numbers }] : [];
    })
    .sort((a, b) => compare(a.numbers, b.numbers))
    .map(({ candidate }) => candidate);
}

/**
 * The newest patch of the line that a tag belongs to: all its numbers but the last stay (`22.11.0` becomes `22.11.1`).
 * `undefined` where there is none that is newer.
 */
export function newestPatch(tag: string, tags: readonly string[]): string | undefined {
  const own = versionOf(tag);
  if (own === undefined) return undefined;
  const line = own.numbers.slice(0, -1).join(".");
  return newerTags(tag, tags).findLast(
    (candidate) => versionOf(candidate)?.numbers.slice(0, -1).join(".") === line,
  );
}

/** Whether a tag says a version of two numbers or more, so that the last of them can be newer. */
export function isVersionWithPatch(tag: string): boolean {
  return (versionOf(tag)?.numbers.length ?? 0) >= 2;
}

function versionOf(tag: string): VersionTag | undefined {
  const match = /^(v?)(\d{1,9}(?:\.\d{1,9}){0,3})((?:[-_][\w.-]{0,100})?)$/.exec(tag);
  if (match === null) return undefined;
  const [, before = "", version = "", after = ""] = match;
  return { numbers: version.split(".").map(Number), variant: `${before} ${after}` };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, number] of a.entries()) {
    const difference = number - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
