import type { Span } from "../../text/span";
import { cachedScript } from "../shell/cache";
import type { ShellScript } from "../shell/model";
import { readShell } from "../shell/parse";
import { dialectOfProgram } from "../shell/programs";
import type { BuildContext, Source } from "./context";
import { endOffsetOf, type LogicalLine, offsetOf, pieceOf, spanIn } from "./logical";

type Dialect = ShellScript["dialect"];

/** A script without commands, for what is none: SHELL, `HEALTHCHECK NONE`, an instruction without arguments. */
export function emptyScript(span: Span): ShellScript {
  return { dialect: "unknown", span, commands: [], incomplete: false };
}

/**
 * The script of a shell form whose text begins at an index of the line. A heredoc that is all there is runs as
 * a script itself; other heredocs go to the shell together with the line, as BuildKit hands them over.
 */
export function scriptOfShellForm(source: Source, from: number, context: BuildContext): ShellScript {
  const { text, dialect, escape: escapeCharacter } = context;
  if (dialect !== "posix") return readShellForm(source, from, context);
  const start = offsetOf(source.command.line, from);
  // The text as written decides all, with the escape character: nothing is put together for a script that is known.
  const written = escapeCharacter + text.slice(start, Math.max(start, source.end));
  return cachedScript(written, start, () => readShellForm(source, from, context));
}

function readShellForm(source: Source, from: number, context: BuildContext): ShellScript {
  const { line, end } = source.command;
  const { text, dialect } = context;
  const first = source.heredocs[0];
  if (first === undefined) return readShell(masked(line, from, end, joined), offsetOf(line, from), dialect);
  const whole = spanIn(line, from, end);
  if (
    source.heredocs.length === 1 &&
    whole.start === first.wordSpan.start &&
    whole.end === first.wordSpan.end
  ) {
    const { start, end: bodyEnd } = first.bodySpan;
    return readShell(text.slice(start, Math.max(start, Math.min(bodyEnd, source.end))), start, dialect);
  }
  const lineEnd = endOffsetOf(line, end);
  const bodies = text.slice(lineEnd, Math.max(lineEnd, source.end));
  return readShell(masked(line, from, end, continued) + bodies, offsetOf(line, from), dialect);
}

/** Interpreters that SHELL may name whose language is no shell's. */
const otherInterpreter = /(?:^|[/\\])(?:python|node|perl|ruby|php|lua|deno|bun)[\d.]*(?:\.exe)?$/i;

/** The dialect of what SHELL names. What is neither known is taken for a wrapper of a shell, such as `conda run`. */
export function dialectOfShell(shell: readonly string[]): Dialect {
  const program = shell[0] ?? "";
  return otherInterpreter.test(program.slice(-100)) ? "unknown" : dialectOfProgram(program);
}

/** The source of `from..to` in its own length, with `fill` for what lies between the pieces of the line. */
function masked(line: LogicalLine, from: number, to: number, fill: (length: number) => string): string {
  const { text, pieces } = line;
  if (pieces === undefined) return text.slice(from, to);
  const parts: string[] = [];
  for (let piece = pieceOf(pieces, from); piece < pieces.length; piece += 2) {
    const start = Math.max(pieces[piece]!, from);
    const next = pieces[piece + 2];
    parts.push(text.slice(start, Math.min(next ?? to, to)));
    if (next === undefined || next >= to) break;
    parts.push(fill(pieces[piece + 3]! - (pieces[piece + 1]! + next - pieces[piece]!)));
  }
  return parts.join("");
}

/** A continuation with the comments and blank lines after it, as one: the shell parser takes all of it out. */
function joined(length: number): string {
  return `\\${" ".repeat(length - 2)}\n`;
}

/** The same where other line breaks are the shell's own: blanks may not stand between the two characters. */
function continued(length: number): string {
  return `\\\n${" ".repeat(length - 2)}`;
}
