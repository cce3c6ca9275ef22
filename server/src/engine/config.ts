import type { Span } from "../text/span";
import { type ImagePolicy, joinPolicies, noPolicy } from "./policy";
import type { DeclaredProfile } from "./rule";
import type { Severity } from "./severity";

/** A profile that can be chosen. */
export type Profile = DeclaredProfile | "hadolint" | "all";

export const profiles: readonly Profile[] = ["recommended", "strict", "cis", "hadolint", "all"];

export const profileDescriptions: Readonly<Record<Profile, string>> = {
  recommended: "What nearly every reader would thank you for.",
  strict: "Every rule about security, hardening that most files lack included.",
  cis: "The items of the CIS Docker Benchmark that a file can show.",
  hadolint: "What hadolint says without configuration, style included.",
  all: "Every rule.",
};

/** What may be wanted of a rule, from nothing to most. */
export const levels = [
  "off",
  "info",
  "low",
  "medium",
  "high",
  "critical",
  "on",
  "upgrade",
  "downgrade",
] as const;

/** What is wanted of a rule: off, its own severity (`on`), or another one. */
export type RuleLevel = (typeof levels)[number];

export const levelDescriptions: Readonly<Record<RuleLevel, string>> = {
  off: "Not reported.",
  info: "Advice.",
  low: "Hardening that is missing: a hint.",
  medium: "Weakens a boundary or the supply chain: information.",
  high: "One step from disaster: a warning.",
  critical: "A secret is out, or the container owns the host: an error.",
  on: "On, with its own severity, whatever the profile says.",
  upgrade: "One step worse than its own severity.",
  downgrade: "One step milder than its own severity.",
};

/** One entry of `rules:`. Later ones win; the pattern may hold `*`. */
export interface RuleSetting {
  readonly pattern: string;
  readonly level: RuleLevel | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/** One entry of `ignore:` in `plimsoll.yaml`. */
export interface RepositoryIgnore {
  /** A rule's id or a pattern; `*` where the entry names an image alone. */
  readonly rule: string;
  /** A pattern of images, see `matchesImage`: then only findings that stand on such an image are silenced. */
  readonly image?: string | undefined;
  /** A glob relative to the folder of `plimsoll.yaml`; `**` where none is given. */
  readonly path: string;
  readonly reason: string | undefined;
  /** Who answers for it. */
  readonly owner?: string | undefined;
  /** Where it was agreed upon. */
  readonly ticket?: string | undefined;
  /** `YYYY-MM-DD`: from the day after, the entry no longer counts. */
  readonly until: string | undefined;
  readonly untilSpan?: Span | undefined;
  readonly span: Span;
}

/** One entry of `overrides:`. Later ones win. */
export interface Override {
  /** Globs relative to the folder of `plimsoll.yaml`; `undefined` for every file. */
  readonly files: readonly string[] | undefined;
  readonly profile: Profile | undefined;
  readonly rules: readonly RuleSetting[];
}

/** A configuration, from `plimsoll.yaml`, the command line or an editor's settings. */
export interface Config {
  readonly profile: Profile | undefined;
  readonly rules: readonly RuleSetting[];
  readonly overrides: readonly Override[];
  readonly ignore: readonly RepositoryIgnore[];
  /** Globs of files, relative to the folder of `plimsoll.yaml`, that are not looked at. */
  readonly exclude: readonly string[];
  /** Further globs of files of a kind. */
  readonly files: {
    readonly dockerfile: readonly string[];
    readonly compose: readonly string[];
    readonly daemon: readonly string[];
    readonly commands: readonly string[];
  };
  /** Names of Compose files that are merged over the base file beside them, as with `docker compose -f base -f override`. */
  readonly composeOverrides: readonly string[];
  readonly policy: ImagePolicy;
  /** Whether an ignore comment must give a reason. */
  readonly requireReason: boolean;
  /** From which severity on a check fails; `undefined` where nobody has decided. */
  readonly failOn: Severity | "never" | undefined;
}

/** What holds where nobody has decided anything. */
export const defaultConfig: Config = {
  profile: undefined,
  rules: [],
  overrides: [],
  ignore: [],
  exclude: [],
  files: { dockerfile: [], compose: [], daemon: [], commands: [] },
  composeOverrides: [],
  policy: noPolicy,
  requireReason: false,
  failOn: undefined,
};

/** Puts one configuration over another: the upper one wins where both speak, lists are joined. */
export function overlay(lower: Config, upper: Config): Config {
  return {
    profile: upper.profile ?? lower.profile,
    rules: [...lower.rules, ...upper.rules],
    overrides: joinOverrides(lower, upper),
    ignore: [...lower.ignore, ...upper.ignore],
    exclude: [...lower.exclude, ...upper.exclude],
    files: {
      dockerfile: [...lower.files.dockerfile, ...upper.files.dockerfile],
      compose: [...lower.files.compose, ...upper.files.compose],
      daemon: [...lower.files.daemon, ...upper.files.daemon],
      commands: [...lower.files.commands, ...upper.files.commands],
    },
    composeOverrides: [...lower.composeOverrides, ...upper.composeOverrides],
    policy: joinPolicies(lower.policy, upper.policy),
    requireReason: lower.requireReason || upper.requireReason,
    failOn: upper.failOn ?? lower.failOn,
  };
}

/** What the upper configuration says of all files wins over what the lower one says of some. */
function joinOverrides(lower: Config, upper: Config): readonly Override[] {
  if (lower.overrides.length === 0) return upper.overrides;
  const { profile, rules } = upper;
  const ofAll = profile === undefined && rules.length === 0 ? [] : [{ files: undefined, profile, rules }];
  return [...lower.overrides, ...ofAll, ...upper.overrides];
}

export function isRuleLevel(value: unknown): value is RuleLevel {
  return typeof value === "string" && (levels as readonly string[]).includes(value);
}
