import type { TextEdit } from "./edit";
import { diffLines } from "./lineDiff";

/**
 * The edits that turn one text into another: one for each run of changed lines, cut down to what differs, so that
 * cursors, folds and breakpoints elsewhere stay.
 */
export function editsBetween(before: string, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let removed = "";
  let added = "";
  const flush = (): void => {
    if (removed !== added) edits.push(trimmed(at - removed.length, removed, added));
    removed = "";
    added = "";
  };
  for (const line of diffLines(before, after)) {
    if (line.change === "same") flush();
    if (line.change === "removed") removed += line.text;
    if (line.change === "added") added += line.text;
    if (line.change !== "added") at += line.text.length;
  }
  flush();
  return edits;
}

function trimmed(start: number, removed: string, added: string): TextEdit {
  const shorter = Math.min(removed.length, added.length);
  let head = 0;
  while (head < shorter && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < shorter - head && removed[removed.length - 1 - tail] === added[added.length - 1 - tail])
    tail++;
  return {
    start: start + head,
    end: start + removed.length - tail,
    text: added.slice(head, added.length - tail),
  };
}
