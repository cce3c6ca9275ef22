import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { maxLabelKey } from "../../ruleLimits";
import { insertAt, replaceSpan } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { trimmedEnd } from "../../text/trimmed";
import { changed, fillIn } from "./fillIn";
import { type Label, labelsOf } from "./labels";
import { removeAssignment } from "./removeAssignment";
import { shorten } from "./shorten";

/** The key in small letters, with a hyphen for what a key cannot hold; none where another label has that key. */
export function keyFixes(document: DockerfileDocument, { instruction, pair }: Label): readonly Fix[] {
  const { name, nameSpan } = pair;
  if (document.text.slice(nameSpan.start, nameSpan.end) !== name || name.length > maxLabelKey) return [];
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/^[^a-z]+/, "");
  const key = trimmedEnd(plain, (character) => character === "-" || character === ".");
  const isTaken = labelsOf(document).some(
    (other) => other.pair.name === key && other.instruction.stageIndex === instruction.stageIndex,
  );
  return key === "" || isTaken ? [] : changed("Write the key in small letters", [replaceSpan(nameSpan, key)]);
}

export function withoutLabel(document: DockerfileDocument, { instruction, pair }: Label): readonly Fix[] {
  const index = instruction.assignments.indexOf(pair);
  if (instruction.legacy || instruction.onbuild) return [];
  return changed("Delete the label", [removeAssignment(document, instruction, index)]);
}

/** The label with a value to be filled in, at the beginning of a stage. */
export function labelFixes(document: DockerfileDocument, { from }: Stage, key: string): readonly Fix[] {
  if (!/^[\w./-]{1,200}$/.test(key)) return [];
  const label = `${lineBreakOf(document.text)}LABEL ${key}="VALUE"`;
  return fillIn(`Add the label ${shorten(key)}`, ["VALUE"], insertAt(from.span.end, label));
}
