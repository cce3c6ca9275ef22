import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import { insertAt, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";

/**
 * Inserts instructions where the final stage has built everything and has not yet said what to start: above its
 * CMD or ENTRYPOINT and the comments that belong to it, or at the stage's end.
 *
 * @returns undefined where the text there is still half typed
 */
export function insertBeforeCommand(
  document: DockerfileDocument,
  added: readonly string[],
): TextEdit | undefined {
  const instructions = document.finalStage?.instructions ?? [];
  const last = instructions[instructions.length - 1];
  if (last === undefined) return undefined;
  const lineBreak = lineBreakOf(document.text);
  const built = instructions.findLastIndex(builds);
  const start = instructions.findIndex((instruction, i) => i > built && startsProgram(instruction));
  if (start > 0) {
    const place = startWithComments(document, instructions[start]!, instructions[start - 1]!);
    return insertAt(place, added.map((text) => text + lineBreak).join(""));
  }
  const isOpen =
    document.text.slice(last.span.end).trimStart().startsWith(document.escape) ||
    last.heredocs.some((heredoc) => !heredoc.terminated);
  return isOpen ? undefined : insertAt(last.span.end, added.map((text) => lineBreak + text).join(""));
}

function builds({ keyword }: Instruction): boolean {
  return (
    keyword === "RUN" || keyword === "COPY" || keyword === "ADD" || keyword === "USER" || keyword === "FROM"
  );
}

function startsProgram({ keyword }: Instruction): boolean {
  return keyword === "CMD" || keyword === "ENTRYPOINT";
}

/** Where the line of an instruction begins, or that of the first of the comments directly above it. */
export function startWithComments(
  document: DockerfileDocument,
  instruction: Instruction,
  previous: Instruction,
): number {
  const { comments } = document;
  let line = instruction.startLine;
  // Comments stand in order, so that those above come last first.
  for (let at = comments.length - 1; at >= 0 && line - 1 > previous.endLine; at--) {
    const comment = comments[at]!;
    if (comment.line < line - 1) break;
    if (comment.line === line - 1 && comment.ownLine) line--;
  }
  return document.lines.startOf(line);
}
