// Its module for bundlers: the other one loads its parts by a `require` that no bundler can follow.
import { createScanner } from "jsonc-parser/lib/esm/main.js";
import { maxJsonDepth, maxJsonProblems, maxTextLength } from "../../limits";
import { linesOf } from "../../text/lines";
import { type Span, spanOf } from "../../text/span";
import type { Comment, Problem } from "../document";
import type { DaemonDocument, JsonItem, JsonValue, Setting } from "./model";

/**
 * Reads a `daemon.json`, however broken: comments and trailing commas are read over, what is half written counts as far
 * as it goes. Never throws. Text beyond the bounds gives no settings and a problem of effect `unchecked`.
 */
export function parseDaemon(text: string): DaemonDocument {
  const lines = linesOf(text);
  const comments: Comment[] = [];
  const read = text.length > maxTextLength ? unreadable(text, "The file is too long") : readJson(text);
  for (const span of read.comments) {
    const { line } = lines.at(span.start);
    const before = text.slice(lines.startOf(line), span.start).replace(/^\uFEFF/, "");
    comments.push({ span, line, ownLine: before.trim() === "" });
  }
  const root = read.root?.kind === "object" ? read.root : undefined;
  return {
    language: "daemon",
    text,
    lines,
    comments,
    problems: read.problems,
    root,
    settings: new Map(root?.entries.map((entry) => [entry.key, entry])),
    repeatedKeys: read.repeatedKeys,
    isWhole: read.problems.length === 0,
  };
}

interface Reading {
  readonly root: JsonValue | undefined;
  readonly comments: readonly Span[];
  readonly problems: readonly Problem[];
  readonly repeatedKeys: readonly Setting[];
}

function unreadable(text: string, message: string): Reading {
  const problem: Problem = { span: spanOf(0, text.length), message, effect: "unchecked" };
  return { root: undefined, comments: [], problems: [problem], repeatedKeys: [] };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An object or array whose end has not been reached, with the entry whose value is awaited. */
interface Open {
  readonly start: number;
  readonly isObject: boolean;
  readonly entries: Mutable<Setting>[];
  readonly keys: Set<string>;
  readonly items: Mutable<JsonItem>[];
  /** What may come: a key or value, the colon behind a key, the value behind it, or the comma behind a part. */
  awaits: "part" | "colon" | "value" | "comma";
}

/** The scanner's token kinds: its own enumeration is one that the compiler must see whole to read. */
const kinds = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const;

/** One pass over the tokens without recursion, so that no nesting exhausts the stack. */
function readJson(text: string): Reading {
  const comments: Span[] = [];
  const problems: Problem[] = [];
  const repeatedKeys: Setting[] = [];
  const open: Open[] = [];
  let root: JsonValue | undefined;

  const problem = (span: Span, message: string): void => {
    if (problems.length < maxJsonProblems) problems.push({ span, message, effect: "syntax" });
  };
  const addKey = (holder: Open, key: string, keySpan: Span): void => {
    if (holder.awaits === "comma") problem(keySpan, "A comma is missing before this key");
    const entry: Mutable<Setting> = { key, keySpan, span: keySpan, value: undefined, comma: undefined };
    if (holder.keys.has(key)) repeatedKeys.push(entry);
    holder.keys.add(key);
    holder.entries.push(entry);
    holder.awaits = "colon";
  };
  const addValue = (value: JsonValue): void => {
    const holder = open.at(-1);
    if (holder === undefined) {
      if (root === undefined) root = value;
      else problem(value.span, "The file goes on after its end");
      return;
    }
    if (holder.isObject) {
      const entry = holder.entries.at(-1);
      if (entry === undefined || holder.awaits === "part" || holder.awaits === "comma") {
        problem(value.span, "A key in quotes is wanted here");
        return;
      }
      if (holder.awaits === "colon") problem(value.span, "A colon is missing before this value");
      entry.value = value;
      entry.span = spanOf(entry.keySpan.start, value.span.end);
    } else {
      if (holder.awaits === "comma") problem(value.span, "A comma is missing before this value");
      holder.items.push({ value, span: value.span, comma: undefined });
    }
    holder.awaits = "comma";
  };
  const close = (end: number, isClosed: boolean): void => {
    const { start, isObject, entries, items, awaits } = open.pop()!;
    const last = (isObject ? entries : items).at(-1);
    if (isClosed && last?.comma !== undefined)
      problem(spanOf(last.comma, last.comma + 1), "JSON allows no comma behind the last part");
    if (isClosed && (awaits === "colon" || awaits === "value"))
      problem(entries.at(-1)!.keySpan, "The value of this key is missing");
    const span = spanOf(start, end);
    addValue(
      isObject
        ? { kind: "object", span, entries, closed: isClosed }
        : { kind: "array", span, items, closed: isClosed },
    );
  };

  const scanner = createScanner(text, false);
  if (text.startsWith("\uFEFF")) scanner.setPosition(1);
  for (let token: number = scanner.scan(); token !== kinds.end; token = scanner.scan()) {
    if (token === kinds.space || token === kinds.lineBreak) continue;
    const start = scanner.getTokenOffset();
    // An end that is missing is looked for beyond the text.
    const span = spanOf(start, Math.min(start + scanner.getTokenLength(), text.length));
    if (scanner.getTokenError() !== 0) problem(span, "JSON does not allow this");
    if (token === kinds.lineComment || token === kinds.blockComment) {
      comments.push(commentSpan(text, span));
      continue;
    }
    const holder = open.at(-1);
    if (token === kinds.openBrace || token === kinds.openBracket) {
      if (open.length >= maxJsonDepth)
        return unreadable(text, `Objects and lists are nested deeper than ${maxJsonDepth} levels`);
      const isObject = token === kinds.openBrace;
      open.push({ start, isObject, entries: [], keys: new Set(), items: [], awaits: "part" });
    } else if (token === kinds.closeBrace || token === kinds.closeBracket) {
      const isObject = token === kinds.closeBrace;
      if (!open.some((candidate) => candidate.isObject === isObject)) {
        problem(span, "This bracket closes nothing");
        continue;
      }
      while (open.at(-1)!.isObject !== isObject) {
        problem(span, "Another bracket is to be closed before this one");
        close(start, false);
      }
      close(span.end, true);
    } else if (token === kinds.comma) {
      const last = holder && (holder.isObject ? holder.entries : holder.items).at(-1);
      if (holder === undefined || last === undefined || last.comma !== undefined || holder.awaits === "part")
        problem(span, "There is nothing before this comma");
      else {
        if (holder.awaits !== "comma") problem(span, "The value before this comma is missing");
        last.comma = start;
        holder.awaits = "part";
      }
    } else if (token === kinds.colon) {
      if (holder?.awaits === "colon") holder.awaits = "value";
      else problem(span, "A colon stands only behind a key");
    } else if (
      token === kinds.string &&
      holder?.isObject === true &&
      (holder.awaits === "part" || holder.awaits === "comma")
    ) {
      addKey(holder, scanner.getTokenValue(), span);
    } else {
      const value = scalar(token, scanner.getTokenValue(), span);
      if (value.kind === "unknown") problem(span, "JSON does not know this word");
      addValue(value);
    }
  }
  if (open.length > 0) problem(spanOf(text.length, text.length), "A closing bracket is missing");
  while (open.length > 0) close(text.length, false);
  return { root, comments, problems, repeatedKeys };
}

function scalar(token: number, text: string, span: Span): JsonValue {
  switch (token) {
    case kinds.string:
      return { kind: "string", span, value: text };
    case kinds.number:
      return { kind: "number", span, value: Number(text) };
    case kinds.true:
    case kinds.false:
      return { kind: "boolean", span, value: token === kinds.true };
    default:
      return { kind: token === kinds.null ? "null" : "unknown", span };
  }
}

/** The scanner counts white space before a comment to it. */
function commentSpan(text: string, { start, end }: Span): Span {
  const slash = text.indexOf("/", start);
  return spanOf(slash < 0 ? start : slash, end);
}
