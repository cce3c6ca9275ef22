import { longestExcerptLine, mostExcerptLines } from "../shown";
import type { Lines } from "../text/lines";
import type { Span } from "../text/span";
import { showFilled } from "./mask";
import type { Excerpt, ExcerptLine } from "./result";

/** Lines shown before and after a finding, and the most of its own. */
const around = 2;

const beforeMark = 40;

/**
 * Shows the lines around spans of one text.
 * @param filled the text with secrets filled in by `fillSecrets`
 * @param lines of the text, which are those of the filled one too
 */
export function excerptsOf(filled: string, lines: Lines): (span: Span) => Excerpt {
  // Findings stand close together, so that most lines are shown around several of them.
  const unmarked = new Map<number, ExcerptLine>();
  const shown = (line: number, span: Span | undefined): ExcerptLine => {
    const { start, end } = lines.contentOf(line);
    return excerptLine(filled.slice(start, end), start, span);
  };
  const beside = (line: number): ExcerptLine => {
    const known = unmarked.get(line) ?? shown(line, undefined);
    unmarked.set(line, known);
    return known;
  };
  return (span) => {
    const first = lines.at(span.start).line;
    const last = Math.min(lines.at(Math.max(span.start, span.end - 1)).line, first + mostExcerptLines - 1);
    const from = Math.max(0, first - around);
    const to = Math.min(lines.count - 1, last + around);
    const result: ExcerptLine[] = [];
    for (let line = from; line <= to; line++)
      result.push(line >= first && line <= last ? shown(line, span) : beside(line));
    // The empty line after a file's last line break is no line to a reader.
    if (to > last && result.at(-1)?.text === "") result.pop();
    return { firstLine: from + 1, lines: result };
  };
}

function excerptLine(text: string, start: number, span: Span | undefined): ExcerptLine {
  if (span === undefined) return { text: cut(showFilled(text), 0) };
  // A finding over several lines begins, on all but its first, where the text does.
  const indent = text.length - text.trimStart().length;
  const markFrom = clamp(Math.max(span.start - start, span.start < start ? indent : 0), text.length);
  const markTo = clamp(span.end - start, text.length);
  const shown = showFilled(text);
  const from = showFilled(text.slice(0, markFrom)).length;
  const to = Math.max(from, showFilled(text.slice(0, Math.max(markFrom, markTo))).length);
  const skipped = shown.length > longestExcerptLine ? Math.max(0, from - beforeMark) : 0;
  const shift = skipped > 0 ? 1 - skipped : 0;
  const visible = cut(shown, skipped);
  return { text: visible, mark: { from: from + shift, to: Math.min(to + shift, visible.length) } };
}

function cut(text: string, skipped: number): string {
  const head = skipped > 0 ? "…" : "";
  return text.length - skipped > longestExcerptLine
    ? `${head}${text.slice(skipped, skipped + longestExcerptLine)}…`
    : head + text.slice(skipped);
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
