import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord, UnwrappedCommand } from "../../documents/shell/model";
import type { ShellOption } from "../../documents/shell/options";
import { findOptions, removalOfOption } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { deleteSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { commandsMentioning } from "./mentions";
import { invocationOf } from "./pipCommand";
import { withBlanksBefore } from "./words";

/** Options of some programs. */
export interface FlagTable {
  /** By name without path; `pip` stands for all its spellings. */
  readonly programs: ReadonlySet<string>;
  /** Long names without dashes. */
  readonly flags: readonly string[];
  /** Whether they take a value, for programs whose options are not known otherwise. */
  readonly valued?: boolean;
}

/** An option of a table that a command has. */
export interface FlagUse {
  readonly command: ShellCommand;
  readonly invocation: UnwrappedCommand;
  readonly option: ShellOption;
  /** With its dashes, without a value. */
  readonly flag: string;
  /** The word of the option's value, which may be its own. */
  readonly valueWord: ShellWord | undefined;
  /** The option's word, and its value. */
  readonly span: Span;
}

/** The uses of the options of a table by the commands that a Dockerfile runs, in order. */
export function flagUses(
  document: DockerfileDocument,
  { programs, flags, valued }: FlagTable,
): readonly FlagUse[] {
  return commandsMentioning(
    document,
    flags.map((flag) => `--${flag}`),
  ).flatMap(({ command }) => {
    const invocation = invocationOf(command);
    if (!programs.has(invocation.program)) return [];
    return flags.flatMap((long) =>
      findOptions(invocation, "", long).map((option) => {
        const valueWord = valueWordOf(invocation, option, valued === true);
        const span = spanOf(option.word.span.start, (valueWord ?? option.word).span.end);
        return { command, invocation, option, flag: `--${long}`, valueWord, span };
      }),
    );
  });
}

function valueWordOf(
  { arguments: words }: UnwrappedCommand,
  { word, valueWord }: ShellOption,
  isValued: boolean,
): ShellWord | undefined {
  if (valueWord !== undefined || !isValued || word.literalPrefix.includes("=")) return valueWord;
  return words[words.indexOf(word) + 1];
}

/**
 * The fix that takes an option away with its value; never safe, since a build that needs it fails without it.
 * None where the place is not known exactly.
 */
export function flagDeletionFixes(
  document: DockerfileDocument,
  { invocation, option, valueWord }: Pick<FlagUse, "invocation" | "option" | "valueWord">,
  title: string,
): readonly Fix[] {
  const span = flagDeletion(document, invocation, option, valueWord);
  return span ? [{ title, safety: "unsafe", edits: [deleteSpan(span)] }] : [];
}

function flagDeletion(
  document: DockerfileDocument,
  { name, arguments: words }: UnwrappedCommand,
  option: ShellOption,
  valueWord: ShellWord | undefined,
): Span | undefined {
  const last = valueWord ?? option.word;
  if (!option.word.exact || !last.exact) return undefined;
  const previous = words[words.indexOf(option.word) - 1] ?? name;
  const whole =
    option.alone &&
    previous &&
    withBlanksBefore(document, previous.span, spanOf(option.word.span.start, last.span.end));
  return whole || removalOfOption(option, document.text);
}
