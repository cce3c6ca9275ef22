import type { ImageReference } from "../documents/imageReference";
import { rememberMany } from "../text/rememberMany";
import { matchesAny, matchesPattern } from "./pattern";
import { officialName } from "./publishers";
import { applicationImages } from "./services/applications";
import { brokerImages } from "./services/brokers";
import { databaseImages } from "./services/databases";
import { developerImages } from "./services/developerTools";
import { languageImages } from "./services/languages";
import { monitoringImages } from "./services/monitoring";
import { searchImages } from "./services/search";
import { webImages } from "./services/webServers";

/** A fact with the public page that shows it. A fact that nobody has shown is absent: absent is unknown, never "none". */
export interface Known<T> {
  readonly value: T;
  readonly source: string;
}

/** Where an image writes when it runs as it is meant to. */
export interface WritablePlaces {
  /** Declared with VOLUME, so that they can be written to below a read-only root. */
  readonly volumes: readonly string[];
  /** Places for what may be lost when the container ends. */
  readonly scratch: readonly string[];
  /** Places for what must be kept, which are no VOLUME: without a mount there, the facts do not help. */
  readonly kept?: readonly string[];
  /** With a mount at or below one of these the image writes to further places. */
  readonly unlessMounted?: readonly string[];
  /** Patterns over variables, and over options of the command: with one of these the image writes to further places. */
  readonly unlessSet?: readonly string[];
  /** Patterns over tags that these places are not about. */
  readonly exceptTags?: readonly string[];
}

/** Variables whose value the image also reads from a file. */
export interface SecretFiles {
  /** Names, or patterns with `*`. */
  readonly variables: readonly string[];
  /** What the name of the variable with the path ends in. */
  readonly suffix: "_FILE" | "__FILE";
}

/** What running an image as a service takes. */
export interface ServiceImage {
  readonly title: string;
  /** Patterns over `domain/path`; those of the official library begin with `docker.io/library/`. */
  readonly names: readonly string[];
  /** Patterns over the tag that the facts are about; every tag where there are none. */
  readonly tags?: readonly string[];
  /** Patterns over tags that they are not about. */
  readonly exceptTags?: readonly string[];
  /** The user that a container starts as, and the number of the user that does the work where it has one number. */
  readonly user?: Known<{ readonly start: string; readonly uid?: number }>;
  /** What must be added back after every capability was dropped, for the user that the container starts as. */
  readonly capabilities?: Known<readonly string[]>;
  /** Capabilities on program files: they must not be dropped for any user, or the program does not start. */
  readonly fileCapabilities?: readonly string[];
  /** What fails under `no-new-privileges`, in half a sentence. */
  readonly gainsPrivileges?: Known<string>;
  readonly writable?: Known<WritablePlaces>;
  /** What fails below a read-only root, in half a sentence. */
  readonly rewritesItself?: Known<string>;
  /** First words of a command after which the image's entrypoint does the same as without a command. */
  readonly programs?: readonly string[];
  readonly ports?: Known<readonly number[]>;
  readonly secretFiles?: Known<SecretFiles>;
  /** User and password that a new container has, in words. */
  readonly credentials?: Known<string>;
  /** Settings that let everybody in, as `VARIABLE=value`. */
  readonly openSettings?: Known<readonly string[]>;
  /** Made to be reached from other machines, so that binding its ports to the loopback address breaks it. */
  readonly isFrontDoor?: boolean;
  /** Starting points for limits where the usual ones are too small for the image to start. */
  readonly limits?: { readonly memory?: string; readonly pids?: number };
}

/** Every image that is known, in the order in which they are looked up. */
export const serviceImages: readonly ServiceImage[] = [
  ...databaseImages,
  ...searchImages,
  ...brokerImages,
  ...webImages,
  ...monitoringImages,
  ...applicationImages,
  ...developerImages,
  ...languageImages,
];

/**
 * What is known of running an image. Windows variants and unknown images give `undefined`.
 * @param reference without regard to the registry where it serves the official library
 */
export const serviceImage: (reference: ImageReference) => ServiceImage | undefined = rememberMany(
  (reference) => reference.source,
  (reference) => {
    const tag = reference.tag ?? "latest";
    if (/nanoserver|windowsservercore/.test(tag)) return undefined;
    const official = officialName(reference);
    const name = official === undefined ? reference.name : `docker.io/library/${official}`;
    return serviceImages.find(
      ({ names, tags, exceptTags }) =>
        names.some((pattern) => matchesPattern(pattern, name)) &&
        tags?.some((pattern) => matchesPattern(pattern, tag)) !== false &&
        !matchesAny(exceptTags, tag),
    );
  },
);

/** Where an image writes, for one of its tags; undefined where nobody knows. */
export function writablePlaces(image: ServiceImage, tag = "latest"): WritablePlaces | undefined {
  const places = image.writable?.value;
  return matchesAny(places?.exceptTags, tag) ? undefined : places;
}
