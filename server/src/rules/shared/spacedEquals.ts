import type { Assignment, DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import { rememberLast } from "../../text/rememberLast";
import { type Span, spanOf } from "../../text/span";
import { instructionsOf } from "./stages";

/** A name of ENV, LABEL or ARG with blanks before the equals sign that should follow it. */
export interface SpacedEquals {
  readonly instruction: Instruction;
  readonly nameSpan: Span;
  /** From the end of the name to where the value would begin. */
  readonly gap: Span;
}

/** Every such place: the builder takes the equals sign for a part of the value, or refuses the line. */
export const spacedEquals: (document: DockerfileDocument) => readonly SpacedEquals[] = rememberLast(
  (document: DockerfileDocument) =>
    instructionsOf(document).flatMap((instruction) =>
      instruction.keyword === "ENV" || instruction.keyword === "LABEL" || instruction.keyword === "ARG"
        ? instruction.assignments.flatMap((assignment) => spacedIn(document, instruction, assignment) ?? [])
        : [],
    ),
);

const equals = /[ \t]{1,200}=[ \t]{0,200}/y;

function spacedIn(
  { text }: DockerfileDocument,
  instruction: Instruction,
  { nameSpan }: Assignment,
): SpacedEquals | undefined {
  if (nameSpan.end === nameSpan.start) return undefined;
  equals.lastIndex = nameSpan.end;
  const match = equals.exec(text);
  if (match === null || nameSpan.end + match[0].length > instruction.span.end) return undefined;
  return { instruction, nameSpan, gap: spanOf(nameSpan.end, nameSpan.end + match[0].length) };
}
