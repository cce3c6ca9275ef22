import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Span } from "../../text/span";

/** A place where the builder puts in the value of a variable: `$NAME`, `${NAME}` or `${NAME:-…}`. */
export interface VariableUse {
  readonly name: string;
  /** The name alone. */
  readonly span: Span;
  /** From the dollar sign to the end of the name, with the closing brace of `${NAME}`. */
  readonly whole: Span;
  /** Whether an operator says what holds where the variable is not set: `:-`, `-`, `:+`, `+`, `:?`, `?`. */
  readonly guarded: boolean;
}

/**
 * The variables that the builder itself expands in an instruction, those of RUN, CMD and the like left to their shell.
 * In order of their place.
 */
export function variableUsesOf(
  document: DockerfileDocument,
  instruction: Instruction,
): readonly VariableUse[] {
  const { start, end } = instruction.span;
  const dollar = document.text.indexOf("$", start);
  if (dollar < 0 || dollar >= end) return [];
  return [
    ...expandedSpans(document, instruction).flatMap((span) => variableUsesIn(document, span, "quotes")),
    ...heredocBodies(instruction).flatMap((span) => variableUsesIn(document, span, "raw")),
  ];
}

/**
 * The variables in a part of an instruction, by BuildKit's lexer (its frontend/dockerfile/shell).
 * @param mode `raw` where quotes are text like any other, as in a heredoc
 */
export function variableUsesIn(
  document: DockerfileDocument,
  { start, end }: Span,
  mode: "quotes" | "raw",
): readonly VariableUse[] {
  const { text } = document;
  const uses: VariableUse[] = [];
  const dollar = text.indexOf("$", start);
  if (dollar < 0 || dollar >= end) return uses;
  let isDouble = false;
  for (let at = start; at < end; at++) {
    const char = text[at];
    if (char === document.escape) at = afterEscape(text, at, end) - 1;
    else if (char === '"' && mode === "quotes") isDouble = !isDouble;
    else if (char === "'" && mode === "quotes" && !isDouble) {
      const close = text.indexOf("'", at + 1);
      at = close < 0 ? end : close;
    } else if (char === "$") {
      const use = useAt(text, at, end);
      if (use === undefined) continue;
      uses.push(use);
      at = use.whole.end - 1;
    }
  }
  return uses;
}

/** After an escaped character; comment lines between continued ones are no part of the value. */
function afterEscape(text: string, at: number, end: number): number {
  lineBreak.lastIndex = at + 1;
  if (!lineBreak.test(text)) return Math.min(at + 2, end);
  let next = lineBreak.lastIndex;
  for (comment.lastIndex = next; next < end && comment.test(text); comment.lastIndex = next)
    next = comment.lastIndex;
  return Math.min(next, end);
}

const lineBreak = /[ \t]{0,200}\r?\n/y;
const comment = /[ \t]{0,200}#[^\n]{0,10000}(?:\n|$)/y;

function useAt(text: string, at: number, end: number): VariableUse | undefined {
  const isBraced = text[at + 1] === "{";
  name.lastIndex = at + (isBraced ? 2 : 1);
  const start = name.lastIndex;
  if (start >= end || !name.test(text)) return undefined;
  const span = { start, end: Math.min(name.lastIndex, end) };
  const operator = isBraced ? operatorAfter.exec(text.slice(span.end, span.end + 2))?.[0] : "";
  if (operator === undefined) return undefined;
  return {
    name: text.slice(span.start, span.end),
    span,
    whole: { start: at, end: operator === "}" ? span.end + 1 : span.end },
    guarded: /[-+?]/.test(operator),
  };
}

const name = /[A-Za-z_][A-Za-z0-9_]{0,500}/y;

/** What may follow a name within braces; anything else is refused, as in the templates of other programs. */
const operatorAfter = /^(?:\}|:?[-+?]|[#%/])/;

function expandedSpans(document: DockerfileDocument, instruction: Instruction): readonly Span[] {
  switch (instruction.keyword) {
    case "FROM":
      return [instruction.platform?.valueSpan, instruction.image?.span].flatMap((span) => span ?? []);
    case "ENV":
    case "ARG":
    case "LABEL":
      return instruction.assignments.map(({ valueSpan }) => valueSpan);
    case "COPY":
    case "ADD": {
      const owned = instruction.flags.filter(({ name }) => name === "chown" || name === "chmod");
      const paths = [...instruction.sources, ...(instruction.destination ? [instruction.destination] : [])];
      return [...owned.map(({ valueSpan }) => valueSpan), ...paths.map(({ span }) => span)];
    }
    case "USER":
      return instruction.user ? [instruction.user.span] : [];
    case "EXPOSE":
    case "VOLUME":
    case "WORKDIR":
    case "STOPSIGNAL":
      return instruction.values.map(({ span }) => withoutJsonQuotes(document, span));
    default:
      return [];
  }
}

function heredocBodies(instruction: Instruction): readonly Span[] {
  if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") return [];
  return instruction.heredocs.flatMap(({ expands, bodySpan }) => (expands ? [bodySpan] : []));
}

/** The quotes of an exec form are JSON's, not the builder's. */
function withoutJsonQuotes({ text }: DockerfileDocument, { start, end }: Span): Span {
  const isQuoted = end - start >= 2 && text[start] === '"' && text[end - 1] === '"';
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}
