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
  /** Whether registries may be asked about the images that files name. */
  readonly network: boolean;
  /** Registries that may be asked beside those that anybody may ask. */
  readonly networkRegistries: readonly string[];
}

export const defaultSettings: Settings = {
  enable: true,
  profile: undefined,
  rules: [],
  network: false,
  networkRegistries: [],
};

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
    network: section.network === true,
    networkRegistries: parseHosts(section.networkRegistries),
  };
}

/**
 * The configuration in force: the settings, and over them the repository's, because what a team has agreed on must
 * give the same result in every editor and in a pipeline.
 */
export function underRepository(settings: Settings, repository: Config): Config {
  return overlay({ ...defaultConfig, profile: settings.profile, rules: settings.rules }, repository);
}

const mostHosts = 100;

function parseHosts(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, mostHosts).filter((host): host is string => typeof host === "string");
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
