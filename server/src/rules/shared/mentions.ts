import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { type CommandTest, hasCommand } from "../../documents/shell/remember";
import { maxMentions } from "../../ruleLimits";
import { containsSpan, type Span } from "../../text/span";
import type { InstructionCommand } from "./shellCommands";
import { instructionsOf } from "./stages";

type Keyword = Instruction["keyword"];

const running: readonly Keyword[] = ["RUN", "CMD", "ENTRYPOINT"];

/**
 * The commands of the instructions whose text holds one of some words, so that a script is read only where it can
 * matter.
 *
 * @param words as they are written, case included
 * @param test which commands are wanted; see {@link hasCommand}
 */
export function commandsMentioning(
  document: DockerfileDocument,
  words: readonly string[],
  test: CommandTest = any,
  keywords: readonly Keyword[] = running,
): readonly InstructionCommand[] {
  if (!mayMention(document, words)) return [];
  const found: InstructionCommand[] = [];
  for (const instruction of instructionsOf(document)) {
    if (!("script" in instruction) || !keywords.includes(instruction.keyword)) continue;
    const text = textOf(document, instruction);
    if (!words.some((word) => text.includes(word)) || !hasCommand(instruction.script, test)) continue;
    for (const command of instruction.script.commands)
      if (test(command)) found.push({ instruction, command });
  }
  return found;
}

/** Whether a text may hold one of some words; in a short document that is not worth a search. */
export function mayMention(document: DockerfileDocument, words: readonly string[]): boolean {
  return !isLong(document) || words.some((word) => document.text.includes(word));
}

/** Whether an instruction runs a command that passes a test. */
export function runs(instruction: Instruction, test: CommandTest): boolean {
  return "script" in instruction && hasCommand(instruction.script, test);
}

const any = (): boolean => true;

/** A piece of text that an instruction runs or writes. */
export interface TextMatch {
  readonly instruction: Instruction;
  /** As written. */
  readonly text: string;
  readonly span: Span;
  /** The group `value` of the pattern, where it took part. */
  readonly value: Span | undefined;
}

/**
 * The places where the instructions of some keywords hold a text: as words of a command, in what is written to a file,
 * in a heredoc. Comments do not count, nor does what is only printed or searched for.
 *
 * @param pattern with the flags `d` and `g`; must not match over lines, and take time linear in the text
 * @param hint what every line with a match holds, for a pattern that takes long
 */
export function textMatches(
  document: DockerfileDocument,
  pattern: RegExp,
  keywords: readonly Keyword[],
  hint: RegExp = pattern,
): readonly TextMatch[] {
  if (isLong(document) && document.text.search(hint) < 0) return [];
  const found: TextMatch[] = [];
  for (const instruction of instructionsOf(document)) {
    if (!keywords.includes(instruction.keyword)) continue;
    const shift = instruction.span.start;
    const text = textOf(document, instruction);
    if (text.search(hint) < 0) continue;
    for (const match of [...text.matchAll(pattern)].slice(0, maxMentions)) {
      const span = { start: match.index + shift, end: match.index + shift + match[0].length };
      if (isComment(document, span.start) || isIdle(instruction, text, span)) continue;
      const group = match.indices?.groups?.value;
      const value = group && { start: group[0] + shift, end: group[1] + shift };
      found.push({ instruction, text: match[0], span, value });
    }
  }
  return found;
}

/** Whether looking through the whole text first is cheaper than through each instruction. */
function isLong({ instructions }: DockerfileDocument): boolean {
  return instructions.length > 10;
}

function textOf(document: DockerfileDocument, { span }: Instruction): string {
  return document.text.slice(span.start, span.end);
}

function isComment({ text, lines }: DockerfileDocument, offset: number): boolean {
  const start = lines.startOf(lines.at(offset).line);
  return /^[ \t]{0,200}#/.test(text.slice(start, Math.min(start + 201, offset)));
}

const searching: ReadonlySet<string> = new Set(["grep", "egrep", "fgrep", "rg", "unset"]);

/** Whether a text is only looked for, or printed to the build's log. */
function isIdle(instruction: Instruction, text: string, span: Span): boolean {
  if (!runs(instruction, isPassive) || !("script" in instruction)) return false;
  const isRedirectedAsGroup = /(?:[})]|\bdone)[ \t]{0,9}>/.test(text);
  return instruction.script.commands.some((command) => {
    if (!isPassive(command) || !containsSpan(command.span, span)) return false;
    if (searching.has(command.unwrapped.program)) return true;
    const isLast = command.pipelineIndex === command.pipeline.length - 1;
    return isLast && command.redirections.length === 0 && command.context === "top" && !isRedirectedAsGroup;
  });
}

function isPassive({ unwrapped: { program } }: ShellCommand): boolean {
  return searching.has(program) || program === "echo" || program === "printf";
}
