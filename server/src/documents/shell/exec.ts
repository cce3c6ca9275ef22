import { type Span, spanOf } from "../../text/span";
import {
  addCommand,
  enterNestedScripts,
  type Reading,
  type Root,
  type TextsOfCommand,
  topPlace,
} from "./commands";
import type { ShellWord } from "./model";
import { addPiece, unmoved } from "./positions";

/** A string of an exec form. */
export interface ExecString {
  readonly value: string;
  /** With its quotes; a plain scalar has none. */
  readonly span: Span;
}

/** The strings of an exec form in a row, one a line. */
export interface ExecRoot extends Root {
  readonly text: string;
  /** Where each string starts in `text`. */
  readonly starts: readonly number[];
}

export function rootOfExec(args: readonly ExecString[]): ExecRoot {
  const starts: number[] = [];
  let length = 0;
  for (const { value } of args) {
    starts.push(length);
    length += value.length + 1;
  }
  return {
    text: args.map(({ value }) => value).join("\n"),
    starts,
    isExact: (start) => {
      const at = indexAt(starts, start);
      return args[at] !== undefined && contentStart(args[at]) !== undefined;
    },
    spanOf: (start, end) => {
      const at = indexAt(starts, start);
      const arg = args[at]!;
      const content = contentStart(arg);
      if (content === undefined) return arg.span;
      const shift = content - starts[at]!;
      return spanOf(start + shift, end + shift);
    },
  };
}

/** Adds the command that an exec form names, and finds the scripts that it runs. */
export function addExecCommand(
  reading: Reading,
  root: ExecRoot,
  args: readonly ExecString[],
  enter: TextsOfCommand["enter"],
): void {
  const words = args.map(wordOfString);
  const [name, ...rest] = words;
  if (name === undefined) return;
  const command = addCommand(reading, topPlace, {
    span: spanOf(name.span.start, words.at(-1)!.span.end),
    name,
    arguments: rest,
    assignments: [],
    redirections: [],
  });
  enterNestedScripts(reading, { text: root.text, positions: unmoved, depth: 0 }, command, topPlace, () => {
    const indexes = new Map(words.map((word, at) => [word, at]));
    return {
      addWord: (pieces, word) => {
        const at = indexes.get(word)!;
        const start = root.starts[at]!;
        addPiece(pieces, root.text, start, start + args[at]!.value.length);
        return true;
      },
      addBody: () => false,
      enter,
    };
  });
}

function wordOfString(arg: ExecString): ShellWord {
  const { value, span } = arg;
  const content = contentStart(arg);
  return {
    span,
    text: content === span.start ? value : content === undefined ? JSON.stringify(value) : `"${value}"`,
    value,
    literalPrefix: value,
    quoted: content !== span.start,
    exact: false,
    variables: [],
  };
}

/**
 * Where the characters of a string start in the document, if it has no escapes: an escape, of JSON as of YAML,
 * is always longer than what it stands for.
 */
function contentStart({ value, span }: ExecString): number | undefined {
  const width = span.end - span.start;
  if (width === value.length) return span.start;
  return width === value.length + 2 ? span.start + 1 : undefined;
}

/** The index of the string that an offset of the root's text lies in. */
function indexAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
