import { type Fact, type Facts, type IgnoreFile, unknownFacts } from "../engine/facts";
import type { Files } from "../platform/ports";
import { readContained } from "./contained";
import { type Contexts, createContexts, findContextNames } from "./contextNames";
import { createOwners, type Owners } from "./owners";
import { isWithin, joinPath, nameOf, parentOf, relativePath } from "./paths";

/** What was found out around other files: each thing is looked for once. */
export interface Known {
  /** The build contexts that were listed. */
  readonly contexts: Contexts;
  readonly owners: Owners;
}

/**
 * Collects what ignore files, the build context and git's remotes say about a file; what other files say is found by `projects.ts`.
 * @param path absolute
 * @param boundary the folder beyond which nothing is read, absolute and with every link followed
 * @param now milliseconds since the epoch
 */
export async function collectFacts(
  files: Files,
  path: string,
  boundary: string,
  now: number,
  { contexts, owners: ownersKnown }: Known = { contexts: createContexts(files), owners: createOwners(files) },
): Promise<Facts> {
  const dockerignore = await findDockerignore(files, path, boundary);
  const owners = await ownersKnown.of(path, boundary);
  return {
    ...unknownFacts(new Date(now).toISOString().slice(0, 10)),
    dockerignore,
    contextNames: await findContextNames(contexts, path, boundary, dockerignore),
    ...(owners.length > 0 && { owners }),
  };
}

/**
 * The ignore file that applies to a Dockerfile: BuildKit takes `<Dockerfile>.dockerignore` beside it, else
 * `.dockerignore` in the build context. Which folder is the context is not written in a Dockerfile: it is its own
 * folder as a rule, else one further up (`docker build -f docker/Dockerfile .`), so the nearest one counts.
 */
async function findDockerignore(files: Files, path: string, boundary: string): Promise<Fact<IgnoreFile>> {
  const folder = parentOf(path);
  if (folder === undefined) return { state: "unknown", reason: "the folder of the document is not known" };
  const candidates = [joinPath(folder, `${nameOf(path)}.dockerignore`)];
  for (let at: string | undefined = folder; at !== undefined && isWithin(boundary, at); at = parentOf(at)) {
    candidates.push(joinPath(at, ".dockerignore"));
  }
  for (const candidate of candidates) {
    const read = await readContained(files, candidate, boundary);
    const name = relativePath(folder, candidate);
    if (read.state === "read") return { state: "known", value: { path: name, text: read.text } };
    if (read.state === "failed") return { state: "unknown", reason: `${name} was not read: ${read.reason}` };
  }
  return { state: "absent" };
}
