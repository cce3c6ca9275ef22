import type { Lines } from "../../text/lines";
import type { Span } from "../../text/span";
import type { Comment, Problem } from "../document";
import { type Command, splitCommand } from "./command";
import { type Directives, readDirectives, startOfText } from "./directives";
import { heredocWords } from "./heredoc";
import { endOffsetOf, type LogicalLine, spanIn } from "./logical";
import type { Heredoc } from "./model";
import { skipSpace } from "./whitespace";

/** What the text is made of, before any instruction is understood. */
export interface Scan extends Directives {
  readonly instructions: readonly ScannedInstruction[];
  readonly comments: readonly Comment[];
}

export interface ScannedInstruction {
  readonly command: Command;
  readonly heredocs: readonly Heredoc[];
  /** Start of the first physical line, and an offset within the last one that belongs to it. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** End of the content: of the arguments, or of the last heredoc's terminator. */
  readonly end: number;
  /** Start of the line after it, where the scan went on; beyond the text's end where its continuation is still open. */
  readonly next: number;
}

/** A part of a text to scan, in place of all of it. */
export interface ScanPart {
  /** Start of a line at which no instruction is open, behind the directives. */
  readonly from: number;
  /** What stands at the top of the text, and what is wrong with it as far as that is to be told. */
  readonly header: Directives;
  /** Asked at the start of each line at which no instruction is open: whether to stop there. */
  stopsAt(at: number): boolean;
}

const hash = 35;
const space = 32;
const tab = 9;
const carriageReturn = 13;
const noHeredocs: readonly Heredoc[] = [];

/**
 * Divides a Dockerfile into instructions and comments exactly as BuildKit's parser does
 * (https://github.com/moby/buildkit, frontend/dockerfile/parser), in time linear in the text.
 *
 * Where BuildKit would refuse the file, the scan goes on: the rest of a half-typed file keeps its findings.
 *
 * @param part the lines to scan, where not all of them are
 */
export function scan(text: string, lines: Lines, part?: ScanPart): Scan {
  const header = part?.header ?? readDirectives(text);
  const problems: Problem[] = [...header.problems];
  const comments: Comment[] = [];
  const instructions: ScannedInstruction[] = [];
  const escapeCode = header.escape.charCodeAt(0);
  const terminators = terminatorsOf(text);
  const directiveStarts = new Set(header.directives.map((directive) => directive.span.start));

  const addComment = (start: number, end: number): void => {
    if (!directiveStarts.has(start))
      comments.push({ span: { start, end }, line: lines.at(start).line, ownLine: true });
  };

  let at = part?.from ?? startOfText(text);
  while (at < text.length && part?.stopsAt(at) !== true) {
    const firstLine = at;
    at = nextLine(text, at);
    let end = contentEnd(text, firstLine, at);
    const first = skipSpace(text, firstLine, end);
    if (first === end) continue;
    if (text.charCodeAt(first) === hash) {
      addComment(first, end);
      continue;
    }
    let continuation = continuationAt(text, first, end, escapeCode);
    let lastLine = firstLine;
    let line: LogicalLine;
    if (continuation < 0) line = { text: text.slice(first, end), offset: first, pieces: undefined };
    else {
      const parts = [text.slice(first, continuation)];
      const pieces = [0, first];
      let length = continuation - first;
      while (continuation >= 0 && at < text.length) {
        lastLine = at;
        const start = at;
        at = nextLine(text, start);
        end = contentEnd(text, start, at);
        const content = skipSpace(text, start, end);
        if (content === end) continue;
        if (text.charCodeAt(content) === hash) {
          addComment(content, end);
          continue;
        }
        continuation = continuationAt(text, start, end, escapeCode);
        const part = text.slice(start, continuation < 0 ? end : continuation);
        pieces.push(length, start);
        parts.push(part);
        length += part.length;
      }
      line = { text: parts.join(""), offset: first, pieces };
    }
    const command = splitCommand(line, 0);
    if (command.start === command.end) {
      problems.push({
        span: { start: first, end: first + 1 },
        message: "A line continuation without an instruction.",
        effect: "syntax",
      });
      continue;
    }
    let contentEnds = endOffsetOf(line, command.end);
    let heredocs = noHeredocs;
    if (line.text.includes("<<") && mayHaveHeredocs(command)) {
      const read = readHeredocs(text, at, line, terminators, problems);
      heredocs = read.heredocs;
      if (read.next > at) {
        at = read.next;
        lastLine = read.lastLine;
        contentEnds = Math.max(contentEnds, read.end);
      }
    }
    const next = continuation < 0 ? at : text.length + 1;
    instructions.push({ command, heredocs, firstLine, lastLine, end: contentEnds, next });
  }
  return { ...header, problems, comments, instructions };
}

/** The start of the line after the one at an offset, or the text's end. */
function nextLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

/** The end of a line's content, line feed and carriage returns taken off. */
function contentEnd(text: string, from: number, next: number): number {
  let end = next;
  if (end > from && text.charCodeAt(end - 1) === 10) end--;
  while (end > from && text.charCodeAt(end - 1) === carriageReturn) end--;
  return end;
}

/**
 * The offset of the escape character that continues a line, or -1. Blanks may follow it;
 * a second escape character right before it makes it an ordinary one.
 */
function continuationAt(text: string, from: number, to: number, escapeCode: number): number {
  let end = to;
  while (end > from && (text.charCodeAt(end - 1) === space || text.charCodeAt(end - 1) === tab)) end--;
  if (end === from || text.charCodeAt(end - 1) !== escapeCode) return -1;
  if (end - 1 > from && text.charCodeAt(end - 2) === escapeCode) return -1;
  return end - 1;
}

const heredocKeywords: ReadonlySet<string> = new Set(["RUN", "COPY", "ADD"]);

function mayHaveHeredocs(command: Command): boolean {
  const inner = command.keyword === "ONBUILD" ? splitCommand(command.line, command.argumentsStart) : command;
  return heredocKeywords.has(inner.keyword) && inner.exec === undefined;
}

interface ReadHeredocs {
  readonly heredocs: readonly Heredoc[];
  /** Where the next instruction may begin, and the start and content end of the last line consumed. */
  readonly next: number;
  readonly lastLine: number;
  readonly end: number;
}

function readHeredocs(
  text: string,
  from: number,
  line: LogicalLine,
  terminators: Terminators,
  problems: Problem[],
): ReadHeredocs {
  const heredocs: Heredoc[] = [];
  let at = from;
  let lastLine = from;
  let end = from;
  for (const word of heredocWords(line.text)) {
    const terminated = terminators.has(word.name, word.stripTabs, at);
    const start = at;
    let bodyEnd = at;
    for (; at < text.length; at = nextLine(text, at)) {
      const lineEnd = contentEnd(text, at, nextLine(text, at));
      bodyEnd = at;
      if (terminated ? isTerminator(text, at, lineEnd, word) : looksLikeInstruction(text, at, lineEnd)) break;
      lastLine = at;
      end = lineEnd;
      bodyEnd = nextLine(text, at);
    }
    const wordSpan = spanIn(line, word.start, word.end);
    const bodySpan: Span = { start, end: bodyEnd };
    heredocs.push({
      name: word.name,
      wordSpan,
      bodySpan,
      stripTabs: word.stripTabs,
      expands: word.expands,
      terminated,
    });
    if (terminated) {
      lastLine = at;
      end = contentEnd(text, at, nextLine(text, at));
      at = nextLine(text, at);
    } else
      problems.push({
        span: wordSpan,
        message: `No line ends the heredoc "${word.name.slice(0, 40)}".`,
        effect: "syntax",
      });
  }
  return { heredocs, next: at, lastLine, end };
}

function isTerminator(
  text: string,
  from: number,
  to: number,
  word: { name: string; stripTabs: boolean },
): boolean {
  let start = from;
  if (word.stripTabs) while (start < to && text.charCodeAt(start) === tab) start++;
  return to - start === word.name.length && text.startsWith(word.name, start);
}

const instructionStart =
  /^[ \t]*(?:FROM|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)[ \t]/;
const longestInstructionStart = 200;

/** Where a heredoc never ends, its body is taken to end before the next line that reads as an instruction. */
function looksLikeInstruction(text: string, from: number, to: number): boolean {
  return instructionStart.test(text.slice(from, Math.min(to, from + longestInstructionStart)));
}

/** Tells whether some line from an offset on ends a heredoc of a name. */
interface Terminators {
  has(name: string, stripTabs: boolean, from: number): boolean;
}

/** Indexes the last place of every line on first use, so that heredocs without an end cost no scan each. */
function terminatorsOf(text: string): Terminators {
  let plain: Map<string, number> | undefined;
  let stripped: Map<string, number> | undefined;
  const index = (tabs: boolean): Map<string, number> => {
    const last = new Map<string, number>();
    for (let at = 0; at < text.length; ) {
      const next = nextLine(text, at);
      const end = contentEnd(text, at, next);
      let start = at;
      if (tabs) while (start < end && text.charCodeAt(start) === tab) start++;
      last.set(text.slice(start, end), at);
      at = next;
    }
    return last;
  };
  return {
    has(name, stripTabs, from) {
      if (stripTabs) stripped ??= index(true);
      else plain ??= index(false);
      return ((stripTabs ? stripped : plain)?.get(name) ?? -1) >= from;
    },
  };
}
