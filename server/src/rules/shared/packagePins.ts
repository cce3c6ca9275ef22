import { gitPinOf } from "./gitReferences";

/**
 * Whether a word names a package and no version of it. Files, addresses of files, and words that name something
 * else (a group, a removal) have no version to name, so they do not count.
 */
export type LacksVersion = (text: string) => boolean;

/** `name=1.2`, `name/release`, `name-` to remove it, `task^`. */
export function lacksAptVersion(text: string): boolean {
  return /^[a-z0-9]/i.test(text) && !/[=/^]|-$|\.deb$/.test(text);
}

/** `name=1.2`, `name~1.2`, `name>1`; `.name` is a group of one's own, `so:name` whatever provides a file. */
export function lacksApkVersion(text: string): boolean {
  return /^[a-z0-9]/i.test(text) && !/[=~<>/:]|\.apk$/.test(text);
}

/** `name-1.2-3.el9`, where a digit begins the part behind a dash that is the last; `VERSION` stands for one in our fix. */
export function lacksRpmVersion(text: string): boolean {
  if (!/^[a-z0-9]/i.test(text) || /[=<>/\s]|\.rpm$/.test(text)) return false;
  const last = text.slice(text.lastIndexOf("-") + 1);
  return last === text || !/^(?:(?:\d{1,3}:)?v?\d|VERSION$)/i.test(last);
}

/** `name:stream` of a module. */
export function lacksStream(text: string): boolean {
  return /^[a-z0-9]/i.test(text) && !text.includes(":");
}

/** `name=1.2`, `name>=1.2`, `name-1.2`; `pattern:name` is a list of packages. */
export function lacksZypperVersion(text: string): boolean {
  return /^[a-z0-9]/i.test(text) && !/[=~<>/:]|\.rpm$|-\d{1,9}\./.test(text);
}

/** `name==1.2`, `name~=1.2`, `name @ address`; an address in git needs a tag or commit. */
export function lacksPythonVersion(text: string): boolean {
  const [requirement = ""] = text.split(";", 1);
  const address = /(?:^|@\s{0,9})git\+[a-z]{1,9}:\/\/([^#]{0,999})/.exec(requirement)?.[1];
  if (address !== undefined) return movesWithGit(address.replace(/^[^/@]{0,200}@/, "").split("@")[1]);
  if (!/^[a-z0-9]/i.test(requirement) || /\.(?:whl|zip|gz|tgz|bz2|xz)$/i.test(requirement)) return false;
  return !/[=<>]|[/@\\]|:\/\//.test(requirement);
}

/** `name@1.2` for uv's tools, beside what pip takes. */
export function lacksUvVersion(text: string): boolean {
  return text.endsWith("@latest") || lacksPythonVersion(text);
}

/** `name@1.2`, `@scope/name@^1`; tags such as `latest` move, and so does a repository without a commit or tag. */
export function lacksNpmVersion(text: string): boolean {
  if (/^(?:git(?:\+[a-z]{1,9})?:|git@|github:|gitlab:|bitbucket:)/.test(text))
    return movesWithGit(text.split("#")[1]?.replace(/^semver:/, ""));
  if (/:\/\/|^(?:file|link|workspace|portal|patch):|^[./~\\]|\.(?:tgz|tar|gz)$|^\d+$/.test(text))
    return false;
  const version = /^@?[^@]{1,300}@(.{1,200})$/.exec(text)?.[1];
  if (version !== undefined) return /^(?:latest|next|canary|nightly)$/.test(version);
  return /^@[\w.-]{1,200}\/[\w.-]{1,200}$|^[\w.-]{1,200}$/.test(text);
}

/** `name:1.2`. */
export function lacksGemVersion(text: string): boolean {
  return /^[a-z0-9]/i.test(text) && !/[:/=<>]|\.gem$/.test(text);
}

/** `host/path@v1.2`; names without a dot before the first slash are parts of Go or of the program itself. */
export function lacksGoVersion(text: string): boolean {
  const [path = "", version] = text.split("@", 2);
  if (!/^[\w-]{1,100}(?:\.[\w-]{1,100}){1,9}\//.test(path)) return false;
  return version === undefined || /^(?:latest|upgrade|patch|main|master|HEAD)?$/.test(version);
}

/** `name@1.2`: Rust's crates and .NET's tools. */
export function lacksAtVersion(text: string): boolean {
  return text !== "" && !/@(?:[~^=<>]{0,2}\d|VERSION$)/.test(text);
}

/** `vendor/name:^1.2`, `vendor/name=1.2`; extensions (`ext-intl`) come with PHP. */
export function lacksComposerVersion(text: string): boolean {
  return /^[a-z0-9][\w.-]{0,200}\/[\w.-]{1,200}$/i.test(text);
}

/** `name=1.2`, `name>=1.2`, `channel::name=1.2`. */
export function lacksCondaVersion(text: string): boolean {
  return /^[a-z0-9]/i.test(text) && !/[=<>/\\]|\.conda$|\.bz2$/.test(text);
}

/** `name-1.2`, `channel/name-1.2`; `name-beta` is the newest that is called so. */
export function lacksPeclVersion(text: string): boolean {
  return /^[a-z]/i.test(text) && !/:\/\/|\.t?gz$|-(?:\d|VERSION$)|\.xml$/.test(text);
}

/** The address of a plug-in's repository, which has its version in an option of its own. */
export function isRepository(text: string): boolean {
  return /^(?:https?|git|ssh):\/\//.test(text) && !/\.t?gz$/.test(text);
}

function movesWithGit(reference: string | undefined): boolean {
  const pin = gitPinOf(reference);
  return pin === "none" || pin === "branch";
}
