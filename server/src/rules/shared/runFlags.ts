import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { deleteSpan } from "../../text/edit";
import { withBlanksBefore } from "./words";

/**
 * The fix that takes a flag of RUN, COPY or ADD away with the blanks before it; never safe, since what needs it fails
 * without.
 * @param index of the flag in its instruction
 */
export function flagRemovalFixes(
  document: DockerfileDocument,
  { flags, keywordSpan }: Instruction,
  index: number,
  title: string,
): readonly Fix[] {
  const flag = flags[index];
  const previous = flags[index - 1]?.span ?? keywordSpan;
  const span = flag && withBlanksBefore(document, previous, flag.span);
  return span ? [{ title, safety: "unsafe", edits: [deleteSpan(span)] }] : [];
}
