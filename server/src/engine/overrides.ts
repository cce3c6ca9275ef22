import { compileGlob, type Glob } from "../text/glob";
import type { Config, Override } from "./config";
import { requiredSettings } from "./requirements";

/**
 * What a configuration says of one file: its overrides applied, and the rules on that its image policy demands.
 * @param path as the configuration's globs see it; `undefined` where the file has none
 * @returns the same object for the same overrides, so that what is made of it can be kept
 */
export function configAt(config: Config, path: string | undefined): Config {
  const applied = config.overrides.flatMap((override, index) => (applies(override, path) ? [index] : []));
  const key = applied.join(" ");
  const known = madeOf.get(config) ?? new Map<string, Config>();
  madeOf.set(config, known);
  const made = known.get(key) ?? settle(config, applied);
  known.set(key, made);
  return made;
}

const madeOf = new WeakMap<Config, Map<string, Config>>();
const globsOf = new WeakMap<Override, readonly Glob[]>();

function applies(override: Override, path: string | undefined): boolean {
  if (override.files === undefined) return true;
  if (path === undefined) return false;
  const globs = globsOf.get(override) ?? override.files.map(compileGlob);
  globsOf.set(override, globs);
  return globs.some((glob) => glob.matches(path));
}

function settle(config: Config, applied: readonly number[]): Config {
  const overrides = applied.flatMap((index) => config.overrides[index] ?? []);
  const required = requiredSettings(config.policy);
  if (overrides.length === 0 && required.length === 0) return config;
  return {
    ...config,
    profile: overrides.findLast((override) => override.profile !== undefined)?.profile ?? config.profile,
    rules: [...config.rules, ...overrides.flatMap((override) => override.rules), ...required],
    overrides: [],
  };
}
