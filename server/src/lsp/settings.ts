import {
  type Config,
  defaultConfig,
  isRuleLevel,
  overlay,
  type Profile,
  profiles,
  type RuleSetting,
} from "../engine/config";
import { maxAllowedHosts, maxRuleSettings, maxSettingTexts } from "../limits";
import type { ScannerChoice } from "../scanners/findScanner";
import { scannerIds } from "../scanners/scanner";
import { matchesGlob } from "../text/glob";

/** The user's settings for one resource: the section `plimsoll`. */
export interface Settings {
  readonly enable: boolean;
  readonly profile: Profile | undefined;
  /** Whether scripts, pipelines and development containers are checked as one types. */
  readonly checkCommands: boolean;
  /** Whether Compose files are checked against the schema of Compose: our own client turns `auto` into one of the two. */
  readonly validateCompose: boolean;
  readonly rules: readonly RuleSetting[];
  /** How findings that the baseline has accepted are shown. */
  readonly baseline: "hidden" | "faded";
  /** When what is found is told to a client that waits to be told; one that asks decides by itself. */
  readonly run: "onType" | "onSave";
  /** Whether a new finding on the line that is being typed waits until the line has come to rest. */
  readonly quietWhileTyping: boolean;
  /** Whether what a neighbour shows at the same place is left to it. */
  readonly hideDuplicates: boolean;
  /** Whether our own client asks for a reason and an end date when something is ignored. */
  readonly askWhenIgnoring: boolean;
  /** Whether files that are not open are checked, too. */
  readonly workspaceFindings: boolean;
  /** The rules whose safe fixes "fix all" applies: ids or patterns with `*`; one with `!` before it takes away. */
  readonly fixAllRules: readonly string[];
  /** What is shown beside findings. */
  readonly shows: Readonly<Record<Annotation, boolean>>;
  /** Whether registries may be asked about the images that files name. */
  readonly network: boolean;
  /** Registries that may be asked beside those that anybody may ask. */
  readonly networkRegistries: readonly string[];
  /** The scanner that is run where the user asks for it. */
  readonly scanner: ScannerChoice;
  /** Whether it is run when a file is saved. */
  readonly scanOnSave: boolean;
}

/** What can be switched off by itself, by the path of its setting. */
export const annotations = [
  "imageHover",
  "codeLens",
  "inlayHints.user",
  "inlayHints.arguments",
  "inlayHints.pins",
] as const;
export type Annotation = (typeof annotations)[number];

/**
 * What holds for an editor that has no such settings. It knows best how often it wants to be told, so that nothing is
 * held back; hints are off because they stand within the text.
 */
export const defaultSettings: Settings = {
  enable: true,
  profile: undefined,
  checkCommands: false,
  validateCompose: false,
  rules: [],
  baseline: "hidden",
  run: "onType",
  quietWhileTyping: false,
  hideDuplicates: true,
  askWhenIgnoring: false,
  workspaceFindings: false,
  fixAllRules: ["*"],
  shows: {
    imageHover: true,
    codeLens: true,
    "inlayHints.user": false,
    "inlayHints.arguments": false,
    "inlayHints.pins": false,
  },
  network: false,
  networkRegistries: [],
  scanner: { scanner: "auto", path: "" },
  scanOnSave: false,
};

/**
 * Reads the section as a client sends it. What is not understood counts as not set: an editor checks its settings
 * against the manifest's schema, and a finding on them would have no place to stand.
 */
export function parseSettings(section: unknown): Settings {
  if (!isObject(section)) return defaultSettings;
  const flag = (value: unknown, usual: boolean): boolean => (typeof value === "boolean" ? value : usual);
  const shows = annotations.map((name) => [name, flag(at(section, name), defaultSettings.shows[name])]);
  return {
    enable: section.enable !== false,
    profile: profiles.find((profile) => profile === section.profile),
    checkCommands: section.checkCommands === true,
    validateCompose: section.validateCompose === "on",
    baseline: section.baseline === "faded" ? "faded" : "hidden",
    rules: [...parseRules(section.rules), ...parseOptions(section.ruleOptions)],
    run: section.run === "onSave" ? "onSave" : "onType",
    quietWhileTyping: flag(section.quietWhileTyping, defaultSettings.quietWhileTyping),
    hideDuplicates: flag(section.hideDuplicates, defaultSettings.hideDuplicates),
    askWhenIgnoring: flag(section.askWhenIgnoring, defaultSettings.askWhenIgnoring),
    workspaceFindings: flag(section.workspaceFindings, defaultSettings.workspaceFindings),
    fixAllRules: textsAt(at(section, "fixAll.rules")) ?? defaultSettings.fixAllRules,
    shows: Object.fromEntries(shows) as Settings["shows"],
    network: section.network === true,
    networkRegistries: parseHosts(section.networkRegistries),
    scanner: {
      scanner: scannerIds.find((id) => id === section.scanner) ?? "auto",
      path: typeof section.scannerPath === "string" ? section.scannerPath : "",
    },
    scanOnSave: section.scanOnSave === true,
  };
}

/**
 * The configuration in force: the settings, and over them the repository's, because what a team has agreed on must
 * give the same result in every editor and in a pipeline.
 */
export function underRepository(settings: Settings, repository: Config): Config {
  const rules = settings.validateCompose ? [...validating, ...settings.rules] : settings.rules;
  return overlay({ ...defaultConfig, profile: settings.profile, rules }, repository);
}

/** The rules that say where Compose refuses a file; no profile but `all` holds them. */
const validating: readonly RuleSetting[] = ["compose-syntax", "compose-schema"].map((pattern) => ({
  pattern,
  level: "on",
  options: {},
}));

/** Whether "fix all" may apply the safe fixes of a rule. The last pattern that names the rule decides. */
export function mayFixAll({ fixAllRules }: Settings, rule: string): boolean {
  const last = fixAllRules.findLast((pattern) => matchesGlob(pattern.replace(/^!/, ""), rule));
  return last !== undefined && !last.startsWith("!");
}

function parseHosts(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, maxAllowedHosts).filter((host): host is string => typeof host === "string");
}

function parseRules(section: unknown): readonly RuleSetting[] {
  if (!isObject(section)) return [];
  return Object.entries(section)
    .slice(0, maxRuleSettings)
    .flatMap(([pattern, level]) => (isRuleLevel(level) ? [{ pattern, level, options: {} }] : []));
}

/** Which options a rule has, and of what type, is looked at where they are used. */
function parseOptions(section: unknown): readonly RuleSetting[] {
  if (!isObject(section)) return [];
  return Object.entries(section)
    .slice(0, maxRuleSettings)
    .flatMap(([pattern, options]) => {
      if (!isObject(options)) return [];
      const named = Object.entries(options).filter(([name]) => /^[A-Za-z]{1,60}$/.test(name));
      return [{ pattern, level: undefined, options: Object.fromEntries(named) }];
    });
}

function textsAt(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === "string").slice(0, maxSettingTexts);
}

/** The value at a path: nested as most clients send it, or under the dotted name itself. */
function at(section: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(section, path)) return section[path];
  let value: unknown = section;
  for (const key of path.split("."))
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
