import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
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
 */
export function commandsMentioning(
  document: DockerfileDocument,
  words: readonly string[],
  keywords: readonly Keyword[] = running,
): readonly InstructionCommand[] {
  if (!words.some((word) => document.text.includes(word))) return [];
  return instructionsOf(document).flatMap((instruction) => {
    if (!("script" in instruction) || !keywords.includes(instruction.keyword)) return [];
    const text = textOf(document, instruction);
    if (!words.some((word) => text.includes(word))) return [];
    return instruction.script.commands.map((command) => ({ instruction, command }));
  });
}

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
 */
export function textMatches(
  document: DockerfileDocument,
  pattern: RegExp,
  keywords: readonly Keyword[],
): readonly TextMatch[] {
  if (document.text.search(pattern) < 0) return [];
  return instructionsOf(document).flatMap((instruction) => {
    if (!keywords.includes(instruction.keyword)) return [];
    const shift = instruction.span.start;
    return [...textOf(document, instruction).matchAll(pattern)].flatMap((match) => {
      const span = { start: match.index + shift, end: match.index + shift + match[0].length };
      if (isComment(document, span.start) || isIdle(document, instruction, span)) return [];
      const group = match.indices?.groups?.value;
      const value = group && { start: group[0] + shift, end: group[1] + shift };
      return [{ instruction, text: match[0], span, value }];
    });
  });
}

function textOf(document: DockerfileDocument, { span }: Instruction): string {
  return document.text.slice(span.start, span.end);
}

function isComment({ text }: DockerfileDocument, offset: number): boolean {
  return text
    .slice(text.lastIndexOf("\n", offset - 1) + 1, offset)
    .trimStart()
    .startsWith("#");
}

const searching: ReadonlySet<string> = new Set(["grep", "egrep", "fgrep", "rg", "unset"]);

/** Whether a text is only looked for, or printed to the build's log. */
function isIdle(document: DockerfileDocument, instruction: Instruction, span: Span): boolean {
  if (!("script" in instruction)) return false;
  return instruction.script.commands.some((command) => {
    const { program } = command.unwrapped;
    if (!containsSpan(command.span, span)) return false;
    if (searching.has(program)) return true;
    if (program !== "echo" && program !== "printf") return false;
    const isLast = command.pipelineIndex === command.pipeline.length - 1;
    return (
      isLast &&
      command.redirections.length === 0 &&
      command.context === "top" &&
      !/(?:[})]|\bdone)[ \t]{0,9}>/.test(textOf(document, instruction))
    );
  });
}
