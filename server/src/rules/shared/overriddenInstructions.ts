import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Place } from "../../engine/rule";
import { removeInstruction } from "./removeValue";

/** The instructions of which a stage keeps only the last. */
export type OnlyOneCounts = "CMD" | "ENTRYPOINT" | "HEALTHCHECK";

/**
 * Where a later instruction of the same kind in the same stage takes the place of one, and what deletes that. Triggers
 * of ONBUILD count among themselves, since they run in another build.
 */
export function overriddenInstructions(
  document: DockerfileDocument,
  keyword: OnlyOneCounts,
): readonly Place[] {
  const places: Place[] = [];
  const last = new Map<string, Instruction>();
  for (const written of document.instructions) {
    const instruction = written.keyword === "ONBUILD" ? written.trigger : written;
    if (instruction?.keyword !== keyword || instruction.stageIndex < 0) continue;
    const build = `${instruction.stageIndex} ${instruction.onbuild}`;
    const earlier = last.get(build);
    last.set(build, instruction);
    if (earlier !== undefined) places.push(placeOf(document, earlier, instruction, keyword));
  }
  return places;
}

function placeOf(
  document: DockerfileDocument,
  earlier: Instruction,
  later: Instruction,
  keyword: OnlyOneCounts,
): Place {
  const edit = removeInstruction(document, earlier);
  const isCommented = /\n[ \t]*#/.test(document.text.slice(earlier.span.start, earlier.span.end));
  const safety = isCommented ? "unsafe" : "safe";
  return {
    at: earlier.keywordSpan,
    related: [{ span: later.keywordSpan, message: `This ${keyword} takes its place.` }],
    tag: "unnecessary",
    fixes: edit ? [{ title: `Delete this ${keyword}`, safety, edits: [edit] }] : [],
  };
}
