import type { ImageReference } from "../documents/imageReference";
import { matchesGlob } from "../text/glob";
import type { Severity } from "./severity";

/**
 * What a team has decided about images. Patterns are globs over the normalised name, such as `docker.io/library/*`; one
 * with a tag (`docker.io/library/node:22*`) is matched against name and tag.
 */
export interface ImagePolicy {
  /** Images that may be used. Empty: nothing has been decided. */
  readonly approved: readonly string[];
  /** Registries (hosts, globs allowed) that images may come from. Empty: any. */
  readonly registries: readonly string[];
  /** Images that may not be used, whatever else is said of them. */
  readonly denied: readonly DeniedImage[];
  /** What to use instead: normalised name or glob to replacement. The first that matches counts. */
  readonly replacements: ReadonlyMap<string, string>;
  /** What every image must be, and how grave it is where one is not; `false` takes back what a base demands. */
  readonly require: Readonly<Partial<Record<Requirement, Severity | false>>>;
}

export interface DeniedImage {
  readonly image: string;
  /** In half a sentence. */
  readonly reason: string | undefined;
  readonly replacement: string | undefined;
}

/** What can be demanded of every image, each judged by the rules of `requirements.ts`. */
export const requirements = ["digest", "notEndOfLife", "nonRoot"] as const;
export type Requirement = (typeof requirements)[number];

export const noPolicy: ImagePolicy = {
  approved: [],
  registries: [],
  denied: [],
  replacements: new Map(),
  require: {},
};

/** Puts one policy over another: lists are joined, and where both speak of the same the upper one wins. */
export function joinPolicies(lower: ImagePolicy, upper: ImagePolicy): ImagePolicy {
  if (lower === noPolicy) return upper;
  if (upper === noPolicy) return lower;
  return {
    approved: [...lower.approved, ...upper.approved],
    registries: [...lower.registries, ...upper.registries],
    denied: [...lower.denied, ...upper.denied],
    replacements: new Map([
      ...upper.replacements,
      ...[...lower.replacements].filter(([image]) => !upper.replacements.has(image)),
    ]),
    require: { ...lower.require, ...upper.require },
  };
}

/** Whether a pattern of a policy means an image. */
export function matchesImage(pattern: string, { name, tag, digest }: ImageReference): boolean {
  if (!pattern.slice(pattern.lastIndexOf("/") + 1).includes(":")) return matchesGlob(pattern, name);
  const actual = tag ?? (digest === undefined ? "latest" : undefined);
  return actual !== undefined && matchesGlob(pattern, `${name}:${actual}`);
}

/**
 * A pattern as people write it, with what its short form stands for: `node` is `docker.io/library/node`, and
 * `bitnami/*` is `docker.io/bitnami/*`; `*:latest` is an image of any name with that tag. Whatever else begins with a wildcard
 * or a host stays as it is.
 */
export function normalisedPattern(pattern: string): string {
  const slash = pattern.indexOf("/");
  const first = slash < 0 ? pattern : pattern.slice(0, slash);
  if (pattern === "**") return pattern;
  if (slash < 0)
    return first.startsWith("*") ? `**/${first.replace(/^\*+/, "*")}` : `docker.io/library/${pattern}`;
  if (/[*?[.:\\]/.test(first) || first === "localhost") return pattern;
  return `docker.io/${pattern}`;
}
