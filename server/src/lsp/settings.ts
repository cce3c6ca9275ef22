import {
  type Config,
  defaultConfig,
  isRuleLevel,
  overlay,
  type Profile,
  profiles,
  type RuleSetting,
} from "../engine/config";

/** The user's settings for one resource: the section `plimsoll`. */
export interface Settings {
  readonly enable: boolean;
  readonly profile: Profile | undefined;
  readonly rules: readonly RuleSetting[];
  /** How findings that the baseline has accepted are shown. */
  readonly baseline: "hidden" | "faded";
}

export const defaultSettings: Settings = { enable: true, profile: undefined, rules: [], baseline: "hidden" };

/**
 * Reads the section as a client sends it. What is not understood counts as not set: an editor checks its settings
 * against the manifest's schema, and a finding on them would have no place to stand.
 */
export function parseSettings(section: unknown): Settings {
  if (!isObject(section)) return defaultSettings;
  return {
    enable: section.enable !== false,
    profile: profiles.find((profile) => profile === section.profile),
    rules: parseRules(section.rules),
    baseline: section.baseline === "faded" ? "faded" : "hidden",
  };
}

/**
 * The configuration in force: the settings, and over them the repository's, because what a team has agreed on must
 * give the same result in every editor and in a pipeline.
 */
export function underRepository(settings: Settings, repository: Config): Config {
  return overlay({ ...defaultConfig, profile: settings.profile, rules: settings.rules }, repository);
}

const mostRuleSettings = 1_000;

function parseRules(section: unknown): readonly RuleSetting[] {
  if (!isObject(section)) return [];
  return Object.entries(section)
    .slice(0, mostRuleSettings)
    .flatMap(([pattern, level]) => (isRuleLevel(level) ? [{ pattern, level, options: {} }] : []));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
