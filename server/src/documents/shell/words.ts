import { continuation, isExact, type Reading, type Source, spanOfNode } from "./commands";
import type { ShellAssignment, ShellWord } from "./model";
import {
  addPiece,
  addUnescaped,
  escapableInDoubleQuotes,
  escapableInHeredoc,
  type Pieces,
} from "./positions";

/** What the parser's words and their parts have in common. Offsets are those of the parsed text. */
export interface WordNode {
  readonly type: string;
  readonly pos: number;
  readonly end: number;
  readonly text?: string;
  readonly value?: string;
  /** Absent for a word without quotes, expansions and patterns. */
  readonly parts?: readonly WordNode[] | undefined;
}

type WordText = Pick<ShellWord, "value" | "literalPrefix" | "quoted">;

/** The model of a word without quotes, expansions and patterns: most words are. */
export function plainWordOf(reading: Reading, source: Source, node: WordNode): ShellWord {
  const value = node.value ?? "";
  return {
    span: spanOfNode(reading, source, node),
    text: joinedText(source, node),
    value,
    literalPrefix: value,
    quoted: false,
    exact: isExact(reading, source, node.pos, node.end),
    variables: noVariables,
  };
}

/** One list for all: most words have none. */
const noVariables: readonly string[] = [];

/**
 * The model of a word with parts.
 *
 * @param variables The list that `onExpansion` fills.
 * @param onExpansion Called for each expansion and substitution.
 */
export function wordOf(
  reading: Reading,
  source: Source,
  node: WordNode,
  variables: readonly string[],
  onExpansion: (part: WordNode) => void,
): ShellWord {
  const { value, literalPrefix, quoted } = readWordText(node, onExpansion);
  return {
    span: spanOfNode(reading, source, node),
    text: joinedText(source, node),
    value,
    literalPrefix,
    quoted,
    exact: isExact(reading, source, node.pos, node.end),
    variables,
  };
}

/** `NAME=value` as an argument of `export` and the like. */
export function wordOfAssignment(
  source: Source,
  node: Pick<WordNode, "pos" | "end"> & { readonly append: boolean | undefined },
  { name, span, value }: ShellAssignment,
): ShellWord {
  const before = `${name}${node.append ? "+=" : "="}`;
  return {
    span,
    text: joinedText(source, node),
    value: value?.value === undefined ? undefined : before + value.value,
    literalPrefix: before + (value?.literalPrefix ?? ""),
    quoted: value?.quoted ?? false,
    exact: value?.exact ?? false,
    variables: value?.variables ?? [],
  };
}

/** The `EOF` of `<<EOF`. */
export function wordOfDelimiter(
  reading: Reading,
  source: Source,
  node: Pick<WordNode, "pos" | "end"> & {
    readonly text: string;
    readonly value: string;
    readonly quoted: boolean;
  },
): ShellWord {
  const { text, value, quoted } = node;
  const exact = isExact(reading, source, node.pos, node.end);
  return {
    span: spanOfNode(reading, source, node),
    text,
    value,
    literalPrefix: value,
    quoted,
    exact,
    variables: [],
  };
}

function joinedText(source: Source, { pos, end }: Pick<WordNode, "pos" | "end">): string {
  const text = source.text.slice(pos, end);
  return text.includes(continuation) ? text.replaceAll(continuation, "") : text;
}

/** What a word says. Patterns and braces count as text: `*.txt` is known. */
function readWordText(node: WordNode, onExpansion: (part: WordNode) => void): WordText {
  const state = { prefix: "", known: true, quoted: false };
  readParts(node.parts ?? [], state, onExpansion);
  return { value: state.known ? state.prefix : undefined, literalPrefix: state.prefix, quoted: state.quoted };
}

interface PartsState {
  prefix: string;
  known: boolean;
  quoted: boolean;
}

function readParts(
  parts: readonly WordNode[],
  state: PartsState,
  onExpansion: (part: WordNode) => void,
): void {
  for (const part of parts) {
    switch (part.type) {
      case "SingleQuoted":
      case "AnsiCQuoted":
        state.quoted = true;
        if (state.known) state.prefix += part.value ?? "";
        break;
      case "Literal":
        if (state.known) state.prefix += part.value ?? "";
        break;
      case "DoubleQuoted":
      case "LocaleString":
        state.quoted = true;
        readParts(part.parts ?? [], state, onExpansion);
        break;
      case "Glob":
      case "BraceExpansion":
      case "ExtendedGlob":
        readPattern(part, state, onExpansion);
        break;
      default:
        state.known = false;
        onExpansion(part);
    }
  }
}

/** A pattern is taken as written, unless something in it expands. */
function readPattern(part: WordNode, state: PartsState, onExpansion: (part: WordNode) => void): void {
  const inner: PartsState = { prefix: "", known: true, quoted: false };
  readParts(part.parts ?? [], inner, onExpansion);
  if (!inner.known) state.known = false;
  if (state.known) state.prefix += part.text ?? "";
}

/**
 * Adds a word as its program gets it: quotes and escapes taken out, expansions kept as they are written.
 *
 * @returns Whether the word holds text that can be placed; not so where it is one expansion, or has `$'…'` with escapes.
 */
export function addWord(pieces: Pieces, source: string, node: WordNode): boolean {
  if (node.parts === undefined) {
    addUnescaped(pieces, source, node.pos, node.end, undefined);
    return true;
  }
  return !isOneExpansion(node.parts) && node.parts.every((part) => addPart(pieces, source, part, undefined));
}

/** Adds the body of a heredoc: a quoted delimiter leaves it as it is, otherwise backslash quotes in it. */
export function addBody(
  pieces: Pieces,
  source: string,
  heredoc: {
    readonly body: { readonly pos: number; readonly end: number };
    readonly delimiter: { readonly quoted: boolean } | undefined;
  },
): true {
  const { pos, end } = heredoc.body;
  if (heredoc.delimiter?.quoted) addPiece(pieces, source, pos, end);
  else addUnescaped(pieces, source, pos, end, escapableInHeredoc);
  return true;
}

function isOneExpansion(parts: readonly WordNode[]): boolean {
  const [only, ...others] = parts;
  if (only === undefined || others.length > 0) return false;
  if (only.type === "DoubleQuoted") return isOneExpansion(only.parts ?? []);
  return only.type.endsWith("Expansion") && only.type !== "BraceExpansion";
}

function addPart(pieces: Pieces, source: string, part: WordNode, escapable: string | undefined): boolean {
  const { pos, end } = part;
  switch (part.type) {
    case "Literal":
      addUnescaped(pieces, source, pos, end, escapable);
      return true;
    case "SingleQuoted":
      addPiece(pieces, source, pos + 1, closedEnd(source, pos + 1, end, "'"));
      return true;
    case "AnsiCQuoted": {
      const inner = closedEnd(source, pos + 2, end, "'");
      if (source.slice(pos + 2, inner) !== part.value) return false;
      addPiece(pieces, source, pos + 2, inner);
      return true;
    }
    case "DoubleQuoted":
      return (part.parts ?? []).every((child) => addPart(pieces, source, child, escapableInDoubleQuotes));
    default:
      addPiece(pieces, source, pos, end);
      return true;
  }
}

/** Where a quoted text ends: before its closing quote, if it has one. */
function closedEnd(source: string, start: number, end: number, quote: string): number {
  return end > start && source[end - 1] === quote ? end - 1 : end;
}
