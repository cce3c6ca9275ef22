import { applyEdits, type TextEdit } from "../../server/src/text/edit";
import type { Dice } from "./dice";
import { composeText } from "./grammars/compose";
import { dockerfileText } from "./grammars/dockerfile";
import { knownLines, knownTexts } from "./grammars/examples";
import {
  commandFormats,
  commandsText,
  configurationText,
  daemonText,
  dockerignoreText,
} from "./grammars/otherFiles";
import type { TextInput, TextTarget } from "./input";
import { mutated, randomEdit } from "./mutate";

export const textTargets: readonly TextTarget[] = [
  "dockerfile",
  "compose",
  "daemon",
  "dockerignore",
  "configuration",
  "commands",
];

/** A text by the grammar of its kind, or a known one, each often after some edits; then edits one by one. */
export function makeTextInput(dice: Dice, target: TextTarget): TextInput {
  const format = target === "commands" ? dice.pick(commandFormats) : undefined;
  const lines = knownLines(target);
  const known = target === "dockerignore" || dice.once(2) ? undefined : dice.pick(knownTexts(target));
  const plain = known ?? grammarText(dice, target, format);
  const text = known !== undefined || dice.once(3) ? mutated(dice, plain, lines) : plain;
  const edits: TextEdit[] = [];
  let edited = text;
  for (let left = dice.once(2) ? dice.below(5) : 0; left > 0; left--) {
    const edit = randomEdit(dice, edited, lines);
    edits.push(edit);
    edited = applyEdits(edited, [edit]);
  }
  return { target, ...(format !== undefined && { format }), text, edits };
}

function grammarText(dice: Dice, target: TextTarget, format: TextInput["format"]): string {
  switch (target) {
    case "dockerfile":
      return dockerfileText(dice);
    case "compose":
      return composeText(dice);
    case "daemon":
      return daemonText(dice);
    case "dockerignore":
      return dockerignoreText(dice);
    case "configuration":
      return configurationText(dice);
    default:
      return commandsText(dice, format ?? "shell");
  }
}
