import { counted } from "../summary";
import type { Compliance, ItemState } from "./evaluate";

/** The states in the order in which a reader wants to see them, each with its words. */
export const stateWords: Readonly<Record<ItemState, readonly [sign: string, words: string]>> = {
  fail: ["✕", "fail"],
  notChecked: ["?", "not checked"],
  accepted: ["≈", "accepted"],
  pass: ["✓", "pass"],
  cannotTell: ["·", "cannot be seen in a file"],
  notApplicable: ["–", "not applicable"],
};

export const itemStates = Object.keys(stateWords) as readonly ItemState[];

/** What it came to, in one sentence. */
export function complianceSentence({ items, result }: Compliance): string {
  const parts = itemStates.flatMap((state) => {
    const count = items.filter((item) => item.state === state).length;
    return count === 0 ? [] : [`${count} ${stateWords[state][1]}`];
  });
  return `${counted(items.length, "item")} against ${counted(result.summary.checked, "file")}: ${parts.join(", ")}.`;
}
