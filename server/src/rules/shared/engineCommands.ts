import {
  type CommandsDocument,
  type EngineCommand,
  type EngineOption,
  isOn,
} from "../../documents/commands/model";
import { parseImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import type { Reference } from "../../engine/rule";
import { milderBy, type Severity } from "../../engine/severity";
import { insertAt } from "../../text/edit";
import { unsafeFix } from "./composeFix";
import { shorten } from "./shorten";

/** The commands that start a container, Compose's included. */
export function startedContainers(document: CommandsDocument): readonly EngineCommand[] {
  return document.commands.filter(({ action }) => action === "run" || action === "create");
}

/**
 * What a container runs, in lower case: the repository of its image without registry and version; empty where that
 * stands in a variable.
 */
export function programOfCommand({ image }: EngineCommand): string {
  const text = image?.value ?? withoutTag(image?.prefix ?? "");
  return (parseImageReference(text)?.path ?? "").toLowerCase();
}

/** The beginning of a reference up to its tag or digest: a colon before the last slash belongs to a registry's port. */
function withoutTag(prefix: string): string {
  const name = prefix.lastIndexOf("/") + 1;
  const length = prefix.slice(name).search(/[:@]/);
  return length < 0 ? prefix : prefix.slice(0, name + length);
}

/** A container for a message: what it runs, or the words for one that is not known. */
export function subjectOf(command: EngineCommand): string {
  const program = programOfCommand(command).replace(/^library\//, "");
  return program === "" ? "the container" : shorten(program, 40);
}

/**
 * How bad something is where it stands. In a pipeline the machine is gone with the job as a rule, a container that removes
 * itself (`--rm`) is a tool at work; a development container has one user who chose so, and documentation starts nothing
 * by itself.
 */
export function severityHere(
  document: CommandsDocument,
  command: EngineCommand,
  severity: Severity,
): Severity {
  switch (document.format) {
    case "markdown":
    case "devcontainer":
      return milderBy(severity, 2);
    case "shell":
    case "powershell":
    case "makefile":
      return milderBy(severity, isTool(command) ? 1 : 0);
    default:
      return milderBy(severity, 1);
  }
}

/** Whether a container does its work and is gone, as that of a compiler or a test. */
function isTool(command: EngineCommand): boolean {
  return isOn(command, "rm") !== undefined;
}

/**
 * Whether a command leaves a container running where it is meant to stay: in a script or a Makefile, in the background,
 * with all its options in sight.
 */
export function isService(document: CommandsDocument, command: EngineCommand): boolean {
  const { action, compose, open, written, image } = command;
  const isScript = ["shell", "powershell", "makefile"].includes(document.format);
  const stays = isOn(command, "detach") !== undefined && isOn(command, "rm") === undefined;
  return isScript && action === "run" && stays && !compose && !open && written && image !== undefined;
}

/** Takes an option away. */
export function withoutOption(title: string, option: EngineOption): readonly Fix[] {
  return unsafeFix(title, ...option.removal);
}

/** Adds options right behind `docker run`. */
export function withOptions(title: string, command: EngineCommand, options: string): readonly Fix[] {
  return unsafeFix(title, insertAt(command.nameSpan.end, ` ${options}`));
}

/** A page of the reference of Docker's command line. */
export function dockerCommand(command: string, path: string, anchor = ""): Reference {
  return {
    title: `Docker command line: ${command}`,
    url: `https://docs.docker.com/reference/cli/${path}/${anchor === "" ? "" : `#${anchor}`}`,
  };
}

export const dockerRun: Reference = dockerCommand("docker container run", "docker/container/run");
