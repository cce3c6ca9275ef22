import { maxArchiveEnding } from "../../ruleLimits";

/** Whether a file's name, or the end of a pattern or of a name with variables, is that of a tar archive. */
export function isTarName(name: string): boolean {
  return /\.(?:tar|tar\.(?:gz|bz2|xz|zst|lz|lzma|z)|tgz|tbz2?|tb2|txz|tlz|tzst|taz|tpz)$/i.test(
    name.slice(-maxArchiveEnding),
  );
}

/** Whether a file has to be unpacked before it is of use: a tar archive, a zip or a compressed file. */
export function isArchiveName(name: string): boolean {
  return isTarName(name) || /\.(?:zip|gz|bz2|xz|zst|7z)$/i.test(name.slice(-maxArchiveEnding));
}
