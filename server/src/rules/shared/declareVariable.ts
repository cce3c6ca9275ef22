import type { Assignment, DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { insertAt, replaceSpan } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { rememberLast } from "../../text/rememberLast";
import type { Span } from "../../text/span";
import { shorten } from "./shorten";

/** Where the stages of a file give a variable a value, or declare it: the first place of each name. */
export const assignedInStages = rememberLast(
  (stages: DockerfileDocument["stages"]): ReadonlyMap<string, Assignment> => {
    const found = new Map<string, Assignment>();
    for (const { instructions } of stages) {
      for (const one of instructions) {
        if (one.keyword !== "ARG" && one.keyword !== "ENV") continue;
        for (const assignment of one.assignments)
          if (!found.has(assignment.name)) found.set(assignment.name, assignment);
      }
    }
    return found;
  },
);

/** The names that are declared before the first FROM. */
export const globalArgNames = rememberLast(
  (globalArgs: DockerfileDocument["globalArgs"]): ReadonlySet<string> =>
    new Set(globalArgs.flatMap(({ assignments }) => assignments.map(({ name }) => name))),
);

/** The fix that writes another name. Never safe: it is a guess. */
export function correctionFixes(span: Span, meant: string | undefined): readonly Fix[] {
  if (meant === undefined) return [];
  return [{ title: `Write ${shorten(meant)}`, safety: "unsafe", edits: [replaceSpan(span, meant)] }];
}

/**
 * The fix that declares a variable in a line of its own above an instruction. Never safe: it changes what is built.
 * @param model where the variable has a value elsewhere: a plain one becomes the default
 */
export function declarationFixes(
  document: DockerfileDocument,
  name: string,
  above: Instruction,
  model: Assignment | undefined,
): readonly Fix[] {
  const value = model?.expanded?.state === "known" ? model.expanded.value : "";
  const declared = /^[\w./:@-]{1,200}$/.test(value) ? `${name}=${value}` : name;
  const { start } = above.span;
  if (document.lines.at(start).column !== 0) return [];
  const edits = [insertAt(start, `ARG ${declared}${lineBreakOf(document.text)}`)];
  return [{ title: `Declare ${shorten(name)} above`, safety: "unsafe", edits }];
}
