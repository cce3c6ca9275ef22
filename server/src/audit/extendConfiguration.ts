import { type Config, defaultConfig, overlay } from "../engine/config";
import { type ConfigurationDocument, parseConfiguration } from "../engine/configuration";
import type { Extended } from "../engine/extended";
import type { ExtendedFact } from "../engine/facts";
import type { RequiredSigner } from "../engine/policy";
import type { Rule } from "../engine/rule";
import { maxExtended, maxExtendsDepth } from "../limits";
import type { Files } from "../platform/ports";
import { readContained } from "./contained";
import { isWithin, joinPath, parentOf, relativePath, resolvePath } from "./paths";
import { rebased } from "./rebase";
import { withSignerKeys } from "./signerKeys";

/** A configuration with all that it extends. */
export interface ExtendedConfiguration {
  readonly config: Config;
  /** The folder from which the globs of `config` count. */
  readonly root: string;
  /** The files that were read for it beside its own, absolute. */
  readonly bases: readonly string[];
  /** Files that were to hold public keys of the policy, absolute, whether or not they are there. */
  readonly keyFiles: readonly string[];
  /** What became of each entry of `extends:`, in their order, of it and of its bases, by path. */
  readonly extended: ReadonlyMap<string, readonly ExtendedFact[]>;
  /** What is wrong with it and its bases, by path: one line for a person. */
  readonly failures: ReadonlyMap<string, string>;
}

/** A configuration file that was read. */
interface ConfigurationFile {
  readonly path: string;
  readonly text: string;
  /** The key that holds the configuration, in a `package.json`. */
  readonly within?: string;
}

interface Walk {
  readonly files: Files;
  readonly rules: readonly Rule[];
  readonly boundary: string;
  readonly bases: Set<string>;
  readonly keyFiles: Set<string>;
  readonly extended: Map<string, readonly ExtendedFact[]>;
  readonly failures: Map<string, string>;
  /** How many bases were read; one that is extended twice counts twice. */
  read: number;
}

interface Layer {
  readonly config: Config;
  /** The folder from which its globs count. */
  readonly anchor: string;
}

/**
 * Reads what a configuration extends, and puts everything together: the first entry lowest, the file itself on top.
 *
 * Globs count from the folder of the file that they stand in where that folder holds the file that extends it, as a
 * repository's own configuration holds that of a folder. Those of a package, or of a folder beside, count from the
 * folder of the file that extends them.
 *
 * @param boundary the folder beyond which nothing is read, absolute and with every link followed
 */
export async function extendConfiguration(
  files: Files,
  rules: readonly Rule[],
  file: { readonly path: string; readonly text: string },
  boundary: string,
): Promise<ExtendedConfiguration> {
  const walk: Walk = {
    files,
    rules,
    boundary,
    bases: new Set(),
    keyFiles: new Set(),
    extended: new Map(),
    failures: new Map(),
    read: 0,
  };
  const folder = parentOf(file.path) ?? file.path;
  const layers = await layersOf(walk, file, folder, [file.path]);
  const root = layers.reduce((outer, { anchor }) => (isWithin(anchor, outer) ? anchor : outer), folder);
  const config = layers
    .map((layer) => rebased(layer.config, relativePath(root, layer.anchor)))
    .reduce(overlay, defaultConfig);
  const { bases, extended } = walk;
  // What is wrong with the file itself comes first, though its bases were read before.
  const failures = new Map(
    [...walk.failures].sort(([a], [b]) => Number(b === file.path) - Number(a === file.path)),
  );
  return { config, root, bases: [...bases], keyFiles: [...walk.keyFiles], extended, failures };
}

/**
 * The layers of a file, the lowest first.
 * @param chain the files that led here, the file itself last
 */
async function layersOf(
  walk: Walk,
  file: ConfigurationFile,
  anchor: string,
  chain: readonly string[],
): Promise<readonly Layer[]> {
  const document = parseConfiguration(file.text, walk.rules, file.within);
  const layers: Layer[] = [];
  const extended: ExtendedFact[] = [];
  for (const entry of document.extended) {
    const found = await baseOf(walk, entry, file.path, chain);
    const problem = "problem" in found ? found.problem : undefined;
    extended.push({ text: entry.text, problem });
    if (!("problem" in found)) layers.push(...(await baseLayers(walk, found, anchor, chain)));
  }
  const folder = parentOf(file.path) ?? file.path;
  const keyed = await withSignerKeys(walk.files, document.config, folder, walk.boundary);
  for (const path of keyed.paths) walk.keyFiles.add(path);
  walk.extended.set(file.path, [...extended, ...keyed.facts]);
  noteFailure(walk, file.path, document, extended, keyed.config.policy.signers);
  return [...layers, { config: keyed.config, anchor }];
}

async function baseLayers(
  walk: Walk,
  found: { readonly config: Config } | ConfigurationFile,
  anchor: string,
  chain: readonly string[],
): Promise<readonly Layer[]> {
  if ("config" in found) return [{ config: found.config, anchor }];
  const folder = parentOf(found.path) ?? found.path;
  walk.bases.add(found.path);
  const own = isWithin(folder, anchor) ? folder : anchor;
  return layersOf(walk, found, own, [...chain, found.path]);
}

/** What an entry of `extends:` leads to, or why it leads nowhere. */
async function baseOf(
  walk: Walk,
  entry: Extended,
  from: string,
  chain: readonly string[],
): Promise<{ readonly config: Config } | ConfigurationFile | { readonly problem: string }> {
  if (entry.kind === "profile") return { config: { ...defaultConfig, profile: entry.profile } };
  if (chain.length > maxExtendsDepth)
    return { problem: `more than ${maxExtendsDepth} configurations extend each other` };
  walk.read++;
  if (walk.read > maxExtended) return { problem: `more than ${maxExtended} configurations are extended` };
  const folder = parentOf(from) ?? from;
  const found =
    entry.kind === "file"
      ? await fileAt(walk, resolvePath(folder, entry.text))
      : await packageAt(walk, entry.name, entry.file, folder);
  if ("problem" in found || !chain.includes(found.path)) return found;
  return { problem: "it extends itself in the end" };
}

async function fileAt(
  { files, boundary }: Walk,
  path: string | undefined,
): Promise<ConfigurationFile | { readonly problem: string }> {
  if (path === undefined || !isWithin(boundary, path))
    return { problem: "it lies outside of the repository" };
  const read = await readContained(files, path, boundary);
  if (read.state === "read") return { path, text: read.text };
  return { problem: read.state === "absent" ? "it does not exist" : read.reason };
}

/** A package as Node finds it: in the nearest `node_modules` upwards that has it, but never beyond the boundary. */
async function packageAt(
  walk: Walk,
  name: string,
  file: string | undefined,
  from: string,
): Promise<ConfigurationFile | { readonly problem: string }> {
  const { files, boundary } = walk;
  for (let at: string | undefined = from; at !== undefined && isWithin(boundary, at); at = parentOf(at)) {
    const folder = joinPath(joinPath(at, "node_modules"), name);
    const path = joinPath(folder, file ?? "plimsoll.yaml");
    const read = await readContained(files, path, boundary);
    if (read.state === "read") return { path, text: read.text };
    if (read.state === "failed") return { problem: read.reason };
    const manifest = joinPath(folder, "package.json");
    const text = await readContained(files, manifest, boundary);
    if (text.state === "absent") continue;
    if (text.state === "failed") return { problem: text.reason };
    if (file !== undefined) return { problem: `the package has no ${file}` };
    if (hasKey(text.text)) return { path: manifest, text: text.text, within: "plimsoll" };
    return { problem: `the package has neither plimsoll.yaml nor the key plimsoll in its package.json` };
  }
  return { problem: "there is no such package in node_modules, and no such profile" };
}

/** Whether a package's manifest holds a configuration. */
function hasKey(manifest: string): boolean {
  try {
    const parsed: unknown = JSON.parse(manifest);
    return typeof parsed === "object" && parsed !== null && Object.hasOwn(parsed, "plimsoll");
  } catch {
    return false;
  }
}

function noteFailure(
  walk: Walk,
  path: string,
  document: ConfigurationDocument,
  extended: readonly ExtendedFact[],
  signers: readonly RequiredSigner[],
): void {
  const unresolved = document.extended.flatMap(({ span, text }, at) => {
    const problem = extended[at]?.problem;
    return problem === undefined ? [] : [{ span, message: `${text} is not extended: ${problem}` }];
  });
  const unread = signers.flatMap(({ keys }) =>
    keys.flatMap((key) =>
      "problem" in key
        ? [{ span: key.span, message: `the key ${key.file} is not read: ${key.problem}` }]
        : [],
    ),
  );
  const issues = [...document.issues, ...unresolved, ...unread].sort((a, b) => a.span.start - b.span.start);
  const [first, ...others] = issues;
  if (first === undefined) return;
  const line = document.lines.at(first.span.start).line + 1;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  walk.failures.set(path, `the configuration is wrong in line ${line}: ${first.message}${more}`);
}
