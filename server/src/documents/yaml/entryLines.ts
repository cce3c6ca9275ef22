/** Where the lines of the entries of a block map begin. */
export interface EntryLines {
  /** The offset of each entry's first line, in order. */
  readonly starts: readonly number[];
  /** How many blanks stand before each entry. */
  readonly column: number;
  /** How many blanks stand before the line that is furthest left: fewer than before the entries where one is indented wrongly. */
  readonly leftmost: number;
}

/**
 * Divides lines into those of the entries of a block map by their indentation alone, so that it can be told of a text
 * with syntax errors, too. What belongs to an entry is further right than its first line: a scalar of several lines and a
 * collection in brackets end where a line is not. Time is linear.
 * @param from the offset of a line, and `to` where the lines end, in UTF-16 units
 * @returns `undefined` where they do not begin with an entry, or where which map they belong to cannot be told
 */
export function entryLinesOf(text: string, from: number, to: number): EntryLines | undefined {
  const starts: number[] = [];
  let column = -1;
  let leftmost = -1;
  let opensMap = false;
  for (let start = from; start < to; ) {
    const lineBreak = text.indexOf("\n", start);
    const end = lineBreak < 0 || lineBreak >= to ? to : lineBreak;
    const at = afterBlanks(text, start, end);
    const kind = kindOf(text, at, end);
    if (kind === "entry" || (kind === "further" && column < 0)) {
      if (column < 0) {
        if (kind === "further" || !isPlainKey(text[at]!)) return undefined;
        column = at - start;
        leftmost = column;
      }
      // The entry would be the value of the key further left, or a value without its key.
      if (at - start <= column && (opensMap || isIndicator(text, at, end, "?:"))) return undefined;
      if (at - start === column) starts.push(start);
      leftmost = Math.min(leftmost, at - start);
      opensMap = at - start < column && text.slice(at, end).trimEnd().endsWith(":");
    }
    start = end + 1;
  }
  return column < 0 ? undefined : { starts, column, leftmost };
}

function afterBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === " ") at++;
  return at;
}

/** `further`: what belongs to the entry above wherever it stands, such as a bracket that closes. */
function kindOf(text: string, at: number, end: number): "entry" | "further" | "nothing" {
  const first = text[at];
  if (at >= end || first === "#") return "nothing";
  if ((first === "\r" || first === "\t") && text.slice(at, end).trim() === "") return "nothing";
  if (first === "]" || first === "}" || first === "\t") return "further";
  return isIndicator(text, at, end, "-") ? "further" : "entry";
}

/** Whether a line begins with one of some characters alone, which then says what follows it. */
function isIndicator(text: string, at: number, end: number, characters: string): boolean {
  return characters.includes(text[at]!) && (at + 1 >= end || /\s/.test(text[at + 1]!));
}

/** Whether a map that begins with it has neither brackets nor an anchor nor a tag. */
function isPlainKey(first: string): boolean {
  return !"&!|>[{%@`,".includes(first);
}
