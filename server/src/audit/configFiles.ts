import type { CheckedKind } from "../documents/kind";
import { type Config, defaultConfig } from "../engine/config";
import { parseConfiguration } from "../engine/configuration";
import type { Rule } from "../engine/rule";
import { maxConfigBytes } from "../limits";
import type { Files } from "../platform/ports";
import { compileGlob, type Glob } from "../text/glob";
import { readContained } from "./contained";
import { isWithin, joinPath, parentOf, relativePath } from "./paths";

/** A configuration and what it says about paths. */
export interface Configured {
  readonly config: Config;
  /** The `plimsoll.yaml`, absolute; `undefined` for the defaults. */
  readonly path: string | undefined;
  /** A path as the configuration's globs see it: relative to its folder; `undefined` for the defaults. */
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
  /** Every configuration that was used, absolute. */
  readonly used: ReadonlySet<string>;
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
  const defaults = configured(adjust(defaultConfig), undefined);
  const byFolder = new Map<string, Promise<Configured>>();
  const failures = new Map<string, string>();
  const used = new Set<string>();

  const load = async (path: string, boundary: string | undefined): Promise<Configured | undefined> => {
    const read =
      boundary === undefined
        ? await files.read(path, maxConfigBytes)
        : await readContained(files, path, boundary);
    if (read.state === "absent") return undefined;
    used.add(path);
    if (read.state === "failed") {
      failures.set(path, `the configuration could not be read: ${read.reason}`);
      return defaults;
    }
    const document = parseConfiguration(read.text, rules);
    const [first, ...others] = document.issues;
    if (first !== undefined) {
      const line = document.lines.at(first.span.start).line + 1;
      const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
      failures.set(path, `the configuration is wrong in line ${line}: ${first.message}${more}`);
    }
    return configured(adjust(document.config), path);
  };
  const nearest = async (folder: string, boundary: string): Promise<Configured> => {
    const here = await load(joinPath(folder, configName), boundary);
    if (here !== undefined) return here;
    const parent = parentOf(folder);
    return parent !== undefined && isWithin(boundary, parent) ? of(parent, boundary) : defaults;
  };
  const named = async (path: string): Promise<Configured> => {
    const configuration = await load(path, undefined);
    if (configuration === undefined) failures.set(path, "the configuration does not exist");
    return configuration ?? defaults;
  };
  const of = (folder: string, boundary: string): Promise<Configured> => {
    if (choice === "none") return Promise.resolve(defaults);
    const key = choice === "nearest" ? folder : "";
    let known = byFolder.get(key);
    if (known === undefined) {
      known = choice === "nearest" ? nearest(folder, boundary) : named(choice.file);
      byFolder.set(key, known);
    }
    return known;
  };
  return { of, failures, used };
}

function configured(config: Config, path: string | undefined): Configured {
  const folder = path === undefined ? undefined : parentOf(path);
  const relative = (target: string): string | undefined => folder && relativePath(folder, target);
  const exclude = config.exclude.map(compileGlob);
  const dockerfiles = config.files.dockerfile.map(compileGlob);
  const composeFiles = config.files.compose.map(compileGlob);
  const daemonFiles = config.files.daemon.map(compileGlob);
  return {
    config,
    path,
    relative,
    isExcluded: (target) =>
      exclude.length > 0 && folder !== undefined && matchesSome(exclude, relativePath(folder, target), true),
    kindOf: (target) => {
      if (folder === undefined || dockerfiles.length + composeFiles.length + daemonFiles.length === 0)
        return undefined;
      const path = relativePath(folder, target);
      if (matchesSome(dockerfiles, path, false)) return "dockerfile";
      if (matchesSome(composeFiles, path, false)) return "compose";
      return matchesSome(daemonFiles, path, false) ? "daemon" : undefined;
    },
  };
}

function matchesSome(globs: readonly Glob[], path: string, orFolders: boolean): boolean {
  if (globs.some((glob) => glob.matches(path))) return true;
  const slash = path.lastIndexOf("/");
  return orFolders && slash > 0 && matchesSome(globs, path.slice(0, slash), true);
}
