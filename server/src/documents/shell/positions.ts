import { type Span, spanOf } from "../../text/span";

/**
 * Where the characters of a script came from: a script may stand in a string of another script, with
 * escapes taken out, so that its offsets are not those of the text around it.
 *
 * `shift`: all offsets move by the same amount. `table`: the offset of each character. `fixed`: only the
 * whole range is known.
 */
export type Positions =
  | { readonly kind: "shift"; readonly by: number }
  | { readonly kind: "table"; readonly offsets: readonly number[] }
  | { readonly kind: "fixed"; readonly span: Span };

export const unmoved: Positions = { kind: "shift", by: 0 };

/** The outer range of the characters from `start` to `end` of a script. */
export function outerSpan(positions: Positions, start: number, end: number): Span {
  switch (positions.kind) {
    case "shift":
      return spanOf(start + positions.by, end + positions.by);
    case "fixed":
      return positions.span;
    case "table": {
      const { offsets } = positions;
      const last = offsets[end - 1];
      const from = offsets[start] ?? (offsets.at(-1) ?? -1) + 1;
      return spanOf(from, last === undefined || end <= start ? from : last + 1);
    }
  }
}

/** A text put together from pieces of a script, each character with its offset there. */
export interface Pieces {
  text: string;
  readonly offsets: number[];
}

/** Adds the characters of `source` from `start` to `end` as they are. */
export function addPiece(pieces: Pieces, source: string, start: number, end: number): void {
  pieces.text += source.slice(start, end);
  for (let at = start; at < end; at += 1) pieces.offsets.push(at);
}

/** What backslash quotes in the body of a heredoc and between backquotes, and between double quotes. */
export const escapableInHeredoc = "$`\\";
export const escapableInDoubleQuotes = `${escapableInHeredoc}"`;

/**
 * Adds the characters of `source` from `start` to `end` without the backslashes that quote: those before one
 * of `escapable`, or before anything where that is `undefined`. A backslash before a line break goes with it.
 */
export function addUnescaped(
  pieces: Pieces,
  source: string,
  start: number,
  end: number,
  escapable: string | undefined,
): void {
  let from = start;
  for (let at = start; at < end - 1; at += 1) {
    if (source[at] !== "\\") continue;
    const next = source[at + 1]!;
    if (next !== "\n" && escapable !== undefined && !escapable.includes(next)) continue;
    addPiece(pieces, source, from, at);
    from = next === "\n" ? at + 2 : at + 1;
    at += 1;
  }
  addPiece(pieces, source, from, end);
}

/** The positions of a text put together from a script that has positions itself. */
export function positionsOf(pieces: Pieces, within: Positions): Positions {
  if (within.kind === "fixed") return within;
  const { offsets } = pieces;
  const first = offsets[0];
  if (first === undefined) return { kind: "table", offsets: [] };
  const outer =
    within.kind === "shift" ? shifted(offsets, within.by) : offsets.map((at) => within.offsets[at]!);
  return outer.at(-1)! - outer[0]! === outer.length - 1
    ? { kind: "shift", by: outer[0]! }
    : { kind: "table", offsets: outer };
}

function shifted(offsets: readonly number[], by: number): readonly number[] {
  return by === 0 ? offsets : offsets.map((at) => at + by);
}

/**
 * The script as the shell gets it. In the shell form of an instruction, where every line break is continued,
 * the builder takes the breaks out before the shell starts, those in quotes and comments included; elsewhere
 * they are the shell's own matter, and only the carriage returns of line ends go.
 */
export function joinedLines(masked: string): Pieces | undefined {
  if (!masked.includes("\n")) return undefined;
  const breaks = continuedBreaks(masked) ?? (masked.includes("\r") ? carriageReturns(masked) : []);
  if (breaks.length === 0) return undefined;
  const pieces: Pieces = { text: "", offsets: [] };
  let from = 0;
  for (const { start, end } of breaks) {
    addPiece(pieces, masked, from, start);
    from = end;
  }
  addPiece(pieces, masked, from, masked.length);
  return pieces;
}

/** The continuations with their line breaks, or `undefined` where some line break is not continued. */
function continuedBreaks(text: string): readonly Span[] | undefined {
  const found: Span[] = [];
  let floor = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    let back = at - 1;
    while (back >= floor && (text[back] === " " || text[back] === "\t" || text[back] === "\r")) back -= 1;
    if (back < floor || text[back] !== "\\") return undefined;
    found.push(spanOf(back, at + 1));
    floor = at + 1;
  }
  return found;
}

function carriageReturns(text: string): readonly Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 2))
    found.push(spanOf(at, at + 1));
  return found;
}
