import type { CheckedKind } from "../documents/kind";
import { type Config, defaultConfig } from "../engine/config";
import type { ExtendedFact } from "../engine/facts";
import { configAt } from "../engine/overrides";
import type { Rule } from "../engine/rule";
import { maxConfigBytes } from "../limits";
import type { Files } from "../platform/ports";
import { compileGlob, type Glob } from "../text/glob";
import { readContained } from "./contained";
import { type ExtendedConfiguration, extendConfiguration } from "./extendConfiguration";
import { isWithin, joinPath, parentOf, relativePath } from "./paths";

/** A configuration and what it says about paths. */
export interface Configured {
  /** What holds for a file, its overrides applied; what holds for none in particular where it is `undefined`. */
  configFor(path: string | undefined): Config;
  /** The `plimsoll.yaml`, absolute; `undefined` for the defaults. */
  readonly path: string | undefined;
  /** What it is made of beside itself, absolute: the configurations that it extends, and the keys of its policy. */
  readonly parts: readonly string[];
  /** What is wrong with it or with one that it extends. */
  readonly failure: { readonly path: string; readonly reason: string } | undefined;
  /** A path as the configuration's globs see it: relative to a folder; `undefined` for the defaults. */
  relative(path: string): string | undefined;
  /** Whether `exclude:` names a file, or a folder that holds it. */
  isExcluded(path: string): boolean;
  /** The kind that `files:` gives to a file. */
  kindOf(path: string): CheckedKind | undefined;
}

/** Which configuration counts: the nearest one upwards, one for all, or the defaults. */
export type ConfigChoice = "nearest" | { readonly file: string } | "none";

/** Finds configurations; each file is read once. */
export interface ConfigFiles {
  /** The configuration for the files of a folder, searched upwards to the boundary. */
  of(folder: string, boundary: string): Promise<Configured>;
  /** What is wrong with configurations that were to be used, by path: one line for a person. */
  readonly failures: ReadonlyMap<string, string>;
  /** Every configuration that was used, absolute; of those in a `package.json` only what is wrong is told. */
  readonly used: ReadonlySet<string>;
  /** What became of each entry of `extends:` in the configurations that were read, by path. */
  readonly extended: ReadonlyMap<string, readonly ExtendedFact[]>;
}

export const configName = "plimsoll.yaml";

/**
 * @param adjust what the command line or an editor's settings make of each configuration
 */
export function createConfigFiles(
  files: Files,
  rules: readonly Rule[],
  choice: ConfigChoice,
  adjust: (config: Config) => Config = (config) => config,
): ConfigFiles {
  const defaults = configured(undefined, undefined, adjust);
  const byFolder = new Map<string, Promise<Configured>>();
  const failures = new Map<string, string>();
  const used = new Set<string>();
  const extended = new Map<string, readonly ExtendedFact[]>();

  const load = async (
    path: string,
    boundary: string,
    read: (path: string) => ReturnType<Files["read"]>,
  ): Promise<Configured | undefined> => {
    const result = await read(path);
    if (result.state === "absent") return undefined;
    used.add(path);
    if (result.state === "failed") {
      const reason = `the configuration could not be read: ${result.reason}`;
      failures.set(path, reason);
      return { ...defaults, path, failure: { path, reason } };
    }
    const made = await extendConfiguration(files, rules, { path, text: result.text }, boundary);
    for (const base of made.bases) if (!base.endsWith("/package.json")) used.add(base);
    for (const [at, reason] of made.failures) failures.set(at, reason);
    for (const [at, facts] of made.extended) extended.set(at, facts);
    return configured(path, made, adjust);
  };
  const nearest = async (folder: string, boundary: string): Promise<Configured> => {
    const path = joinPath(folder, configName);
    const here = await load(path, boundary, () => readContained(files, path, boundary));
    if (here !== undefined) return here;
    const parent = parentOf(folder);
    return parent !== undefined && isWithin(boundary, parent) ? of(parent, boundary) : defaults;
  };
  const named = async (path: string, boundary: string): Promise<Configured> => {
    const own = isWithin(boundary, path) ? boundary : (parentOf(path) ?? path);
    const configuration = await load(path, own, () => files.read(path, maxConfigBytes));
    if (configuration === undefined) failures.set(path, "the configuration does not exist");
    return configuration ?? defaults;
  };
  const of = (folder: string, boundary: string): Promise<Configured> => {
    if (choice === "none") return Promise.resolve(defaults);
    const key = choice === "nearest" ? folder : "";
    let known = byFolder.get(key);
    if (known === undefined) {
      known = choice === "nearest" ? nearest(folder, boundary) : named(choice.file, boundary);
      byFolder.set(key, known);
    }
    return known;
  };
  return { of, failures, used, extended };
}

function configured(
  path: string | undefined,
  extended: ExtendedConfiguration | undefined,
  adjust: (config: Config) => Config,
): Configured {
  const config = extended?.config ?? defaultConfig;
  const root = extended?.root;
  const relative = (target: string): string | undefined => root && relativePath(root, target);
  const exclude = config.exclude.map(compileGlob);
  const kinds = (["dockerfile", "compose", "daemon", "commands"] as const)
    .map((kind) => ({ kind, globs: config.files[kind].map(compileGlob) }))
    .filter(({ globs }) => globs.length > 0);
  // The same configuration must stay the same object: what is on under it is computed once for each.
  const adjusted = new Map<Config, Config>();
  const [failure] = extended?.failures ?? [];
  return {
    configFor: (target) => {
      const here = configAt(config, target === undefined ? undefined : relative(target));
      const made = adjusted.get(here) ?? adjust(here);
      adjusted.set(here, made);
      return made;
    },
    path,
    parts: extended === undefined ? [] : [...extended.bases, ...extended.keyFiles],
    failure: failure && { path: failure[0], reason: failure[1] },
    relative,
    isExcluded: (target) =>
      exclude.length > 0 && root !== undefined && matchesSome(exclude, relativePath(root, target), true),
    kindOf: (target) => {
      if (root === undefined || kinds.length === 0) return undefined;
      const path = relativePath(root, target);
      return kinds.find(({ globs }) => matchesSome(globs, path, false))?.kind;
    },
  };
}

function matchesSome(globs: readonly Glob[], path: string, orFolders: boolean): boolean {
  if (globs.some((glob) => glob.matches(path))) return true;
  const slash = path.lastIndexOf("/");
  return orFolders && slash > 0 && matchesSome(globs, path.slice(0, slash), true);
}
