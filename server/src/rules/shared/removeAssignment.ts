import type {
  ArgInstruction,
  Assignment,
  DockerfileDocument,
  EnvInstruction,
  LabelInstruction,
} from "../../documents/dockerfile/model";
import { deleteSpan, type TextEdit } from "../../text/edit";

/** Deletes one assignment: with its whole instruction, line break included, where it is the only one. */
export function removeAssignment(
  document: DockerfileDocument,
  instruction: EnvInstruction | ArgInstruction | LabelInstruction,
  assignment: Assignment,
): TextEdit {
  const { assignments, startLine, endLine } = instruction;
  const index = assignments.indexOf(assignment);
  const before = assignments[index - 1];
  if (before) return deleteSpan({ start: before.span.end, end: assignment.span.end });
  const after = assignments[index + 1];
  if (after) return deleteSpan({ start: assignment.span.start, end: after.span.start });
  return deleteSpan({ start: document.lines.startOf(startLine), end: document.lines.startOf(endLine + 1) });
}
