/**
 * How firmly a git reference names one state of the sources: `commit` for good, `version` for a tag that somebody
 * could move, `branch` for what moves with every change, `none` for the default branch.
 */
export type GitPin = "commit" | "version" | "branch" | "none";

/** Judges a branch, tag or commit by its name; a variable counts as a version, since somebody sets it. */
export function gitPinOf(name: string | undefined): GitPin {
  if (name === undefined || name === "") return "none";
  if (/^[0-9a-f]{7,64}$/i.test(name) && /\d/.test(name)) return name.length >= 40 ? "commit" : "version";
  if (name.includes("$")) return "version";
  if (
    /^(?:refs\/heads\/)?(?:main|master|trunk|develop|dev|devel|next|stable|latest|HEAD|nightly|edge)$/i.test(
      name,
    )
  )
    return "branch";
  return /\d/.test(name) || name.startsWith("refs/tags/") ? "version" : "branch";
}

/**
 * How an address of a git repository in ADD is pinned: `#ref`, `#ref:folder`, or a query such as `?ref=`, `?tag=`,
 * `?branch=` or `?checksum=`, as BuildKit reads them.
 */
export function gitPinOfAddress(address: string): GitPin {
  const [before = "", fragment] = address.split("#", 2);
  const query = before.split("?", 2)[1] ?? "";
  const parameters = new Map(
    query.split("&").map((pair): [string, string] => {
      const [key = "", value = ""] = pair.split("=", 2);
      return [key, value];
    }),
  );
  for (const key of ["checksum", "commit"]) {
    if (gitPinOf(parameters.get(key)) === "commit") return "commit";
  }
  if (parameters.has("tag")) return "version";
  if (parameters.has("branch")) return "branch";
  return gitPinOf(parameters.get("ref") ?? fragment?.split(":")[0]);
}
