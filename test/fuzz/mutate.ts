import type { TextEdit } from "../../server/src/text/edit";
import { applyEdits } from "../../server/src/text/edit";
import type { Dice } from "./dice";

/** What a keyboard, a merge or a bad copy puts into a text. */
const pieces = [
  ...[
    "\\",
    '"',
    "'",
    "`",
    "$",
    "${",
    "$(",
    "<<EOF",
    "\n",
    "\r",
    "\r\n",
    "\\\n",
    "\\ \n",
    " ",
    "\t",
    "\0",
    "#",
    "# ",
  ],
  ...[
    "&a ",
    "*a",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "<<: ",
    "? ",
    "| ",
    "---\n",
    "!reset ",
    ",",
    "=",
    "-",
    "--",
    "/",
    "..",
  ],
  ...[
    "\u2028",
    "\u00a0",
    "\u202e",
    "\ufeff",
    "😀",
    "\ud83d",
    "é",
    "\u0085",
    "\v",
    "USER root\n",
    "FROM x AS y\n",
    "&& ",
    "| sh",
    "@",
    "%",
  ],
];

/** One edit somewhere in a text: something cut, doubled, swapped or typed. */
export function randomEdit(dice: Dice, text: string, lines: readonly string[]): TextEdit {
  const start = dice.below(text.length + 1);
  const end = dice.once(3) ? start : Math.min(text.length, start + dice.below(dice.pick([2, 8, 60])));
  switch (dice.below(6)) {
    case 0:
      return { start, end, text: "" };
    case 1: {
      const from = dice.below(text.length + 1);
      return { start, end, text: text.slice(from, from + dice.below(80)) };
    }
    case 2:
      return { start, end: start, text: `\n${dice.pick(lines)}\n` };
    default:
      return { start, end, text: dice.some(1, 2, () => dice.pick(pieces)).join("") };
  }
}

/** A text after up to eight edits. */
export function mutated(dice: Dice, text: string, lines: readonly string[]): string {
  let result = text;
  for (let left = dice.below(8); left >= 0; left--)
    result = applyEdits(result, [randomEdit(dice, result, lines)]);
  return result;
}
