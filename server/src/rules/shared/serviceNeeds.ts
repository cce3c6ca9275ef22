import { unknownPart } from "../../documents/compose/interpolation";
import type { Service, Text } from "../../documents/compose/model";
import { matchesAny } from "../../knowledge/pattern";
import { type ServiceImage, serviceImage, writablePlaces } from "../../knowledge/serviceImages";

/** What a service needs to run hardened, as far as it is known. */
export interface ServiceNeeds {
  readonly image: ServiceImage | undefined;
  /** To be added back after every capability was dropped; undefined where nobody knows. */
  readonly capabilities: readonly string[] | undefined;
  /** Places that need a tmpfs under a read-only root beside what is mounted; undefined where nobody knows. */
  readonly scratch: readonly string[] | undefined;
}

/** Judges a service by its image, its user, its command and its mounts. */
export function needsOf(service: Service): ServiceNeeds {
  const image = knownImage(service);
  const runsAsMeant = image !== undefined && startsAsMeant(service, image);
  return {
    image,
    capabilities: capabilitiesOf(service, image, runsAsMeant),
    scratch: runsAsMeant ? scratchOf(service, image) : undefined,
  };
}

/** What is known of a service's image; nothing where it is built here or its name stands in a variable. */
export function knownImage(service: Service): ServiceImage | undefined {
  const reference = service.build === undefined ? service.image?.value.reference : undefined;
  return reference && serviceImage(reference);
}

/** Whether the image's own entrypoint starts the image's own program. */
function startsAsMeant(service: Service, image: ServiceImage): boolean {
  if (service.entrypoint !== undefined) return false;
  const words = service.command?.value.words;
  if (words === undefined || words.length === 0) return true;
  const first = words[0]?.value?.trim().split(/\s/, 1)[0];
  return first !== undefined && (first.startsWith("-") || image.programs?.includes(first) === true);
}

/**
 * A process of a user other than root has no capability to lose, unless its program file carries one: that is known for
 * known images, and rare in others.
 */
function capabilitiesOf(
  service: Service,
  image: ServiceImage | undefined,
  runsAsMeant: boolean,
): readonly string[] | undefined {
  const user = service.user === undefined ? undefined : startUser(service.user.value);
  if (user === "unknown") return undefined;
  if (user === "other") return image?.fileCapabilities ?? [];
  const isRootByImage = image?.user !== undefined && isRoot(image.user.value.start);
  if (user === "root" && !isRootByImage) return undefined;
  return runsAsMeant ? image?.capabilities?.value : undefined;
}

function startUser({ value }: Text): "root" | "other" | "unknown" {
  const user = value?.trim();
  if (user === undefined || user === "") return "unknown";
  return isRoot(user) ? "root" : "other";
}

function isRoot(user: string): boolean {
  return /^(?:root|0+)(?::|$)/.test(user);
}

function scratchOf(service: Service, image: ServiceImage): readonly string[] | undefined {
  const writable = writablePlaces(image, service.image?.value.reference?.tag);
  const mounts = mountsOf(service);
  if (writable === undefined || mounts === undefined || maySet(service, writable.unlessSet)) return undefined;
  const { volumes, scratch, kept = [], unlessMounted = [] } = writable;
  const isMounted = (path: string): boolean => mounts.some(({ at }) => isBelow(path, at));
  const isWritable = (path: string): boolean =>
    mounts.some(({ at, readOnly }) => !readOnly && isBelow(path, at));
  if (unlessMounted.some((path) => mounts.some(({ at }) => isBelow(at, path)))) return undefined;
  if (!kept.every(isWritable)) return undefined;
  const known = [...volumes, ...scratch].map(withoutLink);
  const isExpected = (path: string): boolean =>
    isMounted(path) || [...known, ...onlyRead].some((place) => isBelow(path, place));
  if (!pathsNamedIn(service).every(isExpected)) return undefined;
  const missing = scratch.filter((path) => !isWritable(withoutLink(path)));
  // A second mount at the same place is an error.
  return missing.some((path) => mounts.some(({ at }) => at === withoutLink(path))) ? undefined : missing;
}

/** Whether a service sets one of some variables, or gives one of some options, as far as its file shows. */
function maySet(service: Service, patterns: readonly string[] | undefined): boolean {
  if (patterns === undefined) return false;
  const options = (service.command?.value.words ?? []).map(({ value = "" }) => value.trim());
  const names = [...service.environment.map(({ name }) => name), ...options];
  return service.envFiles.length > 0 || names.some((name) => matchesAny(patterns, name));
}

/** Places that a path in a command or a variable may name without anything being written there. */
const onlyRead: readonly string[] = [
  "/bin",
  "/etc",
  "/host",
  "/proc",
  "/rootfs",
  "/run/secrets",
  "/sys",
  "/usr",
];

interface Mount {
  readonly at: string;
  readonly readOnly: boolean;
}

/** Where a service mounts something; undefined where a variable hides one of the places. */
function mountsOf(service: Service): readonly Mount[] | undefined {
  const mounts: Mount[] = [];
  for (const { target, readOnly } of service.volumes) {
    if (target === undefined || !target.startsWith("/") || target.includes(unknownPart)) return undefined;
    mounts.push({ at: withoutLink(target), readOnly });
  }
  for (const { value } of service.tmpfs?.value ?? []) {
    const at = value?.trim().split(":", 1)[0];
    if (at === undefined || !at.startsWith("/")) return undefined;
    mounts.push({ at: withoutLink(at), readOnly: false });
  }
  return mounts;
}

/**
 * Whether a service with a read-only root can write to a path; undefined where a variable hides what is mounted.
 * @param volumes places that its image declares as volumes
 */
export function canWriteTo(service: Service, path: string, volumes: readonly string[]): boolean | undefined {
  const mounts = mountsOf(service);
  if (mounts === undefined) return undefined;
  const places = [...volumes, ...mounts.flatMap(({ at, readOnly }) => (readOnly ? [] : [at]))];
  return places.some((place) => isBelow(withoutLink(path), withoutLink(place)));
}

/** Absolute paths in the words of the command, and variables that hold nothing else. */
function pathsNamedIn(service: Service): readonly string[] {
  const words = (service.command?.value.words ?? []).flatMap(({ value }) => value ?? []);
  const inCommand = words.flatMap((word) =>
    word.split(/[\s=:,]/).filter((part) => part.startsWith("/") && part.length > 1),
  );
  const inVariables = service.environment.flatMap(({ value }) => {
    const path = value?.value;
    return path !== undefined && /^\/[^\s:,]{1,200}$/.test(path) ? [path] : [];
  });
  return [...inCommand, ...inVariables].map(withoutLink);
}

/** `/var/run` is a link to `/run` in every image that has both. */
function withoutLink(path: string): string {
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return trimmed === "/var/run" || trimmed.startsWith("/var/run/") ? trimmed.slice("/var".length) : trimmed;
}

function isBelow(path: string, place: string): boolean {
  return path === place || place === "/" || path.startsWith(`${place}/`);
}
