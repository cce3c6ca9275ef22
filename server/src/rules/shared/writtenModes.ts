import type { Flag, Instruction, StageState } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { replaceSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { shorten } from "./shorten";

/** A file mode as a Dockerfile spells it. */
export interface WrittenMode {
  readonly text: string;
  readonly span: Span;
  /** Whether the span is just the mode, so that it can be replaced. */
  readonly exact: boolean;
}

/** The mode that `chmod`, `mkdir` or `install` is given; undefined for other programs and for variables. */
export function modeOf({ unwrapped }: Pick<ShellCommand, "unwrapped">): WrittenMode | undefined {
  if (unwrapped.program === "chmod") {
    if (findOption(unwrapped, "", "reference")) return undefined;
    return writtenIn(operandsOf(unwrapped)[0], "");
  }
  if (unwrapped.program !== "mkdir" && unwrapped.program !== "install") return undefined;
  const words = unwrapped.arguments;
  const index = words.findIndex(({ literalPrefix }) => /^-m|^--mode(?:=|$)/.test(literalPrefix));
  const text = words[index]?.literalPrefix ?? "";
  if (text === "-m" || text === "--mode") return writtenIn(words[index + 1], "");
  return writtenIn(words[index], text.startsWith("--") ? "--mode=" : "-m");
}

/** A COPY or ADD flag and the mode that it gives to what is copied. */
export interface CopiedMode extends WrittenMode {
  readonly flag: Flag;
}

/**
 * The mode in `--chmod` of COPY or ADD.
 *
 * @param state what holds there, for a mode that is a variable: it is then not exact
 */
export function copiedMode({ keyword, flags }: Instruction, state?: StageState): CopiedMode | undefined {
  if (keyword !== "COPY" && keyword !== "ADD") return undefined;
  const flag = flags.find(({ name }) => name === "chmod");
  if (flag?.value === undefined) return undefined;
  const written = flag.value.replace(/^(["'])(.{0,200})\1$/, "$2");
  const variable = /^\$(?:(\w+)|\{(\w+)\})$/.exec(written);
  const value = variable && state?.environment.get(variable[1] ?? variable[2] ?? "");
  const text = value?.state === "known" ? value.value : written;
  const exact = variable === null && flag.valueSpan.end - flag.valueSpan.start === text.length;
  return { flag, text, span: flag.valueSpan, exact };
}

/** Writes another mode; never safe, since something may have relied on the old one. */
export function modeFixes(mode: WrittenMode, replacement: string | undefined): readonly Fix[] {
  if (!mode.exact || replacement === undefined) return [];
  const edits = [replaceSpan(mode.span, replacement)];
  return [{ title: `Use mode ${shorten(replacement)}`, safety: "unsafe", edits }];
}

/** The mode that a word holds after an option's own text. */
function writtenIn(word: ShellWord | undefined, prefix: string): WrittenMode | undefined {
  if (word?.value === undefined) return undefined;
  const exact =
    word.exact && word.text === word.value && word.span.end - word.span.start === word.text.length;
  const start = exact ? word.span.start + prefix.length : word.span.start;
  return { text: word.value.slice(prefix.length), span: spanOf(start, word.span.end), exact };
}
