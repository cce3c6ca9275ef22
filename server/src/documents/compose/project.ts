import { maxProjectFiles, maxTextLength } from "../../limits";
import { linesOf } from "../../text/lines";
import type { Span } from "../../text/span";
import { visible } from "../../text/visible";
import type { Problem } from "../document";
import { folderOf, joinRelative, type Neighbours, textAt } from "../neighbours";
import { parseShifted } from "../yaml/shifted";
import { entriesOf, resolveAlias, type YamlNode } from "../yaml/tree";
import { createEnvironment, type Environment, type EnvironmentText } from "./environment";
import type { Scope } from "./extends";
import type { ProjectFile } from "./model";

/** A Compose file of a project, as far as it takes to read it together with others. */
export interface ProjectPart {
  /** Relative to the document's folder. */
  readonly path: string;
  /** The folder that its paths are relative to, itself relative to the document's. */
  readonly folder: string;
  readonly root: YamlNode;
  readonly scope: Scope;
}

/** Opens the other files of a document's project, each once, and keeps account of what was looked for. */
export interface ProjectReader {
  /**
   * The services of the node at the root of a file.
   * @param folder that its paths are relative to
   */
  scopeOf(path: string, root: YamlNode, bodies: Scope["bodies"], folder: string): Scope;
  /**
   * A file by its path; `undefined` where there is none or it is not known.
   * @param folder that its paths are relative to, where it is not its own
   */
  open(path: string, folder?: string): ProjectPart | undefined;
  /** As {@link open}, for a file that the project cannot do without: that it does not exist is a problem. */
  openNamed(path: string, folder?: string): ProjectPart | undefined;
  /** What environment files set, read when a variable is first asked for. */
  environmentOf(paths: readonly string[], outer?: Environment): Environment;
  /** The first of some paths at which there is a file. */
  openFirst(paths: readonly string[]): ProjectPart | undefined;
  /** Notes a path whose text others will need. */
  ask(path: string): void;
  readonly asked: ReadonlySet<string>;
  readonly files: readonly ProjectFile[];
  /** What could not be read, as problems at a place of the document. */
  problems(): readonly Problem[];
}

/** The distance between the offsets of two files: more than any text is long. */
const distance = maxTextLength * 2;

export function createProjectReader(neighbours: Neighbours): ProjectReader {
  const name = neighbours.name ?? "";
  const asked = new Set<string>();
  const files: ProjectFile[] = [];
  const parts = new Map<string, ProjectPart | undefined>();
  const unread = new Map<string, string>();
  const scopes = new Map<YamlNode, Scope>();
  const own: { part: ProjectPart | undefined } = { part: undefined };
  const environments = new Map<string, EnvironmentText | undefined>();

  const scopeOf = (path: string, root: YamlNode, bodies: Scope["bodies"], folder = folderOf(path)): Scope => {
    const known = scopes.get(root);
    if (known !== undefined) return known;
    const scope: Scope = {
      bodies,
      fileAt: (written) => {
        const target = joinRelative(folder, written);
        return target === undefined ? undefined : openNamed(target)?.scope;
      },
    };
    scopes.set(root, scope);
    if (path === name) own.part ??= { path, folder, root, scope };
    return scope;
  };

  const open = (path: string, folder = folderOf(path)): ProjectPart | undefined => {
    if (path === name) return own.part;
    if (parts.has(path)) return parts.get(path);
    const part = read(path, folder);
    parts.set(path, part);
    return part;
  };

  const openNamed = (path: string, folder?: string): ProjectPart | undefined => {
    const part = open(path, folder);
    if (textAt(neighbours, path)?.state === "absent") unread.set(path, "it does not exist");
    return part;
  };

  /** The text of a file that there is room for. */
  const textOf = (path: string): string | undefined => {
    asked.add(path);
    const text = textAt(neighbours, path);
    if (text?.state === "unknown") unread.set(path, text.reason);
    if (text?.state !== "known") return undefined;
    if (files.length < maxProjectFiles) return text.value;
    unread.set(path, `more than ${maxProjectFiles} files belong together`);
    return undefined;
  };

  const read = (path: string, folder: string): ProjectPart | undefined => {
    const text = textOf(path);
    if (text === undefined) return undefined;
    const start = (files.length + 1) * distance;
    const { tree, roots } = parseShifted(text, start);
    const root = roots[0] && resolveAlias(roots[0]);
    if (root === undefined) return undefined;
    files.push({ kind: "compose", path, folder, lines: tree.lines, start, length: text.length });
    return { path, folder, root, scope: scopeOf(path, root, bodiesOf(root), folder) };
  };

  const environmentAt = (path: string): EnvironmentText | undefined => {
    if (environments.has(path)) return environments.get(path);
    const text = textOf(path);
    const start = (files.length + 1) * distance;
    const read = text === undefined ? undefined : { text, start };
    environments.set(path, read);
    if (text !== undefined)
      files.push({
        kind: "environment",
        path,
        folder: folderOf(path),
        lines: linesOf(text),
        start,
        length: text.length,
      });
    return read;
  };

  return {
    scopeOf,
    open,
    openNamed,
    openFirst: (paths) => {
      for (const path of paths) {
        const part = open(path);
        if (part !== undefined) return part;
      }
      return undefined;
    },
    environmentOf: (paths, outer) =>
      createEnvironment(() => paths.flatMap((path) => environmentAt(path) ?? []), outer),
    ask: (path) => void asked.add(path),
    asked,
    files,
    problems: () =>
      [...unread].map(([path, reason]) => ({
        span: atStart,
        message: `${visible(path)} was not read: ${visible(reason)}`,
        effect: "unchecked",
      })),
  };
}

const atStart: Span = { start: 0, end: 0 };

function bodiesOf(root: YamlNode): ReadonlyMap<string, YamlNode> {
  const maps = entriesOf(root).flatMap((entry) => (entry.key === "services" ? [entry.value] : []));
  // A file of the first format has its services at the top.
  const services = maps.length === 0 ? entriesOf(root) : maps.flatMap(entriesOf);
  return new Map(services.map(({ key, value }) => [key, value]));
}

/**
 * The names by which Compose finds a file and its override, in order
 * (https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/, `DefaultFileNames` of compose-go).
 */
const baseNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const overrideNames = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** The files beside a document that Compose merges with it. */
export interface Beside {
  readonly base: ProjectPart | undefined;
  /** The one that wins first. */
  readonly overrides: readonly ProjectPart[];
}

export const noneBeside: Beside = { base: undefined, overrides: [] };

export function filesBeside(reader: ProjectReader, { name, overrides }: Neighbours): Beside {
  if (name === undefined) return noneBeside;
  if (overrideNames.includes(name) || overrides.includes(name))
    return { base: reader.openFirst(baseNames), overrides: [] };
  if (!baseNames.includes(name)) return noneBeside;
  const own = [...overrides].reverse().flatMap((path) => reader.open(path) ?? []);
  const usual = reader.openFirst(overrideNames);
  return { base: undefined, overrides: usual === undefined ? own : [...own, usual] };
}
