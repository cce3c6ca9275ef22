import type { ImageReference } from "../documents/imageReference";
import { rememberMany } from "../text/rememberMany";
import { imageFamily } from "./imageFamily";
import table from "./images.json";
import { type JudgedImage, judgedOfficialImages } from "./officialImages";
import { matchesPattern } from "./pattern";
import { officialName } from "./publishers";
import { vendorImage } from "./vendorImages";

/** The dialect of an image: how packages are installed and users are made in it. */
export type ImageFamily =
  | "alpine"
  | "debian"
  | "redhat"
  | "suse"
  | "arch"
  | "busybox"
  | "windows"
  | "distroless"
  | "scratch";

/** A user that an image has beside root. */
export interface ImageUser {
  readonly name: string;
  readonly uid?: number;
}

export type DefaultUser = { readonly state: "known"; readonly user: string } | { readonly state: "unknown" };

/** What is known of an image without asking a registry. True as of a day, which a message should say. */
export interface ImageFacts {
  readonly official: boolean;
  /** The user of a container that names none, as the image has it: a name or a number, perhaps with a group. */
  readonly defaultUser: DefaultUser;
  /** The program (gosu, su-exec …) with which the image's own entrypoint gives up root. */
  readonly drops?: string;
  /** The user of the processes that do the work, where only a supervising process stays root. */
  readonly workers?: string;
  /** Users that exist in the image and can be named in USER, the one made for its service first. */
  readonly users: readonly ImageUser[];
  /** Kinds of smaller tags: `slim`, `alpine`, `jre` … */
  readonly smaller: readonly string[];
  /** Version lines that are built now, newest first. */
  readonly versions: readonly string[];
  /** Why the image should not be used any more, in half a sentence. */
  readonly deprecated?: string;
  /** The day, `YYYY-MM-DD`, on which the official library dropped the image. */
  readonly removedOn?: string;
  /** The name to use instead of a deprecated or removed image. */
  readonly replacement?: string;
  readonly family?: ImageFamily;
  /** Made for development containers, where the tool picks the user. */
  readonly devcontainer: boolean;
  /** `YYYY-MM-DD`: the day whose state these facts describe. */
  readonly asOf: string;
  /** The page that the facts come from. */
  readonly source: string;
}

interface CollectedImage {
  readonly user?: string;
  readonly users?: readonly string[];
  readonly drops?: string;
  readonly smaller?: readonly string[];
  readonly versions?: readonly string[];
}

const official: ReadonlyMap<string, CollectedImage> = new Map(
  Object.entries(table.official as Readonly<Record<string, CollectedImage>>),
);
/** Images of the official library that are known, but for those that should not be used any more. */
export function officialImageNames(): readonly string[] {
  return [...official.keys()].filter((name) => judgedOfficialImages.get(name)?.deprecated === undefined);
}

const removed: ReadonlyMap<string, string> = new Map(Object.entries(table.removed));
const vendorSource =
  "https://github.com/plimsoll-security/plimsoll/blob/main/server/src/knowledge/vendorImages.ts";

/**
 * What is known of an image, with regard to its tag.
 *
 * @returns undefined for images that the tables do not hold
 */
export const imageFacts: (reference: ImageReference) => ImageFacts | undefined = rememberMany(
  (reference) => reference.source,
  factsAbout,
);

function factsAbout(reference: ImageReference): ImageFacts | undefined {
  const name = officialName(reference);
  if (name === undefined) {
    const vendor = vendorImage(reference);
    return vendor && factsOf(reference, false, {}, vendor);
  }
  const collected = official.get(name);
  const judged = judgedOfficialImages.get(name);
  const removedOn = removed.get(name);
  if (!collected && !judged && removedOn === undefined) return undefined;
  const facts = factsOf(reference, true, collected ?? {}, judged ?? {});
  return removedOn === undefined ? facts : { ...facts, removedOn };
}

function factsOf(
  reference: ImageReference,
  isOfficial: boolean,
  collected: CollectedImage,
  judged: JudgedImage,
): ImageFacts {
  const family = imageFamily(reference);
  const drops = judged.drops ?? collected.drops;
  const user = defaultUser(reference, collected, judged);
  const { deprecated, replacement } = judged;
  const workers = workersOf(reference, judged);
  return {
    official: isOfficial,
    defaultUser: user,
    ...(drops !== undefined && user.state === "known" && isRoot(user.user) ? { drops } : {}),
    ...(workers === undefined ? {} : { workers }),
    users: (judged.users ?? collected.users ?? []).map((text) => parseUser(text, family === "alpine")),
    smaller: collected.smaller ?? [],
    versions: collected.versions ?? [],
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(replacement === undefined ? {} : { replacement }),
    ...(family === undefined ? {} : { family }),
    devcontainer: reference.name.includes("/devcontainers/"),
    asOf: table.asOf,
    source: isOfficial ? (table.sources[0] ?? "") : vendorSource,
  };
}

function workersOf({ tag = "latest" }: ImageReference, judged: JudgedImage): string | undefined {
  const { workers, workersIn = ["*"] } = judged;
  return workersIn.some((pattern) => matchesPattern(pattern, tag)) ? workers : undefined;
}

/** The default user by the tag; Windows variants of official images run as that system's own users. */
function defaultUser(reference: ImageReference, collected: CollectedImage, judged: JudgedImage): DefaultUser {
  const tag = reference.tag ?? "latest";
  const byTag = judged.tagUsers?.find(([pattern]) => matchesPattern(pattern, tag));
  if (byTag) return known(byTag[1]);
  if (tag.includes("nanoserver")) return known("ContainerUser");
  if (tag.includes("windowsservercore")) return known("ContainerAdministrator");
  return known(judged.user ?? collected.user);
}

function known(user: string | undefined): DefaultUser {
  return user === undefined ? { state: "unknown" } : { state: "known", user };
}

function isRoot(user: string): boolean {
  return /^(?:root|0)(?::|$)/.test(user);
}

function parseUser(text: string, alpine: boolean): ImageUser {
  const [name = "", numbers] = text.split(":");
  const [common, inAlpine] = (numbers ?? "").split("/");
  const uid = (alpine && inAlpine) || common;
  return uid ? { name, uid: Number(uid) } : { name };
}
