import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { containsSpan, type Span } from "../../text/span";
import { removeAssignment } from "./removeAssignment";
import { shorten } from "./shorten";
import { lastStartingBefore } from "./spanIndex";
import { instructionsOf } from "./stages";

/** Gives, for a span, the fix that deletes the ENV, ARG or LABEL entry whose value holds it; none where it stands elsewhere. */
export function enclosingDeletions(document: DockerfileDocument): (span: Span) => readonly Fix[] {
  let known: ReturnType<typeof entriesOf> | undefined;
  return (span) => {
    known ??= entriesOf(document);
    const entries = known;
    const entry = entries[lastStartingBefore(entries, span.start + 1)];
    if (entry === undefined || !containsSpan(entry, span)) return [];
    const edits = [removeAssignment(document, entry.instruction, entry.index)];
    return [{ title: `Delete ${shorten(entry.name)}`, safety: "unsafe", edits }];
  };
}

function entriesOf(document: DockerfileDocument) {
  return instructionsOf(document).flatMap((instruction) =>
    instruction.keyword === "ENV" || instruction.keyword === "ARG" || instruction.keyword === "LABEL"
      ? instruction.assignments.map(({ name, valueSpan }, index) => ({
          ...valueSpan,
          instruction,
          name,
          index,
        }))
      : [],
  );
}
