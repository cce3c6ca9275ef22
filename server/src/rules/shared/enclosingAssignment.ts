import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { containsSpan, type Span } from "../../text/span";
import { removeAssignment } from "./removeAssignment";
import { shorten } from "./shorten";
import { instructionsOf } from "./stages";

/** Deletes the ENV, ARG or LABEL entry whose value holds a span; nothing where it stands elsewhere. */
export function deleteEnclosingAssignment(document: DockerfileDocument, span: Span): readonly Fix[] {
  for (const instruction of instructionsOf(document)) {
    const { keyword } = instruction;
    if (keyword !== "ENV" && keyword !== "ARG" && keyword !== "LABEL") continue;
    const assignment = instruction.assignments.find(({ valueSpan }) => containsSpan(valueSpan, span));
    if (assignment === undefined) continue;
    const edits = [removeAssignment(document, instruction, assignment)];
    return [{ title: `Delete ${shorten(assignment.name)}`, safety: "unsafe", edits }];
  }
  return [];
}
