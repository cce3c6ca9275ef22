import { isWithin } from "../audit/paths";
import { type NodeCache, openCache } from "../platform/nodeCache";
import { plainText } from "../report/plain";
import type { CheckArgs } from "./args";
import type { Search } from "./search";
import { type Terminal, UsageError } from "./terminal";

/** The environment variable that holds the key which seals the cache. */
const keyVariable = "PLIMSOLL_CACHE_KEY";

/**
 * The cache that the arguments ask for, or `undefined`.
 * @throws UsageError where it lies in what is checked and has no key: a repository could bring results of its own
 */
export async function cacheFor(
  args: Pick<CheckArgs, "cache" | "cacheLocation">,
  { scope }: Search,
  terminal: Terminal,
): Promise<NodeCache | undefined> {
  if (!args.cache) return undefined;
  const warn = (message: string): void => terminal.err(`plimsoll: ${plainText(message)}\n`);
  const build = terminal.build();
  if (build === undefined) {
    warn("the cache is not used: the program runs from its sources");
    return undefined;
  }
  const folder =
    args.cacheLocation === undefined ? terminal.cacheFolder : terminal.absolute(args.cacheLocation);
  const key = terminal.environment[keyVariable] || undefined;
  const real = await existingPart(folder, terminal);
  const checked = [...scope.folders, ...(scope.named ?? [])].map((path) => scope.boundaryOf?.(path) ?? path);
  if (key === undefined && checked.some((boundary) => isWithin(boundary, real) || isWithin(boundary, folder)))
    throw new UsageError(
      `the cache would lie in what is checked, where a repository can forge it: choose another --cache-location, or set ${keyVariable}`,
    );
  return openCache({ folder, build, key, warn });
}

/** The path with the links of the folders followed that exist. */
async function existingPart(folder: string, { files }: Terminal): Promise<string> {
  for (let at = folder; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const real = await files.realPath(at === "" ? "/" : at);
    if (real !== undefined) return real + folder.slice(at.length);
    if (!at.includes("/")) return folder;
  }
}
