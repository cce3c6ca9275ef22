import type { ConfigChoice } from "../audit/configFiles";
import { isWithin, joinPath, parentOf } from "../audit/paths";
import type { Scope } from "../audit/targets";
import type { Config } from "../engine/config";
import { nearestName } from "../engine/nearestName";
import type { Rule } from "../engine/rule";
import { ruleIndexOf } from "../engine/ruleIndex";
import type { SearchArgs } from "./args";
import { type Terminal, UsageError } from "./terminal";

/** What the arguments mean: where to look, and what they make of a configuration. */
export interface Search {
  readonly scope: Scope & { readonly configuration: ConfigChoice };
  readonly adjust: (config: Config) => Config;
}

/**
 * Resolves the arguments that `check` and `fix` share.
 * @throws UsageError where a path or a rule does not exist
 */
export async function resolveSearch(
  args: SearchArgs,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<Search> {
  const folders: string[] = [];
  const named: string[] = [];
  for (const path of args.paths) {
    const absolute = terminal.absolute(path);
    const kind = await terminal.files.kindOf(absolute);
    if (kind === undefined) throw new UsageError(`${path} does not exist`);
    if (kind === "directory") folders.push((await terminal.files.realPath(absolute)) ?? absolute);
    else named.push(await inRealFolder(absolute, terminal));
  }
  const boundaries = new Map<string, string>();
  for (const folder of folders) boundaries.set(folder, await boundaryOf(folder, terminal));
  for (const file of named) boundaries.set(file, await boundaryOf(parentOf(file) ?? file, terminal));
  return {
    scope: {
      folders,
      named,
      boundaryOf: (path) => boundaries.get(path) ?? parentOf(path) ?? path,
      files: terminal.files,
      configuration: await configurationOf(args, terminal),
      useGitignore: !args.noIgnore,
      signal: terminal.signal,
    },
    adjust: adjustment(args, ruleIds(args.rules, rules)),
  };
}

/** The ids that rule names of the command line stand for: our own, or another tool's. */
export function ruleIds(names: readonly string[], rules: readonly Rule[]): readonly string[] {
  const index = ruleIndexOf(rules);
  return names.flatMap((name) => {
    const ids = index.resolve(name);
    if (ids.length > 0) return ids;
    const near = nearestName(
      name,
      rules.map((rule) => rule.id),
    );
    throw new UsageError(`there is no rule ${name}${near === undefined ? "" : `, did you mean ${near}?`}`);
  });
}

/** A named file keeps its own name, even if it is a link; the folders above it are given as they really are. */
async function inRealFolder(file: string, { files }: Terminal): Promise<string> {
  const folder = parentOf(file);
  const real = folder === undefined ? undefined : await files.realPath(folder);
  return real === undefined ? file : joinPath(real, file.slice(file.lastIndexOf("/") + 1));
}

/** The repository that holds a folder; else the working directory, where that holds it; else the folder. */
export async function boundaryOf(folder: string, { files, cwd }: Terminal): Promise<string> {
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
    if ((await files.kindOf(joinPath(at, ".git"))) !== undefined) return at;
  }
  return isWithin(cwd, folder) ? cwd : folder;
}

async function configurationOf(args: SearchArgs, terminal: Terminal): Promise<ConfigChoice> {
  if (args.noConfig) return "none";
  if (args.config === undefined) return "nearest";
  const file = terminal.absolute(args.config);
  if ((await terminal.files.kindOf(file)) === undefined)
    throw new UsageError(`${args.config} does not exist`);
  return { file };
}

/**
 * What `--profile` and `--rule` make of a configuration. A rule that is named runs even where the configuration or
 * the profile has it off, with the severity and options that the configuration gives it.
 */
function adjustment({ profile }: SearchArgs, ids: readonly string[]): (config: Config) => Config {
  return (config) => {
    const chosen = profile === undefined ? config : { ...config, profile };
    if (ids.length === 0) return chosen;
    const own = config.rules.filter((setting) => ids.includes(setting.pattern) && setting.level !== "off");
    const none = { pattern: "*", level: "off", options: {} } as const;
    const named = ids.map((pattern) => ({ pattern, level: "on", options: {} }) as const);
    return { ...chosen, rules: [...config.rules, none, ...named, ...own] };
  };
}
