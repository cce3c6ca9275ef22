import { commandFormatOfPath } from "../documents/commands/format";
import type { CommandFormat } from "../documents/commands/model";
import { isTemplate, isWhatItIsCalled, kindOfContent, kindOfPath } from "../documents/kind";
import type { Files } from "../platform/ports";
import { composePartsOf } from "./composeParts";
import type { ConfigChoice, ConfigFiles } from "./configFiles";
import { discover, type FoundFile, type Unseen } from "./discover";
import type { Standing } from "./neighbours";
import { isWithin, nameOf, parentOf } from "./paths";
import type { AuditedLanguage } from "./result";

/** Where to look for files. */
export interface Scope {
  /** Folders to search, absolute, with every link followed. */
  readonly folders: readonly string[];
  /** Files to take whatever their names say, absolute. */
  readonly named?: readonly string[];
  /**
   * The folder that no link may lead out of and up to which configurations and ignore files count, for a folder or
   * a named file. By default the folder itself, or the folder that holds the file.
   */
  boundaryOf?(path: string): string;
  readonly files: Files;
  /** By default `nearest`. */
  readonly configuration?: ConfigChoice;
  /** By default `true`. */
  readonly useGitignore?: boolean;
  /** Whether a path is to be looked at here; others are some other shard's. By default all are. */
  owns?(path: string): boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Target extends FoundFile {
  readonly boundary: string;
  /** Where the name says nothing, the text decides, and `kind` is a guess. */
  readonly byContent: boolean;
  /** Whether the user named the file, so that something is to be said of it in any case. */
  readonly named: boolean;
}

export interface Targets {
  /** In order of path, each real file once. */
  readonly targets: readonly Target[];
  /** Those of other shards. */
  readonly others: readonly Pick<Target, "kind" | "path" | "boundary">[];
  readonly skipped: readonly Unseen[];
  readonly notChecked: readonly Unseen[];
  readonly complete: boolean;
}

/** Why nothing is said of a file that the user named and that is none of ours. */
export const notOurs =
  "it is no Dockerfile, Compose file or configuration of Docker's daemon, and holds no command of a container engine";

/** What a file is, given its text; `undefined` for one that is none of ours, whatever it is called. */
export function kindOfTarget(target: Target, text: string): AuditedLanguage | undefined {
  if (target.byContent) return kindOfContent(text);
  const byGlob = target.configured.kindOf(target.path);
  return byGlob ?? (isWhatItIsCalled(target.kind, target.path, text) ? target.kind : undefined);
}

/** What a file with commands is: by its name, else a shell script. */
export function formatOfTarget(kind: AuditedLanguage, path: string): { readonly format?: CommandFormat } {
  return kind === "commands" ? { format: commandFormatOfPath(path) ?? "shell" } : {};
}

/** Where a file stands for what lies around it. */
export function standingOf({ path, boundary, configured }: Target): Standing {
  return { path, boundary, overrides: configured.configFor(path).composeOverrides };
}

/** Finds the files of a scope. */
export async function findTargets(scope: Scope, configs: ConfigFiles): Promise<Targets> {
  const targets: Target[] = [];
  const others: Pick<Target, "kind" | "path" | "boundary">[] = [];
  // Real paths, so that a file that is found twice is checked once, and by one shard.
  const known = new Set<string>();
  const skipped: Unseen[] = [];
  const notChecked: Unseen[] = [];
  let complete = true;
  const owned = (list: readonly Unseen[]): readonly Unseen[] =>
    scope.owns === undefined ? list : list.filter(({ path }) => scope.owns?.(path));
  for (const path of scope.named ?? []) {
    const target = await namedTarget(scope, configs, path);
    const isOurs = scope.owns?.(path) !== false;
    if ("reason" in target) {
      if (isOurs) skipped.push(target);
      continue;
    }
    if (!known.has(target.realPath)) (isOurs ? targets : others).push(target);
    known.add(target.realPath);
  }
  // Other configurations than the nearest are not used, so there is nothing to say about them.
  const withConfigurations = (scope.configuration ?? "nearest") === "nearest";
  for (const folder of scope.folders) {
    const boundary = scope.boundaryOf?.(folder) ?? folder;
    const useGitignore = scope.useGitignore ?? true;
    const found = await discover({
      folder,
      boundary,
      files: scope.files,
      configs,
      useGitignore,
      ...(scope.owns && { owns: scope.owns }),
      signal: scope.signal,
    });
    for (const file of found.files) {
      if (known.has(file.realPath) || (file.kind === "configuration" && !withConfigurations)) continue;
      targets.push({ ...file, boundary, byContent: false, named: false });
    }
    for (const file of found.others) if (!known.has(file.realPath)) others.push({ ...file, boundary });
    for (const path of found.seen) known.add(path);
    const compose = [...found.files, ...found.others].filter(({ kind }) => kind === "compose");
    for (const part of await composePartsOf(compose, boundary, scope.files, configs, known)) {
      const target = { ...part, boundary, byContent: false, named: false };
      (scope.owns?.(part.path) === false ? others : targets).push(target);
    }
    skipped.push(...owned(found.skipped));
    notChecked.push(...owned(found.notChecked));
    complete &&= found.complete;
  }
  targets.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { targets, others, skipped, notChecked, complete };
}

/** A path that the user named: its links are followed wherever they lead, and its text may say what its name does not. */
async function namedTarget(scope: Scope, configs: ConfigFiles, path: string): Promise<Target | Unseen> {
  const folder = parentOf(path) ?? path;
  const boundary = scope.boundaryOf?.(path) ?? folder;
  const configured = await configs.of(folder, isWithin(boundary, folder) ? boundary : folder);
  const kind = configured.kindOf(path) ?? kindOfPath(path);
  if (kind === "dockerignore") {
    return { path, reason: `this version has no rules for ${nameOf(path)}` };
  }
  if (kind === undefined && isTemplate(path))
    return { path, reason: "it is a template: check what is made of it" };
  const realPath = (await scope.files.realPath(path)) ?? path;
  const byContent = kind === undefined;
  return { path, realPath, kind: kind ?? "dockerfile", configured, boundary, byContent, named: true };
}
