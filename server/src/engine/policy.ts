import type { ImageReference } from "../documents/imageReference";
import { matchesGlob } from "../text/glob";
import type { Span } from "../text/span";
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
  /**
   * What every image must be, and how grave it is where one is not; `false` takes back what a base demands, and `on` leaves
   * it to each entry how grave it is.
   */
  readonly require: Readonly<Partial<Record<Requirement, Severity | "on" | false>>>;
  /** How many days ago an image may have been made, where `require.maxAge` is demanded. */
  readonly maxAgeDays?: number;
  /** What a scanner may find in an image, where `require.vulnerabilities` is demanded. */
  readonly tolerated?: ToleratedVulnerabilities;
  /** Who must have signed which images, where `require.signature` is demanded: every entry that means an image counts. */
  readonly signers: readonly RequiredSigner[];
}

/** The most that there may be of each kind; any number where it is missing. */
export interface ToleratedVulnerabilities {
  readonly critical?: number;
  readonly high?: number;
  /** Of the critical and high ones, those that an update removes. */
  readonly fixable?: number;
}

/** Those of whom one must have signed some images. */
export interface RequiredSigner {
  /** Patterns of images. Empty: every image. */
  readonly images: readonly string[];
  readonly keys: readonly SignerKey[];
  /** Holders of certificates that Sigstore's public instance gave. */
  readonly identities: readonly SignerIdentity[];
  readonly severity: Severity | undefined;
}

/** A public key: its PEM, or the file that holds it, with why it could not be read once somebody has tried. */
export type SignerKey =
  | { readonly pem: string }
  | { readonly file: string; readonly span: Span; readonly problem?: string };

export interface SignerIdentity {
  /** Whom the certificate names; `*` stands for any part without a slash, `**` for any part. */
  readonly identity: string;
  /** Who has vouched for that, exactly. */
  readonly issuer: string;
}

export interface DeniedImage {
  readonly image: string;
  /** In half a sentence. */
  readonly reason: string | undefined;
  readonly replacement: string | undefined;
}

/** What can be demanded of every image, each judged by the rules of `requirements.ts`. */
export const requirements = [
  "digest",
  "notEndOfLife",
  "nonRoot",
  "maxAge",
  "signature",
  "vulnerabilities",
] as const;
export type Requirement = (typeof requirements)[number];

export const noPolicy: ImagePolicy = {
  approved: [],
  registries: [],
  denied: [],
  replacements: new Map(),
  require: {},
  signers: [],
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
    ...limitsOf(lower),
    ...limitsOf(upper),
    signers: upper.require.signature === false ? [] : [...lower.signers, ...upper.signers],
  };
}

function limitsOf({ maxAgeDays, tolerated }: ImagePolicy): Pick<ImagePolicy, "maxAgeDays" | "tolerated"> {
  return { ...(maxAgeDays !== undefined && { maxAgeDays }), ...(tolerated !== undefined && { tolerated }) };
}

/** Who must have signed an image: one of each of these. */
export function signersFor(policy: ImagePolicy, reference: ImageReference): readonly RequiredSigner[] {
  return policy.signers.filter(
    ({ images }) => images.length === 0 || images.some((pattern) => matchesImage(pattern, reference)),
  );
}

/** Whether a policy demands what a registry alone can tell of an image. */
export function asksRegistries({ require }: ImagePolicy): boolean {
  return Boolean(require.maxAge) || Boolean(require.nonRoot) || Boolean(require.signature);
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
