import { type Neighbours, noNeighbours } from "../documents/neighbours";
import type { LineColumn } from "../text/lines";
import type { Span } from "../text/span";

/** Something of the outside world: known, known not to exist, or not known. Unknown is never clean. */
export type Fact<T> =
  | { readonly state: "known"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly reason: string };

/** What the outside world says about one document: a snapshot, collected before the rules run. */
export interface Facts {
  /** Today as `YYYY-MM-DD` in UTC, for end dates. */
  readonly today: string;
  /** The ignore file that applies to the build context of this Dockerfile. */
  readonly dockerignore: Fact<IgnoreFile>;
  /** Names in the build context of this Dockerfile that say that a file holds secrets. */
  readonly contextNames: Fact<ContextNames>;
  /**
   * The digests that the tags of pinned images stand for now, by the reference with its variables expanded. Missing
   * where registries may not be asked, which is the user's choice and no gap.
   */
  readonly tagDigests?: ReadonlyMap<string, Fact<string>>;
  /**
   * What registries say of images about which the policy demands what only they know, by the reference with its variables
   * expanded. Missing where they may not be asked.
   */
  readonly asked?: ReadonlyMap<string, AskedImage>;
  /**
   * What a scanner has found, by the image's normalised name with its digest (`docker.io/library/node@sha256:…`), or with
   * its tag. Missing where nobody has run a scanner or given its results.
   */
  readonly vulnerabilities?: ReadonlyMap<string, Vulnerabilities | NotScanned>;
  /** Texts of the files that this document names or that belong to it. */
  readonly neighbours: Neighbours;
  /**
   * What git does with files that a Compose file names and nobody opens, by their paths as `neighbours` has them. A path
   * that is not in here could not be looked for.
   */
  readonly git: ReadonlyMap<string, Fact<GitState>>;
  /** Texts of environment files that a Compose file names and that git tracks: no other such file is opened. */
  readonly committedTexts: ReadonlyMap<string, string>;
  /** The Compose services that build this Dockerfile, as far as Compose files lie beside it or in folders above. */
  readonly builtBy: Fact<readonly BuiltBy[]>;
  /** Who the repository belongs to, by its remotes (`vulhub`), in lower case; missing where nothing says so. */
  readonly owners?: readonly string[];
  /** What became of the configurations that this one extends; missing where nobody has looked. */
  readonly extended?: readonly ExtendedFact[];
}

/** What a registry says of an image, as far as a policy demands it. */
export interface AskedImage {
  /** When it was made, ISO 8601; *absent* where the image does not say. Only where `require.maxAge` is demanded. */
  readonly created?: Fact<string>;
  /** The user that it starts as, empty for root. Only where `require.nonRoot` is demanded. */
  readonly user?: Fact<string>;
  /** One for each entry of `require.signature` that means the image, in their order. */
  readonly signed: readonly SignatureVerdict[];
}

/** Whether one of those whose signatures count has signed an image. */
export type SignatureVerdict =
  | { readonly state: "verified"; readonly by: readonly string[] }
  /** Only the images of some platforms. */
  | { readonly state: "partly"; readonly by: readonly string[]; readonly platforms: readonly string[] }
  /** There are signatures, and none is of one of those. */
  | { readonly state: "others"; readonly kinds: readonly string[] }
  /** There are signatures that cannot be verified here. */
  | { readonly state: "unchecked"; readonly kinds: readonly string[] }
  | { readonly state: "none" }
  | { readonly state: "unknown"; readonly reason: string };

/** How many vulnerabilities a scanner has found in an image. */
export interface Vulnerabilities {
  /** For people: `Trivy`. */
  readonly scanner: string;
  readonly critical: number;
  readonly high: number;
  /** Those of the critical and high ones that an update of their package removes. */
  readonly fixable: number;
  /** The gravest of them. */
  readonly worst?: readonly Vulnerability[];
  /** When the scanner was run, milliseconds since the epoch; missing where a file says no time. */
  readonly scannedAt?: number;
  /** How long ago that was, in words; only where somebody looks on. */
  readonly age?: string;
}

export interface Vulnerability {
  /** `CVE-2026-1234`. */
  readonly id: string;
  readonly package: string;
  readonly installed: string;
  /** The version that closes it; `undefined` where there is none yet. */
  readonly fixed: string | undefined;
  readonly severity: "critical" | "high";
}

/** Why a scanner said nothing of an image. */
export interface NotScanned {
  readonly unknown: string;
}

/** Whether git keeps a file: `tracked` in its index, left out by a `.gitignore`, or neither, so that it may come in. */
export type GitState = "tracked" | "ignored" | "untracked";

/** A service that builds a Dockerfile. */
export interface BuiltBy {
  readonly service: string;
  /** The Compose file, relative to the folder of the Dockerfile. */
  readonly path: string;
  /** The stage that is built; `undefined` for the last one, `unknown` where it stands in a variable. */
  readonly target: string | "unknown" | undefined;
  /** What `user:` says; `undefined` for nothing, `unknown` where it stands in a variable. */
  readonly user: { readonly value: string | "unknown"; readonly place: ForeignSpan } | undefined;
  /** The service's name. */
  readonly place: ForeignSpan;
}

/** A place in another file. */
export interface ForeignSpan {
  /** Relative to the folder of the document. */
  readonly path: string;
  /** UTF-16 offsets in that file. */
  readonly span: Span;
  /** Zero-based, columns in UTF-16 units. */
  readonly start: LineColumn;
  readonly end: LineColumn;
}

/** An entry of `extends:`, or a file with a public key of the policy, and why it cannot be read; `undefined` where it is. */
export interface ExtendedFact {
  /** As written. */
  readonly text: string;
  readonly problem: string | undefined;
}

export interface IgnoreFile {
  /** Relative to the folder of the document, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What the folders of a build context hold, by name only: no such file is ever opened. */
export interface ContextNames {
  /**
   * Files that hold secrets by their names, and `.git` folders: relative to the folder of the ignore file, or to that of
   * the Dockerfile where there is none, with `/`.
   */
  readonly paths: readonly string[];
  /** `false` where a limit ended the search, or a folder could not be read. */
  readonly complete: boolean;
}

/** Facts for a text without a file: everything but the date is unknown. */
export function unknownFacts(today: string): Facts {
  const unknown = { state: "unknown", reason: "the document is not a file" } as const;
  return {
    today,
    dockerignore: unknown,
    contextNames: unknown,
    neighbours: noNeighbours,
    git: new Map(),
    committedTexts: new Map(),
    builtBy: unknown,
  };
}

/** What other files and git say is of Compose files, and what became of `extends:` of configurations: both see to it themselves. */
type OfOthers = "neighbours" | "git" | "committedTexts" | "extended";

const ofEveryFile = {
  today: true,
  dockerignore: true,
  contextNames: true,
  tagDigests: true,
  asked: true,
  vulnerabilities: true,
  builtBy: true,
  owners: true,
} as const satisfies Readonly<Record<Exclude<keyof Facts, OfOthers>, true>>;

const names = Object.keys(ofEveryFile) as (keyof typeof ofEveryFile)[];

/** Facts are made anew for each run, of the same parts as long as nothing around the document has changed. */
export function haveSameParts(a: Facts, b: Facts): boolean {
  return names.every((name) => a[name] === b[name]);
}
