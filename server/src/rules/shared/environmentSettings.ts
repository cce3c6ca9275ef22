import type { ArgInstruction, DockerfileDocument, EnvInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { deleteSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { commandsMentioning, mayMention } from "./mentions";
import { removeAssignment } from "./removeAssignment";
import { shorten } from "./shorten";
import { instructionsOf } from "./stages";
import { withBlanksAfter } from "./words";

/** A place that gives an environment variable a value. */
export interface EnvironmentSetting {
  readonly name: string;
  /** `undefined` where the file does not say. */
  readonly value: string | undefined;
  readonly by: "ENV" | "ARG" | "command";
  /** Name and value. */
  readonly span: Span;
  /** What takes it away; never safe. None where that leaves a broken command. */
  readonly fixes: readonly Fix[];
}

/**
 * The places that set one of some variables: ENV, ARG with a default, `NAME=value command`, `export NAME=value` and
 * `env NAME=value command`.
 */
export function environmentSettings(
  document: DockerfileDocument,
  names: readonly string[],
): readonly EnvironmentSetting[] {
  if (!mayMention(document, names)) return [];
  const wanted = new Set(names);
  const declared = instructionsOf(document).flatMap((instruction) =>
    instruction.keyword === "ENV" || instruction.keyword === "ARG"
      ? declaredIn(document, instruction, wanted)
      : [],
  );
  const inCommands = commandsMentioning(document, names).flatMap(({ command }) =>
    setByCommand(document, command, wanted),
  );
  return [...declared, ...inCommands];
}

function declaredIn(
  document: DockerfileDocument,
  instruction: EnvInstruction | ArgInstruction,
  names: ReadonlySet<string>,
): readonly EnvironmentSetting[] {
  return instruction.assignments.flatMap((assignment, index) => {
    const { name, expanded, span } = assignment;
    if (!names.has(name) || assignment.value === undefined) return [];
    const value = expanded?.state === "known" ? expanded.value : undefined;
    const fixes = fixOf(name, removeAssignment(document, instruction, index));
    return [{ name, value, by: instruction.keyword, span, fixes }];
  });
}

function setByCommand(
  document: DockerfileDocument,
  command: ShellCommand,
  names: ReadonlySet<string>,
): readonly EnvironmentSetting[] {
  const after = command.name;
  const assigned = command.assignments.flatMap(({ name, value, span }, index) => {
    if (!names.has(name)) return [];
    const isPrefix = after !== undefined && span.end <= after.span.start && value?.exact !== false;
    const next = isPrefix ? (command.assignments[index + 1]?.span ?? after.span) : undefined;
    return [
      {
        name,
        value: value?.value,
        by: "command" as const,
        span,
        fixes: deletion(document, name, span, next),
      },
    ];
  });
  if (command.program !== "env") return assigned;
  const words = command.arguments;
  const given = words.flatMap((word, index) => {
    const equals = word.literalPrefix.indexOf("=");
    const name = word.literalPrefix.slice(0, Math.max(equals, 0));
    if (!names.has(name)) return [];
    const next = word.exact ? words[index + 1]?.span : undefined;
    const value = word.value?.slice(equals + 1);
    return [
      {
        name,
        value,
        by: "command" as const,
        span: word.span,
        fixes: deletion(document, name, word.span, next),
      },
    ];
  });
  return [...assigned, ...given];
}

function deletion(
  document: DockerfileDocument,
  name: string,
  span: Span,
  next: Span | undefined,
): readonly Fix[] {
  const whole = next && withBlanksAfter(document, span, spanOf(next.start, next.end));
  return whole ? fixOf(name, deleteSpan(whole)) : [];
}

function fixOf(name: string, edit: ReturnType<typeof deleteSpan>): readonly Fix[] {
  return [{ title: `Delete ${shorten(name)}`, safety: "unsafe", edits: [edit] }];
}
