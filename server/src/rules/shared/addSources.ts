import type { CopyInstruction, CopySource } from "../../documents/dockerfile/model";

/** What ADD makes of a source: it fetches, clones or unpacks some, and copies the rest as COPY does. */
export type AddSource = "remote-file" | "git" | "archive" | "file" | "maybe-archive" | "unknown";

/**
 * Judges a source by its name.
 *
 * `maybe-archive`: most likely a file or folder, but ADD unpacks a local tar file whatever it is called, and the name
 * does not rule that out. `unknown`: a variable without a value, or a pattern that may match archives.
 */
export function judgeAddSource(source: CopySource): AddSource {
  const { expanded } = source;
  const text = expanded.state === "known" ? expanded.value : source.text;
  if (/^git@|^(?:git|ssh):\/\//i.test(text)) return "git";
  if (/^https?:\/\//i.test(text)) return isGitAddress(text) ? "git" : "remote-file";
  if (expanded.state === "unknown") return "unknown";
  return judgeLocal(text);
}

/** Whether an ADD can take nothing but its context's files, as COPY does: no remote sources, no flags of its own. */
export function isPlainAdd(add: CopyInstruction): boolean {
  return add.keyword === "ADD" && add.flags.every(({ name }) => flagsOfCopy.has(name));
}

const flagsOfCopy: ReadonlySet<string> = new Set(["chown", "chmod", "link", "exclude"]);

/** BuildKit clones what ends in `.git`, with or without a fragment or a query. */
function isGitAddress(url: string): boolean {
  return /\.git$/i.test(url.split(/[#?]/)[0] ?? "");
}

const archive = /\.(?:tar|tgz|tbz|tbz2|tb2|txz|tlz|tzst|taz|gz|bz2|xz|zst|zstd|lzma|z)$/i;

/** Names without an extension that are files by long custom. */
const knownFiles: ReadonlySet<string> = new Set(
  "dockerfile makefile gemfile procfile pipfile rakefile vagrantfile license readme crontab jenkinsfile".split(
    " ",
  ),
);

function judgeLocal(path: string): AddSource {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const wildcard = Math.max(name.lastIndexOf("*"), name.lastIndexOf("?"), name.lastIndexOf("]"));
  const tail = name.slice(wildcard + 1);
  if (archive.test(tail)) return "archive";
  if (wildcard >= 0 && knownFiles.has(name.slice(0, wildcard).toLowerCase())) return "maybe-archive";
  if (wildcard >= 0) return /\.[A-Za-z0-9]{1,12}$/.test(tail) ? "file" : "unknown";
  if (name === "" || name === "." || name === "..") return "file";
  const isNamed = /[^.]\.[A-Za-z][A-Za-z0-9_-]{0,15}$|^\.[A-Za-z]/.test(name);
  return isNamed || knownFiles.has(name.toLowerCase()) ? "file" : "maybe-archive";
}
