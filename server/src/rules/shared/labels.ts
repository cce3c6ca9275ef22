import type { Assignment, DockerfileDocument, LabelInstruction } from "../../documents/dockerfile/model";
import { knownLabels, type LabelType, labelTypes } from "./labelTypes";
import { instructionsOf, stateBefore } from "./stages";

/** A label and the instruction that sets it. */
export interface Label {
  readonly instruction: LabelInstruction;
  readonly pair: Assignment;
}

/** Every label that a document sets, triggers of ONBUILD included. */
export function labelsOf(document: DockerfileDocument): readonly Label[] {
  return instructionsOf(document).flatMap((instruction) =>
    instruction.keyword === "LABEL" ? instruction.assignments.map((pair) => ({ instruction, pair })) : [],
  );
}

/** What an entry of the option says: `key`, or `key:type`. An unknown type counts as text. */
export function requiredLabels(entries: readonly string[]): ReadonlyMap<string, LabelType> {
  return new Map(
    entries.map((entry): [string, LabelType] => {
      const colon = entry.lastIndexOf(":");
      if (colon < 0) return [entry.trim(), knownLabels.get(entry.trim()) ?? "text"];
      return [entry.slice(0, colon).trim(), labelTypes.get(entry.slice(colon + 1).trim()) ?? "text"];
    }),
  );
}

export type KeyFault = "form" | "reserved";

/**
 * What is wrong with a label's key by Docker's guidelines
 * (https://docs.docker.com/engine/manage-resources/labels/): small letters, digits, single dots and hyphens, a letter
 * first, and no name in the spaces that Docker keeps for itself. Keys with variables that the file sets are left alone.
 */
export function keyFault(document: DockerfileDocument, { instruction, pair }: Label): KeyFault | undefined {
  const { name } = pair;
  if (name === "" || usesVariable(document, instruction, name)) return undefined;
  if (!/^[a-z](?:[a-z0-9.-]*[a-z0-9])?$/.test(name) || /\.\.|--/.test(name)) return "form";
  return isReserved(name) ? "reserved" : undefined;
}

function usesVariable(document: DockerfileDocument, instruction: LabelInstruction, name: string): boolean {
  const used = /\$\{?(\w{1,200})/.exec(name)?.[1];
  if (used === undefined) return false;
  return instruction.onbuild || stateBefore(document, instruction)?.environment.has(used) === true;
}

/** Docker's own extensions to Docker Desktop must have labels in its name space. */
function isReserved(name: string): boolean {
  return (
    /^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(name) &&
    !/^com\.docker\.(?:desktop\.)?extension\./.test(name)
  );
}
