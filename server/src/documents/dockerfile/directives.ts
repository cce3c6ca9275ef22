import type { Problem } from "../document";
import type { Directive } from "./model";
import { skipSpace, trimSpaceEnd } from "./whitespace";

/** The parser directives at the top of a Dockerfile and what they decide. */
export interface Directives {
  readonly escape: "\\" | "`";
  readonly directives: readonly Directive[];
  readonly problems: readonly Problem[];
}

const directiveNames: ReadonlySet<string> = new Set(["syntax", "escape", "check"]);
const byteOrderMark = 0xfeff;
const hash = 35;

/**
 * Reads `# name=value` lines as BuildKit does: at the very top, before any comment, blank line or instruction,
 * each name once, an unknown name ends them. After a `#!` line, `syntax` and `check` still count and `escape`
 * does not; a line with blanks before its `#` may set only `escape`.
 */
export function readDirectives(text: string): Directives {
  const directives: Directive[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  let escapeChar: "\\" | "`" = "\\";
  let at = startOfText(text);
  const shebang = text.startsWith("#!", at);
  if (shebang) at = lineEnd(text, at) + 1;
  let indented = false;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const start = skipSpace(text, at, end);
    const directive = directiveIn(text, start, end);
    if (directive === undefined) break;
    indented ||= start > at;
    const counts = directive.name === "escape" ? !shebang : !indented;
    if (seen.has(directive.name)) {
      problems.push(syntaxProblem(directive, `The directive "${directive.name}" may stand only once.`));
      break;
    }
    seen.add(directive.name);
    if (counts) directives.push(directive);
    if (counts && directive.name === "escape") {
      if (directive.value === "\\" || directive.value === "`") escapeChar = directive.value;
      else problems.push(syntaxProblem(directive, "The escape character must be a backslash or a backtick."));
    }
    at = end + 1;
  }
  return { escape: escapeChar, directives, problems };
}

/** Where the text begins behind a byte-order mark. */
export function startOfText(text: string): number {
  return text.charCodeAt(0) === byteOrderMark ? 1 : 0;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function syntaxProblem(directive: Directive, message: string): Problem {
  return { span: directive.span, message, effect: "syntax" };
}

function directiveIn(text: string, start: number, lineEndsAt: number): Directive | undefined {
  if (text.charCodeAt(start) !== hash) return undefined;
  const end = trimSpaceEnd(text, start, lineEndsAt);
  const equals = text.indexOf("=", start);
  if (equals < 0 || equals >= lineEndsAt) return undefined;
  const nameStart = skipSpace(text, start + 1, equals);
  const name = text.slice(nameStart, trimSpaceEnd(text, nameStart, equals)).toLowerCase();
  if (!directiveNames.has(name)) return undefined;
  const valueStart = Math.min(skipSpace(text, equals + 1, lineEndsAt), Math.max(end, equals + 1));
  const valueSpan = { start: valueStart, end: Math.max(valueStart, end) };
  return {
    name,
    value: text.slice(valueSpan.start, valueSpan.end),
    span: { start, end: Math.max(end, valueSpan.end) },
    valueSpan,
  };
}
