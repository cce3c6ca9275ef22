import type { CopyInstruction, Instruction, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import { maxWrittenPlaces } from "../../ruleLimits";
import { rememberLast } from "../../text/rememberLast";
import { withoutSlashes } from "../../text/trimmed";
import { declaredVolumes, runtimeWrites } from "./runtimeWrites";
import { chainOf } from "./stages";

/** A folder that a container writes to and that belongs to root. */
export interface WrittenPlace {
  readonly path: string;
  /** Whether the image has it before anything is done about it. */
  readonly exists: boolean;
}

/**
 * The folders that the process of a stage writes to, as far as the file tells: its VOLUMEs, what its command itself names
 * as an output, folders that steps make for data, and the working directory of a program that builds where it stands.
 * Folders of the system, and those that a step has given away already, are left out.
 */
export function writtenPlaces(stage: Stage): readonly WrittenPlace[] {
  const made = foldersMade(stage);
  const workdir = workdirOf(stage);
  const paths = new Set<string>();
  const add = (path: string): void => {
    const plain = withoutSlashes(path);
    if (paths.size < maxWrittenPlaces && isOwn(plain)) paths.add(plain);
  };
  for (const path of declaredVolumes(stage)) if (path.startsWith("/")) add(path);
  for (const { folder } of runtimeWrites(stage)) add(folder);
  for (const path of made) if (forData.test(path)) add(path);
  if (workdir !== undefined) {
    if (forData.test(workdir) || writesWhereItStands(stage)) add(workdir);
    for (const folder of foldersOfFramework(stage)) add(`${workdir}/${folder}`);
  }
  if (paths.size === 0) return [];
  const steps = stepCommands(stage);
  const all = [...paths].filter((path) => !isGivenAway(steps, path));
  const outer = all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
  return outer.map((path) => ({ path, exists: made.has(path) || path === workdir }));
}

/** Where a process starts; undefined where the file does not say. */
export function workdirOf(stage: Stage): string | undefined {
  return workdirAt(stage, stage.instructions.length);
}

/** The working directory in force before an instruction of a stage, where the file says it. */
export function workdirAt(stage: Stage, position: number): string | undefined {
  const { workdir } = stage.stateAt(position);
  return workdir?.state === "known" && workdir.value.startsWith("/") ? workdir.value : undefined;
}

/** Whether the program of a stage compiles, installs or caches in the folder that it is started in. */
export function writesWhereItStands({ entrypoint, command }: Stage): boolean {
  return [entrypoint, command].some((start) =>
    start?.script.commands.some(({ unwrapped }) => {
      const words = unwrapped.arguments
        .slice(0, 6)
        .map(({ value }) => value ?? "")
        .filter((word) => !word.startsWith("-"));
      return building.get(unwrapped.program)?.test(words.join(" ").slice(0, 200)) === true;
    }),
  );
}

/** Folders below the working directory that a framework writes to, by the program that starts it. */
function foldersOfFramework({ entrypoint, command }: Stage): readonly string[] {
  const words = [entrypoint, command].flatMap((start) =>
    (start?.script.commands ?? []).flatMap(({ unwrapped }) => [
      unwrapped.program,
      ...unwrapped.arguments.slice(0, 6).map(({ value }) => value ?? ""),
    ]),
  );
  const names = words.map((word) => word.slice(word.lastIndexOf("/") + 1));
  if (names.some((name) => /^(?:rails|puma|unicorn)$/.test(name))) return ["tmp", "log"];
  return names.includes("artisan") ? ["storage", "bootstrap/cache"] : [];
}

const scripts = /^(?:run )?(?:dev|develop|watch|start:dev|dev:\w{1,30})\b/;

/** By program, the arguments, options left out, with which it writes to its working directory. */
const building: ReadonlyMap<string, RegExp> = new Map([
  ["npm", scripts],
  ["yarn", scripts],
  ["pnpm", scripts],
  ["bun", scripts],
  ["next", /^dev\b/],
  ["nuxt", /^dev\b/],
  ["vite", /^(?:(?:dev|serve)\b.*)?$/],
  ["ng", /^serve\b/],
  ["gatsby", /^develop\b/],
  ["go", /^run\b/],
  ["air", /^/],
  ["cargo", /^(?:run|watch)\b/],
  ["dotnet", /^(?:run|watch)\b/],
  ["mvn", /:run\b/],
  ["mvnw", /:run\b/],
  ["gradle", /\b(?:bootRun|run)\b/],
  ["gradlew", /\b(?:bootRun|run)\b/],
  ["sbt", /\brun\b/],
  ["mix", /^phx\.server\b/],
  ["jekyll", /^serve\b/],
  ["hugo", /^server\b/],
  ["celery", /\bbeat\b/],
]);

/** Names that say that a folder is for what a program writes. */
const forData =
  /\/(?:data|db|databases?|logs?|caches?|te?mp|uploads?|storage|media|spool|state|sessions?|downloads?|outputs?|backups?)$|^\/var\/(?:cache|lib|log|spool|run)\/[^/]+$|^\/run\/[^/]+$/;

/** Whether a path is no folder of the system: those are not given to anybody. */
function isOwn(path: string): boolean {
  if (!/^\/[\w.+/-]{1,200}$/.test(path) || path.includes("..")) return false;
  if (/^\/(?:tmp|var\/tmp|dev|proc|sys|boot|etc|usr|bin|sbin|lib\w*)(?:\/|$)/.test(path))
    return /^\/usr\/(?:src|local\/src)\/[^/]+|^\/usr\/share\/[^/]+\/[^/]+/.test(path);
  return (
    !/^\/(?:var|run|root|home|opt|srv|mnt|media|app)$|^\/var\/(?:cache|lib|log|spool|run|www)$/.test(path) ||
    path === "/app"
  );
}

/** The folders that `mkdir` makes in a stage, before an instruction where one is given, and in those that it is built from. */
export function foldersMade(stage: Stage, before?: Instruction): ReadonlySet<string> {
  const made = new Set<string>();
  const end = before?.span.start ?? Number.POSITIVE_INFINITY;
  for (const { program, words, command } of stepCommands(stage))
    if (command.span.start < end && program === "mkdir")
      for (const word of words) if (word.startsWith("/")) made.add(withoutSlashes(word));
  return made;
}

/** Whether a step gives a folder, or one that holds it, to another user, or makes it for everybody. */
function isGivenAway(steps: readonly StepCommand[], path: string): boolean {
  return steps.some(({ program, words, command }) => {
    const targets = words.map((word) => withoutSlashes(word));
    if (program === "install") return hasFlag(command.unwrapped, "o", "owner") && targets.includes(path);
    if (program === "chmod")
      return /^[0-7]?77[0-7]$|[ao]\+[rX]*w/.test(words[0] ?? "") && holds(targets.slice(1), path);
    return program === "chown" && holds(targets.slice(1), path);
  });
}

function holds(targets: readonly string[], path: string): boolean {
  return targets.some((target) => target === path || (target !== "" && path.startsWith(`${target}/`)));
}

interface StepCommand {
  readonly program: string;
  /** The operands, with variables left as they are. */
  readonly words: readonly string[];
  readonly command: ShellCommand;
}

const stepCommands: (stage: Stage) => readonly StepCommand[] = rememberLast((stage: Stage) => {
  const steps: StepCommand[] = [];
  for (const { instructions } of chainOf(stage)) {
    for (const instruction of instructions) {
      if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, setsOwnership)) continue;
      for (const command of instruction.script.commands) {
        if (!setsOwnership(command)) continue;
        const { unwrapped } = command;
        const words = operandsOf(unwrapped).map(({ value, text }) => value ?? text);
        steps.push({ program: unwrapped.program, words, command });
      }
    }
  }
  return steps;
});

function setsOwnership({ unwrapped }: ShellCommand): boolean {
  return ownership.has(unwrapped.program);
}

const ownership: ReadonlySet<string> = new Set(["mkdir", "install", "chown", "chmod"]);

/** The COPYs of a stage that bring files into a folder, each without an owner of its own. */
export function copiesInto(stage: Stage, folder: string): readonly CopyInstruction[] {
  return stage.instructions.flatMap((copy, position) => {
    if (copy.keyword !== "COPY" && copy.keyword !== "ADD") return [];
    const target = destinationOf(copy, stage, position);
    const isInside = target === folder || target?.startsWith(`${folder}/`) === true;
    return isInside && !copy.flags.some(({ name }) => name === "chown") ? [copy] : [];
  });
}

/** Whether a step after an instruction can have written to the image as root. */
export function runsAfter({ instructions }: Stage, first: Instruction | undefined): boolean {
  const at = first === undefined ? -1 : instructions.indexOf(first);
  return instructions.slice(at + 1).some(({ keyword }) => keyword === "RUN");
}

function destinationOf({ destination }: CopyInstruction, stage: Stage, position: number): string | undefined {
  if (destination?.expanded.state !== "known") return undefined;
  const { value } = destination.expanded;
  if (value.startsWith("/")) return withoutSlashes(value) || "/";
  const { workdir } = stage.stateAt(position);
  if (workdir?.state !== "known") return undefined;
  const relative = withoutSlashes(value.replace(/^(?:\.\/)+/, ""));
  return relative === "" || relative === "."
    ? workdir.value
    : `${workdir.value.replace(/\/$/, "")}/${relative}`;
}
