import { usesOf } from "../../documents/dockerfile/imageUses";
import type { DockerfileDocument, ImageUse, Stage } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { replaceSpan } from "../../text/edit";
import { rememberLast } from "../../text/rememberLast";
import { shorten } from "./shorten";
import { instructionsOf } from "./stages";

/**
 * The fix that gives a stage another name, at its FROM and wherever an instruction means it by name. Never safe, as
 * the name may be given to the build (`--target`).
 *
 * @returns none where a use is written with a variable, or belongs to a build of its own (ONBUILD)
 */
export function renameFixes(document: DockerfileDocument, stage: Stage, name: string): readonly Fix[] {
  const { alias } = stage.from;
  if (alias === undefined || alias.text !== alias.value) return [];
  const uses = namedUses(document).get(stage.index) ?? [];
  const old = alias.value.toLowerCase();
  if (uses.some(({ use, onbuild }) => onbuild || use.text.toLowerCase() !== old)) return [];
  const edits = [replaceSpan(alias.span, name), ...uses.map(({ use }) => replaceSpan(use.span, name))];
  return [{ title: `Rename the stage to ${shorten(name)}`, safety: "unsafe", edits }];
}

/** A name for a stage that the document does not hold yet: the wish with a number after it, from `first` on. */
export function freeStageName(document: DockerfileDocument, wish: string, first: number): string | undefined {
  const taken = wordsOf(document);
  for (let number = first; number < first + 100; number++) {
    const name = `${wish}-${number}`;
    if (!taken.has(name)) return name;
  }
  return undefined;
}

/** Whether no other stage has a stage's name. */
export function isOnlyOfItsName(document: DockerfileDocument, { name }: Stage): boolean {
  return name !== undefined && nameCounts(document).get(name.toLowerCase()) === 1;
}

interface StageUse {
  readonly use: ImageUse;
  readonly onbuild: boolean;
}

/** Where stages are meant by their names, by their index: what names one by its number stays right. */
const namedUses = rememberLast((document: DockerfileDocument): ReadonlyMap<number, readonly StageUse[]> => {
  const found = new Map<number, StageUse[]>();
  for (const instruction of instructionsOf(document)) {
    for (const use of usesOf(instruction)) {
      if (use.target.kind !== "stage" || /^\d+$/.test(use.text)) continue;
      const uses = found.get(use.target.index) ?? [];
      found.set(use.target.index, uses);
      uses.push({ use, onbuild: instruction.onbuild });
    }
  }
  return found;
});

const nameCounts = rememberLast((document: DockerfileDocument): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { name } of document.stages) {
    const key = name?.toLowerCase();
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
});

/** Everything in the document that could be a stage's name, in lower case. */
const wordsOf = rememberLast(
  (document: DockerfileDocument): ReadonlySet<string> =>
    new Set(document.text.toLowerCase().match(/[a-z0-9_.-]+/g) ?? []),
);
