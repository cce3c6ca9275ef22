import type { Files } from "../platform/ports";
import { readContained } from "./contained";
import { isWithin, joinPath, parentOf } from "./paths";

/** Looks in each folder once: a new one is needed to see what has changed since. */
export interface Owners {
  /**
   * Who the repository of a file belongs to, by the addresses of its remotes: the first part of the path at each host, in
   * lower case. Empty where there is no repository within the boundary, or where its configuration cannot be read.
   *
   * @param path absolute
   * @param boundary the folder beyond which nothing is read, absolute and with every link followed
   */
  of(path: string, boundary: string): Promise<readonly string[]>;
}

export function createOwners(files: Files): Owners {
  const known = new Map<string, Promise<readonly string[]>>();
  const look = async (folder: string, boundary: string): Promise<readonly string[]> => {
    const read = await readContained(files, joinPath(folder, ".git/config"), boundary);
    return read.state === "read" ? ownersIn(read.text) : of(folder, boundary);
  };
  const of = (path: string, boundary: string): Promise<readonly string[]> => {
    const folder = parentOf(path);
    if (folder === undefined || !isWithin(boundary, folder)) return nobody;
    const key = JSON.stringify([folder, boundary]);
    const owners = known.get(key) ?? look(folder, boundary);
    known.set(key, owners);
    return owners;
  };
  return { of };
}

const nobody: Promise<readonly string[]> = Promise.resolve([]);

/** The owners in a configuration of git (https://git-scm.com/docs/git-config#_configuration_file); the rest is not kept. */
export function ownersIn(config: string): readonly string[] {
  const owners = new Set<string>();
  let isRemote = false;
  for (const line of config.split("\n")) {
    const text = line.trim();
    if (text.startsWith("[")) isRemote = /^\[remote[ \t"]/i.test(text);
    const equals = text.indexOf("=");
    if (!isRemote || text.slice(0, equals).trim().toLowerCase() !== "url") continue;
    const owner = ownerIn(text.slice(equals + 1).trim());
    if (owner !== undefined) owners.add(owner);
  }
  return [...owners];
}

/** The owner in `https://host/owner/repository`, with or without a user, and in `git@host:owner/repository`. */
function ownerIn(url: string): string | undefined {
  const [scheme = "", , host = "", ...path] = url.split("/");
  if (/^(?:https?|ssh|git):$/i.test(scheme) && host !== "") return nameOfOwner(path);
  const [front = "", ...rest] = url.split(":");
  return front.includes("@") && !front.includes("/") ? nameOfOwner(rest.join(":").split("/")) : undefined;
}

function nameOfOwner([owner = "", repository = ""]: readonly string[]): string | undefined {
  return repository !== "" && /^[\w.-]{1,100}$/.test(owner) ? owner.toLowerCase() : undefined;
}
