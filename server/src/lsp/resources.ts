import { createBaselines } from "../audit/baselines";
import { type ConfigFiles, configName, createConfigFiles } from "../audit/configFiles";
import { type Contexts, createContexts, noContexts } from "../audit/contextNames";
import { collectFacts } from "../audit/facts";
import type { Standing } from "../audit/neighbours";
import { createOwners } from "../audit/owners";
import { isWithin, joinPath, parentOf, relativePath } from "../audit/paths";
import { type ComposeFacts, createProjects, type Projects } from "../audit/projects";
import { type CheckedKind, kindOfPath } from "../documents/kind";
import type { AcceptedFinding } from "../engine/baseline";
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
  /** Whether commands of container engines are checked in it while it is open. */
  readonly checkCommands: boolean;
  readonly config: Config;
  /** The user's settings, of which `config` holds those about rules. */
  readonly settings: Settings;
  readonly facts: Facts;
  /** What the files say that a Compose file of this text names; they are read once until something is forgotten. */
  withNeighbours(text: string): Promise<Facts>;
  /** As `ignore:` globs see it. */
  readonly path: string | undefined;
  /** The kind that `files:` of the configuration gives it. */
  readonly kind: CheckedKind | undefined;
  /** The `plimsoll.yaml` for it: the one in force, or the place where one belongs. `undefined` outside of any folder. */
  readonly configPath: string | undefined;
  /** What the baseline has accepted of it. */
  readonly accepted: readonly AcceptedFinding[];
  readonly fadesAccepted: boolean;
  /** What is wrong with its configuration or baseline, and where that stands. */
  readonly configFailure: { readonly path: string; readonly reason: string } | undefined;
}

/** Gathers resources' surroundings, each once until something is said to have changed. */
export interface Resources {
  of(uri: string): Promise<Resource>;
  /** Grows with every {@link forget}: what was gathered before is out of date. */
  readonly generation: number;
  /** Paths of what configurations are made of beside themselves, of all that was ever gathered. */
  readonly parts: ReadonlySet<string>;
  /** Called after something was gathered. */
  onGathered: () => void;
  forget(): void;
  /** Whether what was gathered for other documents may depend on the file at a path. */
  dependOn(path: string): boolean;
}

export interface ResourcesInput {
  readonly files: Files;
  readonly clock: Clock;
  readonly rules: readonly Rule[];
  readonly locations: Locations;
  /** The open workspace folders, as URIs. */
  folders(): readonly string[];
  settingsOf(uri: string): Promise<Settings>;
  /** The text of a file as the editor has it, saved or not; `undefined` where it is not open. */
  openText(path: string): string | undefined;
}

export function createResources(input: ResourcesInput): Resources {
  let generation = 0;
  const known = new Map<string, Promise<Resource>>();
  const configFiles = new Map<string, ConfigFiles>();
  const parts = new Set<string>();
  let baselines = createBaselines(input.files, "nearest");
  let contexts: Contexts = createContexts(input.files);
  let owners = createOwners(input.files);
  const shown = filesAsShown(input);
  let projects: Projects = createProjects(shown);

  const configFilesFor = (settings: Settings): ConfigFiles => {
    const key = JSON.stringify(settings);
    const made =
      configFiles.get(key) ??
      createConfigFiles(input.files, input.rules, "nearest", (config) => underRepository(settings, config));
    configFiles.set(key, made);
    return made;
  };

  const baselineFailure = async ({ folder, boundary }: Place): Promise<Resource["configFailure"]> => {
    const path = (await baselines.of(folder, boundary))?.path;
    const reason = path === undefined ? undefined : baselines.failures.get(path);
    return path === undefined || reason === undefined ? undefined : { path, reason };
  };
  const gather = async (uri: string): Promise<Resource> => {
    const settings = await input.settingsOf(uri);
    const place = await placeOf(uri, input);
    if (place === undefined) {
      const facts = unknownFacts(new Date(input.clock.now()).toISOString().slice(0, 10));
      return {
        wanted: settings.enable,
        checkCommands: settings.checkCommands,
        config: underRepository(settings, defaultConfig),
        settings,
        facts,
        withNeighbours: async () => facts,
        path: undefined,
        kind: undefined,
        configPath: undefined,
        accepted: [],
        fadesAccepted: false,
        configFailure: undefined,
      };
    }
    const configs = configFilesFor(settings);
    const configured = await configs.of(place.folder, place.boundary);
    const kind = configured.kindOf(place.path);
    // A name that says nothing may be that of a Dockerfile to the editor.
    const mayBuild = (kind ?? kindOfPath(place.path) ?? "dockerfile") === "dockerfile";
    const now = input.clock.now();
    for (const part of configured.parts) parts.add(part);
    const extended = configs.extended.get(place.path);
    const config = configured.configFor(place.path);
    const standing = {
      path: place.path,
      boundary: place.boundary,
      overrides: config.composeOverrides,
    };
    const own = await collectFacts(input.files, place.path, place.boundary, now, {
      contexts: mayBuild ? contexts : noContexts,
      owners,
    });
    const facts = {
      ...own,
      ...(mayBuild && { builtBy: await projects.ofDockerfile(standing) }),
      ...(extended !== undefined && { extended }),
    };
    return {
      wanted: settings.enable && !configured.isExcluded(place.path),
      checkCommands: settings.checkCommands,
      config,
      settings,
      facts,
      withNeighbours: neighboursOf(projects, standing, facts),
      path: configured.relative(place.path),
      kind,
      configPath: configured.path ?? (place.inWorkspace ? joinPath(place.boundary, configName) : undefined),
      accepted: await baselines.acceptedIn(place.path, place.boundary),
      fadesAccepted: settings.baseline === "faded",
      configFailure: configured.failure ?? (await baselineFailure(place)),
    };
  };

  const resources: Resources = {
    parts,
    onGathered: () => {},
    get generation() {
      return generation;
    },
    forget() {
      generation++;
      known.clear();
      configFiles.clear();
      baselines = createBaselines(input.files, "nearest");
      contexts = createContexts(input.files);
      owners = createOwners(input.files);
      projects = createProjects(shown);
    },
    dependOn: (path) => projects.dependsOn(path),
    of(uri) {
      const resource = known.get(uri) ?? gather(uri);
      if (!known.has(uri)) resource.then(() => resources.onGathered()).catch(() => {});
      known.set(uri, resource);
      // A failure is told to whoever asked, and the next one tries anew.
      resource.catch(() => known.get(uri) === resource && known.delete(uri));
      return resource;
    },
  };
  return resources;
}

/** What stands in the editor counts before what stands on the disk. */
function filesAsShown({ files, openText }: ResourcesInput): Files {
  return {
    ...files,
    read: async (path, maxBytes) => {
      const text = openText(path);
      return text === undefined ? files.read(path, maxBytes) : { state: "read", text };
    },
  };
}

/** Collects what is named by texts of one document, which are much the same from one keystroke to the next. */
function neighboursOf(projects: Projects, standing: Standing, facts: Facts): Resource["withNeighbours"] {
  let last: ComposeFacts | undefined;
  return async (text) => {
    last = await projects.ofCompose(text, standing, last);
    const { neighbours, git, committedTexts } = last;
    return { ...facts, neighbours, git, committedTexts };
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
