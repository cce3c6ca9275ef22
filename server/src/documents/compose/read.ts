import { maxServices } from "../../limits";
import type { Span } from "../../text/span";
import type { Problem } from "../document";
import { folderOf, joinRelative, type Neighbours, noNeighbours } from "../neighbours";
import { parseYaml } from "../yaml/parse";
import { firstDashes } from "../yaml/places";
import { entriesOf, resolveAlias, type YamlEntry, type YamlNode, type YamlPair } from "../yaml/tree";
import { pathsNamedBy } from "./builds";
import type { Environment } from "./environment";
import { createExtender, type Extender, type Scope } from "./extends";
import type { ComposeDocument, Project, Service, Text, TopLevelEntry } from "./model";
import {
  type Beside,
  createProjectReader,
  filesBeside,
  noneBeside,
  type ProjectPart,
  type ProjectReader,
} from "./project";
import { createResolver, type Resolver } from "./resolve";
import { type Include, includesOf, serviceOf } from "./services";

/** A document that was read as a whole, with what it takes to read parts of it again. */
export interface Reading {
  readonly document: ComposeDocument;
  /** What environment files set of the variables of each service, in order; of all else, together. */
  readonly settings: { readonly ofServices: readonly Settings[]; readonly others: Settings };
  readonly work: Work;
}

/** Where environment files set variables, by name. */
type Settings = ReadonlyMap<string, Span>;

/** What was used up of the bounds of one document. */
export interface Work {
  /** Of `maxResolveSteps`. */
  readonly steps: number;
  /** Of `maxExpansionWork`, without what a value holds itself. */
  readonly expanded: number;
}

/**
 * Reads a Compose file as a whole, however broken: what can be told is in the model, and `problems` says what cannot.
 * @param neighbours what is known of the files that belong to it
 */
export function readCompose(text: string, neighbours: Neighbours = noNeighbours): Reading {
  const tree = parseYaml(text);
  const resolver = createResolver();
  const roots = tree.documents.map((document) => document.root);
  const targets = roots.map(resolveAlias);
  const form = formOf(targets);
  const reader = createProjectReader(neighbours);
  const extender = createExtender(resolver);
  const noted = noting(reader.environmentOf([".env"]));
  const context: Context = {
    text,
    form,
    resolver,
    reader,
    extender,
    name: neighbours.name ?? "",
    folder: "",
    environment: noted.environment,
    startPart: noted.startPart,
  };
  const beside = form === "spec" ? filesBeside(reader, neighbours) : noneBeside;
  const parts = targets.map((root) => partsOf(context, context.name, root, beside));
  const services = parts.flatMap((part) => part.services);
  const topLevel = (key: keyof TopLevel): TopLevelEntry[] => parts.flatMap((part) => part.topLevel[key]);
  const includes = parts.flatMap((part) => part.includes);
  const others = otherParts(context, beside, includes);
  const document = {
    language: "compose",
    text,
    lines: tree.lines,
    comments: tree.comments,
    form,
    tree,
    dashIndent: firstDashes(tree)?.indent,
    judged: roots,
    services: services.slice(0, maxServices),
    hasWholeServices: services.every(({ overlay, complete }) => complete && !overlay),
    volumes: topLevel("volumes"),
    networks: topLevel("networks"),
    secrets: topLevel("secrets"),
    configs: topLevel("configs"),
    includes: includes.flatMap(({ paths }) => paths),
    project: {
      ...otherEntries(others, services),
      files: reader.files,
      settings: together(noted.parts),
      base: beside.base?.path,
      overrides: beside.overrides.map(({ path }) => path),
    },
  } as const;
  for (const path of pathsNamedBy(document)) reader.ask(path);
  return {
    document: {
      ...document,
      problems: [...tree.problems, ...resolver.problems(), ...tooMany(services), ...reader.problems()],
      project: { ...document.project, asked: [...reader.asked] },
    },
    settings: {
      ofServices: noted.parts.slice(0, services.length),
      others: together(noted.parts.slice(services.length)),
    },
    work: { steps: resolver.spent(), expanded: noted.expanded() },
  };
}

/** Services that were read by themselves. */
export interface ServicesRead {
  readonly services: readonly Service[];
  readonly settings: readonly Settings[];
  readonly files: Project["files"];
  /** The files that were looked for. */
  readonly asked: readonly string[];
  readonly problems: readonly Problem[];
  readonly work: Work;
}

/**
 * Reads some services of a document in which no service extends another one and which has no other Compose file beside
 * it, as they are read with all others.
 */
export function readServices(text: string, pairs: readonly YamlPair[], neighbours: Neighbours): ServicesRead {
  const resolver = createResolver();
  const reader = createProjectReader(neighbours);
  const extender = createExtender(resolver);
  const noted = noting(reader.environmentOf([".env"]));
  const alone: Scope = { bodies: new Map(), fileAt: () => undefined };
  const services = pairs.flatMap(({ key, value: body }) => {
    if (key.kind !== "scalar") return [];
    noted.startPart();
    const extended = extender.extend(resolveAlias(body), alone);
    const name = { value: key.value, span: key.span };
    return [serviceOf(text, name, body, extended, resolver, noted.environment)];
  });
  const { files } = reader;
  for (const path of pathsNamedBy({ text, services, project: { files } })) reader.ask(path);
  return {
    services,
    settings: noted.parts,
    files,
    asked: [...reader.asked],
    problems: [...resolver.problems(), ...reader.problems()],
    work: { steps: resolver.spent(), expanded: noted.expanded() },
  };
}

/** What it takes to read the parts of one document. */
interface Context {
  readonly text: string;
  readonly form: ComposeDocument["form"];
  readonly resolver: Resolver;
  readonly reader: ProjectReader;
  readonly extender: Extender;
  /** Of the document's own file. */
  readonly name: string;
  /** What paths are relative to. */
  readonly folder: string;
  readonly environment: Environment;
  /** Called before a service is read, and before what is no service. */
  readonly startPart: () => void;
}

interface Noted {
  readonly environment: Environment;
  readonly startPart: () => void;
  /** What was asked for and found in each part. */
  readonly parts: readonly Settings[];
  expanded(): number;
}

/** Keeps account of what was asked for, so that a finding can tell where its value comes from. */
function noting(environment: Environment): Noted {
  const parts: Map<string, Span>[] = [];
  let expanded = 0;
  return {
    parts,
    startPart: () => void parts.push(new Map()),
    expanded: () => expanded,
    environment: {
      lookup(name) {
        const found = environment.lookup(name);
        if (found?.value === undefined) return found;
        expanded += found.value.length;
        parts[parts.length - 1]?.set(name, found.span);
        return found;
      },
    },
  };
}

/** The settings of several parts as one. */
export function together(parts: readonly Settings[]): Settings {
  const all = new Map<string, Span>();
  for (const part of parts) for (const [name, span] of part) all.set(name, span);
  return all;
}

interface TopLevel {
  readonly volumes: readonly TopLevelEntry[];
  readonly networks: readonly TopLevelEntry[];
  readonly secrets: readonly TopLevelEntry[];
  readonly configs: readonly TopLevelEntry[];
}

interface Parts {
  readonly services: readonly Service[];
  readonly topLevel: TopLevel;
  readonly includes: readonly Include[];
}

/**
 * @param beside the files that are merged with the one that the node is the root of
 */
function partsOf(context: Context, path: string, root: YamlNode, beside: Beside): Parts {
  const { form, resolver } = context;
  const fields = resolver.fieldsOf(root);
  const topLevel = (key: string): TopLevelEntry[] =>
    [...resolver.fieldsOf(fields.get(key)?.node).values()].map((field) => ({
      name: field.name,
      nameSpan: field.keySpan,
      fields: resolver.fieldsOf(field.node),
    }));
  const isCompose = form === "spec" || form === "fragment";
  const services = servicesOf(context, path, root, beside);
  context.startPart();
  return {
    services,
    topLevel: isCompose
      ? {
          volumes: topLevel("volumes"),
          networks: topLevel("networks"),
          secrets: topLevel("secrets"),
          configs: topLevel("configs"),
        }
      : noTopLevel,
    includes: isCompose ? includesOf(fields.get("include")?.node, resolver, context.environment) : [],
  };
}

const noTopLevel: TopLevel = { volumes: [], networks: [], secrets: [], configs: [] };

function servicesOf(context: Context, path: string, root: YamlNode, beside: Beside): Service[] {
  const { text, form, resolver, reader, extender, folder, environment } = context;
  const named = serviceEntries(root, form, resolver);
  const scope = reader.scopeOf(
    path,
    root,
    new Map(named.map(({ name, body }) => [name, resolveAlias(body)])),
    folder,
  );
  const others = beside.base === undefined ? beside.overrides : [beside.base];
  // One more than is modelled, which tells that there are too many.
  return named.slice(0, maxServices + 1).map(({ name, span, body }) => {
    const same = others.flatMap(({ scope }) => {
      const other = scope.bodies.get(name);
      return other === undefined ? [] : [{ body: other, scope }];
    });
    const extended = extender.merge(resolveAlias(body), scope, same, span);
    context.startPart();
    const isOverride = beside.base !== undefined && same.length > 0;
    return serviceOf(text, { value: name, span }, body, extended, resolver, environment, isOverride);
  });
}

/** The parts of all other files of a project: those beside the document, and those that any of them includes. */
function otherParts(context: Context, beside: Beside, includes: readonly Include[]): readonly Parts[] {
  const { reader } = context;
  const parts: Parts[] = [];
  const seen = new Set<string>();
  const add = (part: ProjectPart | undefined, environment: Environment): void => {
    if (part === undefined || part.path === context.name || seen.has(part.path)) return;
    seen.add(part.path);
    const { path, folder, root } = part;
    const read = partsOf({ ...context, form: "spec", folder, environment }, path, root, noneBeside);
    parts.push(read);
    addIncluded(folder, read.includes, environment);
  };
  // As deep as files include each other, of which the reader opens so many and no more.
  const addIncluded = (folder: string, includes: readonly Include[], outer: Environment): void => {
    const at = ({ value }: Text): string[] => {
      const path = value === undefined ? undefined : joinRelative(folder, value);
      return path === undefined ? [] : [path];
    };
    for (const { paths, projectDirectory, envFiles } of includes) {
      const included = paths.flatMap(at);
      const [home = folderOf(included[0] ?? "")] = projectDirectory === undefined ? [] : at(projectDirectory);
      const variables = envFiles?.flatMap(at) ?? [home === "" ? ".env" : `${home}/.env`];
      const environment = reader.environmentOf(variables, outer);
      for (const path of included) add(reader.openNamed(path, home), environment);
    }
  };
  for (const part of [beside.base, ...beside.overrides]) add(part, context.environment);
  addIncluded("", includes, context.environment);
  return parts;
}

function otherEntries(
  others: readonly Parts[],
  own: readonly Service[],
): Pick<Project, "otherServices" | "otherSecrets" | "otherConfigs"> {
  const names = new Set(own.map(({ name }) => name));
  return {
    otherServices: others.flatMap(({ services }) => services.filter(({ name }) => !names.has(name))),
    otherSecrets: others.flatMap(({ topLevel }) => topLevel.secrets),
    otherConfigs: others.flatMap(({ topLevel }) => topLevel.configs),
  };
}

/** The services that a document names, each repetition of a name included, then those of merge keys. */
function serviceEntries(
  root: YamlNode,
  form: ComposeDocument["form"],
  resolver: Resolver,
): readonly NamedBody[] {
  if (form === "v1")
    return bodiesIn(root).filter(
      ({ name, body }) => resolveAlias(body).kind === "map" && !isTopLevelKey(name),
    );
  if (form !== "spec") return [];
  const maps = entriesOf(root).flatMap((entry) => (entry.key === "services" ? [entry.value] : []));
  return maps.flatMap((map) => {
    const own = bodiesIn(map);
    const merged = [...resolver.fieldsOf(map).values()].filter((field) => field.origin.kind === "merge");
    return [...own, ...merged.map((field) => ({ name: field.name, span: field.keySpan, body: field.node }))];
  });
}

interface NamedBody {
  readonly name: string;
  readonly span: Span;
  readonly body: YamlNode;
}

function bodiesIn(map: YamlNode): NamedBody[] {
  return entriesOf(map)
    .filter((entry) => entry.key !== "<<")
    .map((entry) => ({ name: entry.key, span: entry.keySpan, body: entry.pair.value }));
}

/** Keys of the specification (https://docs.docker.com/reference/compose-file/). */
const topLevelKeys: ReadonlySet<string> = new Set([
  "version",
  "name",
  "services",
  "networks",
  "volumes",
  "configs",
  "secrets",
  "include",
  "models",
]);

function isTopLevelKey(key: string): boolean {
  return topLevelKeys.has(key) || key.startsWith("x-");
}

function formOf(roots: readonly YamlNode[]): ComposeDocument["form"] {
  const entries = roots.flatMap(entriesOf);
  if (entries.some((entry) => entry.key === "services" || entry.key === "include")) return "spec";
  if (entries.length > 0 && entries.every((entry) => isTopLevelKey(entry.key))) return "fragment";
  const candidates = entries.filter((entry) => !isTopLevelKey(entry.key));
  const areServices = candidates.every((entry) => entry.value.kind === "map");
  return areServices && candidates.some(looksLikeService) ? "v1" : "not-compose";
}

/** In the first format `image` and `build` were plain text; a map below `build` is another tool's file. */
function looksLikeService(entry: YamlEntry): boolean {
  return entriesOf(entry.value).some(
    ({ key, value }) => (key === "image" || key === "build") && value.kind === "scalar",
  );
}

function tooMany(services: readonly Service[]): readonly Problem[] {
  const first = services[maxServices];
  if (first === undefined) return [];
  const message = `Only the first ${maxServices} services are looked at`;
  return [{ span: first.nameSpan, message, effect: "unchecked" }];
}
