import type { DockerfileDocument, Instruction, PlainInstruction } from "../../documents/dockerfile/model";
import { deleteSpan, type TextEdit } from "../../text/edit";
import type { Span } from "../../text/span";

/**
 * Deletes one value of EXPOSE or VOLUME, in either form: with its whole instruction where it is the only one.
 * @param index of the value in its instruction
 * @returns undefined where a comment or another instruction's text would go with it
 */
export function removeValue(
  document: DockerfileDocument,
  instruction: PlainInstruction,
  index: number,
): TextEdit | undefined {
  const own = instruction.values[index]?.span;
  if (own === undefined) return undefined;
  const before = instruction.values[index - 1]?.span;
  const after = instruction.values[index + 1]?.span;
  if (before) return removal(document, { start: before.end, end: own.end }, before.end, own.start);
  if (after) return removal(document, { start: own.start, end: after.start }, own.end, after.start);
  return removeInstruction(document, instruction);
}

/** Deletes the lines of an instruction, with the ONBUILD before it. */
export function removeInstruction(
  { lines, text }: DockerfileDocument,
  { span, startLine, endLine }: Instruction,
): TextEdit | undefined {
  const start = lines.startOf(startLine);
  if (!/^\s*(?:onbuild\s+)?$/i.test(text.slice(start, span.start))) return undefined;
  return deleteSpan({ start, end: lines.startOf(endLine + 1) });
}

/** Deletes a span where nothing but blanks, continuations and JSON's commas stand in its gap. */
function removal(
  { text }: DockerfileDocument,
  span: Span,
  gapStart: number,
  gapEnd: number,
): TextEdit | undefined {
  return /^[\s\\`,]*$/.test(text.slice(gapStart, gapEnd)) ? deleteSpan(span) : undefined;
}
