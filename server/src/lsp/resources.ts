import { type ConfigFiles, configName, createConfigFiles } from "../audit/configFiles";
import { type Contexts, createContexts, noContexts } from "../audit/contextNames";
import { collectFacts } from "../audit/facts";
import { isWithin, joinPath, parentOf, relativePath } from "../audit/paths";
import { type CheckedKind, kindOfPath } from "../documents/kind";
import { type Config, defaultConfig } from "../engine/config";
import { type Facts, unknownFacts } from "../engine/facts";
import type { Rule } from "../engine/rule";
import type { Clock, Files } from "../platform/ports";
import type { Locations } from "./locations";
import { type Settings, underRepository } from "./settings";

/** Everything beside its text that decides what is found in a resource. */
export interface Resource {
  /** Whether it is to be checked at all: neither switched off nor excluded. */
  readonly wanted: boolean;
  readonly config: Config;
  /** The user's settings, of which `config` holds those about rules. */
  readonly settings: Settings;
  readonly facts: Facts;
  /** As `ignore:` globs see it. */
  readonly path: string | undefined;
  /** The kind that `files:` of the configuration gives it. */
  readonly kind: CheckedKind | undefined;
  /** The `plimsoll.yaml` for it: the one in force, or the place where one belongs. `undefined` outside of any folder. */
  readonly configPath: string | undefined;
  /** What is wrong with its configuration, and where that stands. */
  readonly configFailure: { readonly path: string; readonly reason: string } | undefined;
}

/** Gathers resources' surroundings, each once until something is said to have changed. */
export interface Resources {
  of(uri: string): Promise<Resource>;
  /** Grows with every {@link forget}: what was gathered before is out of date. */
  readonly generation: number;
  forget(): void;
}

export interface ResourcesInput {
  readonly files: Files;
  readonly clock: Clock;
  readonly rules: readonly Rule[];
  readonly locations: Locations;
  /** The open workspace folders, as URIs. */
  folders(): readonly string[];
  settingsOf(uri: string): Promise<Settings>;
}

export function createResources(input: ResourcesInput): Resources {
  let generation = 0;
  const known = new Map<string, Promise<Resource>>();
  const configFiles = new Map<string, ConfigFiles>();
  let contexts: Contexts = createContexts(input.files);

  const configFilesFor = (settings: Settings): ConfigFiles => {
    const key = JSON.stringify(settings);
    const made =
      configFiles.get(key) ??
      createConfigFiles(input.files, input.rules, "nearest", (config) => underRepository(settings, config));
    configFiles.set(key, made);
    return made;
  };

  const gather = async (uri: string): Promise<Resource> => {
    const settings = await input.settingsOf(uri);
    const place = await placeOf(uri, input);
    if (place === undefined) {
      return {
        wanted: settings.enable,
        config: underRepository(settings, defaultConfig),
        settings,
        facts: unknownFacts(new Date(input.clock.now()).toISOString().slice(0, 10)),
        path: undefined,
        kind: undefined,
        configPath: undefined,
        configFailure: undefined,
      };
    }
    const configs = configFilesFor(settings);
    const configured = await configs.of(place.folder, place.boundary);
    const kind = configured.kindOf(place.path);
    // A name that says nothing may be that of a Dockerfile to the editor.
    const mayBuild = (kind ?? kindOfPath(place.path) ?? "dockerfile") === "dockerfile";
    const now = input.clock.now();
    return {
      wanted: settings.enable && !configured.isExcluded(place.path),
      config: configured.config,
      settings,
      facts: await collectFacts(
        input.files,
        place.path,
        place.boundary,
        now,
        mayBuild ? contexts : noContexts,
      ),
      path: configured.relative(place.path),
      kind,
      configPath: configured.path ?? (place.inWorkspace ? joinPath(place.boundary, configName) : undefined),
      configFailure: failureAbove(configs, place),
    };
  };

  return {
    get generation() {
      return generation;
    },
    forget() {
      generation++;
      known.clear();
      configFiles.clear();
      contexts = createContexts(input.files);
    },
    of(uri) {
      const resource = known.get(uri) ?? gather(uri);
      known.set(uri, resource);
      // A failure is told to whoever asked, and the next one tries anew.
      resource.catch(() => known.get(uri) === resource && known.delete(uri));
      return resource;
    },
  };
}

interface Place {
  /** With the links of the folder that bounds it followed. */
  readonly path: string;
  readonly folder: string;
  /** The workspace folder, or the document's own where it lies in none. Nothing is read beyond it. */
  readonly boundary: string;
  readonly inWorkspace: boolean;
}

async function placeOf(
  uri: string,
  { files, locations, folders }: ResourcesInput,
): Promise<Place | undefined> {
  const path = locations.pathOf(uri);
  const folder = path === undefined ? undefined : parentOf(path);
  if (path === undefined || folder === undefined) return undefined;
  const within = folders()
    .flatMap((candidate) => locations.pathOf(candidate) ?? [])
    .filter((candidate) => isWithin(candidate, path))
    .sort((a, b) => b.length - a.length)[0];
  const root = within ?? folder;
  const boundary = (await files.realPath(root)) ?? root;
  const real = joinPath(boundary, relativePath(root, path));
  return { path: real, folder: parentOf(real) ?? boundary, boundary, inWorkspace: within !== undefined };
}

function failureAbove(configs: ConfigFiles, place: Place): Resource["configFailure"] {
  for (const [path, reason] of configs.failures) {
    const folder = parentOf(path);
    if (folder !== undefined && isWithin(folder, place.path)) return { path, reason };
  }
  return undefined;
}
