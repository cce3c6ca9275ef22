import { addSyntaxProblem, type BuildContext, type Source } from "./context";
import { spanIn } from "./logical";
import type { Assignment, Word } from "./model";
import { expand } from "./variables";
import { isBlank, skipSpace } from "./whitespace";
import { hasOpenQuote, splitQuoted, wordIn } from "./words";

/** The `NAME=value` pairs of ENV and LABEL, or the one pair of their old form `NAME value`. */
export function pairsOf(
  source: Source,
  context: BuildContext,
): {
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly legacy: boolean;
} {
  const { line, argumentsStart, end, keyword } = source.command;
  const words = splitQuoted(line, argumentsStart, end, context.escape);
  const first = words[0];
  if (first === undefined) return { words, assignments: [], legacy: false };
  if (!first.text.includes("=")) return { words, assignments: [oldPair(source, context)], legacy: true };
  const assignments: Assignment[] = [];
  let at = argumentsStart;
  for (const word of words) {
    const start = skipSpace(line.text, at, end);
    at = start + word.text.length;
    const assignment = assignmentOf(source, context, word, start);
    if (assignment.value === undefined) {
      addSyntaxProblem(context, word.span, `${keyword} needs "=" between a name and its value.`);
    }
    assignments.push(assignment);
  }
  return { words, assignments, legacy: false };
}

/** The names of ARG, each with or without a default. */
export function argumentsOf(
  source: Source,
  context: BuildContext,
  declare: (assignment: Assignment) => Assignment,
): { readonly words: readonly Word[]; readonly assignments: readonly Assignment[] } {
  const { line, argumentsStart, end } = source.command;
  const words = splitQuoted(line, argumentsStart, end, context.escape);
  const assignments: Assignment[] = [];
  let at = argumentsStart;
  for (const word of words) {
    const start = skipSpace(line.text, at, end);
    at = start + word.text.length;
    assignments.push(declare(assignmentOf(source, context, word, start)));
  }
  return { words, assignments };
}

function assignmentOf(source: Source, context: BuildContext, word: Word, start: number): Assignment {
  const { line } = source.command;
  const equals = word.text.indexOf("=");
  const end = start + word.text.length;
  if (hasOpenQuote(word.text, context.escape)) addSyntaxProblem(context, word.span, "A quote is not closed.");
  if (equals < 0) {
    return {
      name: word.value,
      nameSpan: word.span,
      value: undefined,
      valueSpan: spanIn(line, end, end),
      span: word.span,
      expanded: undefined,
    };
  }
  const name = wordIn(line, start, start + equals, context.escape);
  const value = wordIn(line, start + equals + 1, end, context.escape);
  return {
    name: name.value,
    nameSpan: name.span,
    value: value.value,
    valueSpan: value.span,
    span: word.span,
    expanded: expand(value.text, context.scope, context.escape),
  };
}

function oldPair(source: Source, context: BuildContext): Assignment {
  const { line, argumentsStart, end, keyword } = source.command;
  const { text } = line;
  let nameEnd = argumentsStart;
  while (nameEnd < end && !isBlank(text.charCodeAt(nameEnd))) nameEnd++;
  const valueStart = skipSpace(text, nameEnd, end);
  const name = wordIn(line, argumentsStart, nameEnd, context.escape);
  const span = spanIn(line, argumentsStart, end);
  if (valueStart === end) {
    addSyntaxProblem(context, span, `${keyword} needs a name and a value.`);
    return {
      name: name.value,
      nameSpan: name.span,
      value: undefined,
      valueSpan: spanIn(line, end, end),
      span,
      expanded: undefined,
    };
  }
  const value = wordIn(line, valueStart, end, context.escape);
  if (hasOpenQuote(value.text, context.escape))
    addSyntaxProblem(context, value.span, "A quote is not closed.");
  return {
    name: name.value,
    nameSpan: name.span,
    value: value.value,
    valueSpan: value.span,
    span,
    expanded: expand(value.text, context.scope, context.escape),
  };
}
