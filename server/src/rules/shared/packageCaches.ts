import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { type CommandTest, hasCommand } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import { maxCachePathLength } from "../../ruleLimits";
import { rememberLast } from "../../text/rememberLast";
import { appendCommandFixes } from "./appendCommand";
import { finalStages, instructionsOf } from "./stages";
import { rootnessIn } from "./users";

/** What a package manager leaves behind, and what takes it away. */
export interface PackageCache {
  /** A text without which no command can fill the cache. */
  readonly mention: string;
  /** Whether a command leaves something in the cache. */
  readonly fills: CommandTest;
  /** Whether a command of the package manager empties it. */
  readonly cleans: CommandTest;
  /** The cache's folder, in a path as written; a folder above it is matched too. */
  readonly folder: RegExp;
}

/** A step of the final image that leaves a cache behind. */
export interface UncleanedRun {
  readonly run: RunInstruction;
  /** The last command that fills the cache. */
  readonly filledBy: ShellCommand;
}

/**
 * The steps that fill a cache and do not empty it afterwards. Steps of stages that are thrown away are not among
 * them, nor those that keep the cache in a mount.
 */
export function uncleanedRuns(document: DockerfileDocument, cache: PackageCache): readonly UncleanedRun[] {
  if (!document.text.includes(cache.mention)) return [];
  return layerRuns(document).flatMap((run) => {
    if (!document.text.slice(run.span.start, run.span.end).includes(cache.mention)) return [];
    if (!hasCommand(run.script, cache.fills) || run.script.incomplete) return [];
    const { commands } = run.script;
    const last = commands.findLastIndex(cache.fills);
    const isClean = isMounted(run, cache.folder) || lastCleaning(run, cache) > last;
    return isClean ? [] : [{ run, filledBy: commands[last]! }];
  });
}

/** The fix that empties a cache where the step ends, with `sudo` where the command that filled it may need that. */
export function cleaningFixes(
  document: DockerfileDocument,
  { run, filledBy }: UncleanedRun,
  command: string,
  safety: Fix["safety"],
): readonly Fix[] {
  const usesSudo =
    filledBy.unwrapped.wrappers.some(({ value }) => value === "sudo") && rootnessIn(document)(run) !== "root";
  return appendCommandFixes(document, run, usesSudo ? `sudo ${command}` : command, safety);
}

/** Every RUN whose layer is part of the final image, or of images built on it. */
export const layerRuns: (document: DockerfileDocument) => readonly RunInstruction[] = rememberLast(
  (document: DockerfileDocument) => {
    const final = finalStages(document);
    return instructionsOf(document).filter(
      (instruction): instruction is RunInstruction =>
        instruction.keyword === "RUN" && final.has(instruction.stageIndex),
    );
  },
);

/** Whether a step keeps a folder out of its layer by a mount. */
export function isMounted({ mounts }: RunInstruction, folder: RegExp): boolean {
  return mounts.some(
    ({ type, options }) =>
      (type === "cache" || type === "tmpfs") &&
      options.some(
        ({ key, value }) =>
          /^(?:target|dst|destination)$/.test(key) && folder.test(value.slice(0, maxCachePathLength)),
      ),
  );
}

/**
 * The index of the last command that empties a cache: what was put there before it is gone. Infinity for one in a
 * function, which may be called at any time; -1 for none.
 */
export function lastCleaning(
  { script }: RunInstruction,
  { cleans, folder }: Pick<PackageCache, "cleans" | "folder">,
): number {
  const empties = (command: ShellCommand) => cleans(command) || deletes(command, folder);
  const isInFunction = script.commands.some((command) => command.context === "function" && empties(command));
  return isInFunction ? Number.POSITIVE_INFINITY : script.commands.findLastIndex(empties);
}

/** Whether a command deletes a folder, goes there to do so, or is a script that cleans by its name. */
function deletes({ unwrapped }: ShellCommand, folder: RegExp): boolean {
  const { program, arguments: words } = unwrapped;
  if (deleting.has(program)) return words.some(({ text }) => folder.test(text.slice(0, maxCachePathLength)));
  return /clean/i.test(program);
}

const deleting: ReadonlySet<string> = new Set(["rm", "find", "cd", "pushd", "truncate"]);

/** A test for a program that is called with one of some subcommands. */
export function subcommandTest(programs: ReadonlySet<string>, subcommands: ReadonlySet<string>): CommandTest {
  return ({ unwrapped }) =>
    programs.has(unwrapped.program) && subcommands.has(operandsOf(unwrapped)[0]?.value ?? "");
}

/** Whether a variable among a command's words may stand for options of its own. */
export function mayHoldOptions({ unwrapped }: ShellCommand): boolean {
  return unwrapped.arguments.some(
    ({ literalPrefix, variables }) =>
      literalPrefix === "" && variables.some((name) => /FLAG|OPT|ARG|CACHE/i.test(name)),
  );
}
