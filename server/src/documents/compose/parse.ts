import { maxServices } from "../../limits";
import type { Span } from "../../text/span";
import type { Problem } from "../document";
import { parseYaml } from "../yaml/parse";
import { entriesOf, resolveAlias, type YamlEntry, type YamlNode } from "../yaml/tree";
import { createExtender } from "./extends";
import type { ComposeDocument, Service, Text, TopLevelEntry } from "./model";
import { createResolver, type Resolver } from "./resolve";
import { includedPaths, serviceOf } from "./services";

/** Parses a Compose file, however broken: what can be told is in the model, and `problems` says what cannot. */
export function parseCompose(text: string): ComposeDocument {
  const tree = parseYaml(text);
  const resolver = createResolver();
  const roots = tree.documents.map((document) => resolveAlias(document.root));
  const form = formOf(roots);
  const parts = roots.map((root) => partsOf(text, root, form, resolver));
  const services = parts.flatMap((part) => part.services);
  const topLevel = (key: keyof TopLevel): TopLevelEntry[] => parts.flatMap((part) => part.topLevel[key]);
  return {
    language: "compose",
    text,
    lines: tree.lines,
    comments: tree.comments,
    problems: [...tree.problems, ...resolver.problems(), ...tooMany(services)],
    form,
    tree,
    services: services.slice(0, maxServices),
    volumes: topLevel("volumes"),
    networks: topLevel("networks"),
    secrets: topLevel("secrets"),
    configs: topLevel("configs"),
    includes: parts.flatMap((part) => part.includes),
  };
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
  readonly includes: readonly Text[];
}

function partsOf(text: string, root: YamlNode, form: ComposeDocument["form"], resolver: Resolver): Parts {
  const fields = resolver.fieldsOf(root);
  const topLevel = (key: string): TopLevelEntry[] =>
    [...resolver.fieldsOf(fields.get(key)?.node).values()].map((field) => ({
      name: field.name,
      nameSpan: field.keySpan,
      fields: resolver.fieldsOf(field.node),
    }));
  const isCompose = form === "spec" || form === "fragment";
  const none: TopLevel = { volumes: [], networks: [], secrets: [], configs: [] };
  return {
    services: servicesOf(text, serviceEntries(root, form, resolver), resolver),
    topLevel: isCompose
      ? {
          volumes: topLevel("volumes"),
          networks: topLevel("networks"),
          secrets: topLevel("secrets"),
          configs: topLevel("configs"),
        }
      : none,
    includes: isCompose ? includedPaths(fields.get("include")?.node, resolver) : [],
  };
}

function servicesOf(text: string, named: readonly NamedBody[], resolver: Resolver): Service[] {
  const bodies = new Map(named.map(({ name, body }) => [name, resolveAlias(body)]));
  const extend = createExtender(resolver, bodies);
  return named.map(({ name, span, body }) =>
    serviceOf(text, { value: name, span }, body, extend(resolveAlias(body)), resolver),
  );
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
