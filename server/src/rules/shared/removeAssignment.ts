import type {
  ArgInstruction,
  DockerfileDocument,
  EnvInstruction,
  LabelInstruction,
} from "../../documents/dockerfile/model";
import { deleteSpan, type TextEdit } from "../../text/edit";

/** An instruction that is a list of `NAME=value`. */
export type Assigning = EnvInstruction | ArgInstruction | LabelInstruction;

/**
 * Deletes one assignment: with its whole instruction, line break included, where it is the only one.
 * @param index of the assignment in its instruction
 */
export function removeAssignment(
  document: DockerfileDocument,
  instruction: Assigning,
  index: number,
): TextEdit {
  const { assignments, startLine, endLine } = instruction;
  const before = assignments[index - 1];
  const after = assignments[index + 1];
  const own = assignments[index];
  if (own && before) return deleteSpan({ start: before.span.end, end: own.span.end });
  if (own && after) return deleteSpan({ start: own.span.start, end: after.span.start });
  return deleteSpan({ start: document.lines.startOf(startLine), end: document.lines.startOf(endLine + 1) });
}
