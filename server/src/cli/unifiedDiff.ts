import { type DiffLine, diffLines } from "../text/lineDiff";

/** Unchanged lines shown around a change. */
const context = 3;

/**
 * The difference of two texts as `patch` and `git apply` read it.
 * @param path as the patch names it, with `/`
 * @param before `undefined` for a file that is made
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  const lines = diffLines(before ?? "", after);
  const hunks = hunksOf(lines);
  if (hunks.length === 0) return "";
  const from = before === undefined ? "/dev/null" : quoted(`a/${path}`);
  return `--- ${from}\n+++ ${quoted(`b/${path}`)}\n${hunks.map((hunk) => hunkText(lines, hunk)).join("")}`;
}

/** A half-open range of the comparison. */
interface Hunk {
  readonly from: number;
  to: number;
}

function hunksOf(lines: readonly DiffLine[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.change === "same") continue;
    const last = hunks.at(-1);
    const to = Math.min(lines.length, index + 1 + context);
    if (last !== undefined && index - context <= last.to) last.to = to;
    else hunks.push({ from: Math.max(0, index - context), to });
  }
  return hunks;
}

function hunkText(lines: readonly DiffLine[], { from, to }: Hunk): string {
  const before = lines.slice(0, from);
  const shown = lines.slice(from, to);
  const old = header(count(before, "added"), count(shown, "added"));
  const now = header(count(before, "removed"), count(shown, "removed"));
  return `@@ -${old} +${now} @@\n${shown.map(lineText).join("")}`;
}

/** Lines of one side: all but those that only the other side has. */
function count(lines: readonly DiffLine[], other: "added" | "removed"): number {
  return lines.filter((line) => line.change !== other).length;
}

/** A range without lines is named by the line before it. */
function header(skipped: number, length: number): string {
  const start = length === 0 ? skipped : skipped + 1;
  return length === 1 ? `${start}` : `${start},${length}`;
}

function lineText({ change, text }: DiffLine): string {
  const sign = change === "same" ? " " : change === "added" ? "+" : "-";
  return text.endsWith("\n") ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`;
}

/** A name with a control character, a quote or a backslash is quoted as Git does, so that no line is forged. */
function quoted(path: string): string {
  if (!/[\u0000-\u001f\u007f"\\]/.test(path)) return path;
  const escaped = path.replace(/[\u0000-\u001f\u007f"\\]/g, (char) =>
    char === '"' || char === "\\" ? `\\${char}` : `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return `"${escaped}"`;
}
