import { usesOf } from "../../documents/dockerfile/imageUses";
import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { instructionsOf } from "./stages";

/**
 * Changes how a stage's name is cased, together with the places that use it: Docker's builder takes any case, Buildah
 * only the same one.
 *
 * @param name the same name in other letters
 * @returns nothing where a place is not written plainly
 */
export function recaseStageEdits(
  document: DockerfileDocument,
  { index, from }: Stage,
  name: string,
): readonly TextEdit[] {
  const uses = instructionsOf(document)
    .flatMap(usesOf)
    .filter(
      ({ target, text }) =>
        target.kind === "stage" && target.index === index && text.toLowerCase() === name.toLowerCase(),
    );
  const spans = [...(from.alias ? [from.alias] : []), ...uses].map(({ span }) => span);
  return spans.every(({ start, end }) => end - start === name.length)
    ? spans.map((span) => replaceSpan(span, name))
    : [];
}
