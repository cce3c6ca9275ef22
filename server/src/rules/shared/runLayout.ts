import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { type Span, spanOf } from "../../text/span";
import { aptPrograms, rpmPrograms } from "./packagePrograms";

/** What goes beyond a number of UTF-16 units in each line of a step that can be broken. */
export function overlongParts(
  { text, lines }: DockerfileDocument,
  { startLine, endLine, span }: RunInstruction,
  most: number,
): readonly Span[] {
  const parts: Span[] = [];
  for (let line = startLine; line <= endLine; line++) {
    const start = lines.startOf(line);
    const lineEnd = text.indexOf("\n", start);
    const written = text
      .slice(start, Math.min(span.end, lineEnd < 0 ? text.length : lineEnd))
      .trimEnd()
      .replace(/[\\`]$/, "")
      .trimEnd();
    if (written.length <= most || /^[ \t]*#/.test(written)) continue;
    if (written.split(/\s/).every((word) => word.length < most - longestIndent))
      parts.push(spanOf(start + most, start + written.length));
  }
  return parts;
}

/** A word that is nearly as long as a line cannot be helped by breaking that. */
const longestIndent = 30;

/** Breaks the overlong line before each `&&` of the step itself; none where a part is still too long then. */
export function wrappingFixes(
  document: DockerfileDocument,
  run: RunInstruction,
  part: Span,
  most: number,
): readonly Fix[] {
  const { text, lines } = document;
  const start = lines.startOf(lines.at(part.start).line);
  const edits: TextEdit[] = [];
  let from = start;
  let before = start;
  for (const command of run.script.commands) {
    const gap = spanOf(before, command.span.start);
    before = Math.max(before, command.span.end);
    if (command.joinedBy !== "&&" || command.context !== "top" || command.pipelineIndex > 0) continue;
    if (gap.start < start || gap.end > part.end || !/^[ \t]*&&[ \t]*$/.test(text.slice(gap.start, gap.end)))
      continue;
    const joint = ` ${document.escape}${lineBreakOf(text)}    && `;
    if (gap.start + 2 - from > most) return [];
    edits.push(replaceSpan(gap, joint));
    from = gap.end - "    && ".length;
  }
  if (edits.length === 0 || part.end - from > most) return [];
  return [{ title: "Begin a line with each &&", safety: "safe", edits }];
}

/** The packages of an installation that stand on lines of their own, alike, and not in alphabetical order. */
export function unsortedPackages({ text }: DockerfileDocument, command: ShellCommand): readonly ShellWord[] {
  const packages = packagesOf(command);
  if (packages.length < 3 || packages.some(({ exact, value }) => !exact || value === undefined)) return [];
  const gaps = packages.slice(1).map(({ span }, index) => text.slice(packages[index]!.span.end, span.start));
  const indents = new Set(gaps.map((gap) => /^[ \t]*[\\`][ \t]*\r?\n([ \t]*)$/.exec(gap)?.[1]));
  // Another indent begins another group, and a comment belongs to its line.
  if (indents.size !== 1 || indents.has(undefined)) return [];
  return [compare, compareLetters].some((order) => isInOrder(packages, order)) ? [] : packages;
}

/** Whether a command installs packages in an order that does not matter. */
export function installsPackages(command: ShellCommand): boolean {
  return packagesOf(command).length > 2;
}

/** Puts packages in order, each in the place of another, so that the layout stays. */
export function sortingFixes(packages: readonly ShellWord[]): readonly Fix[] {
  const sorted = [...packages].sort(compare);
  const edits = packages.flatMap((word, index) =>
    sorted[index] === word ? [] : [replaceSpan(word.span, sorted[index]!.text)],
  );
  return [{ title: "Sort the packages", safety: "safe", edits }];
}

/** The semicolons of a step that go on after a failure, each with the command whose failure is lost. */
export function lossySemicolons(
  { text }: DockerfileDocument,
  { script }: RunInstruction,
): readonly { readonly command: ShellCommand; readonly at: Span }[] {
  let command: ShellCommand | undefined;
  return script.commands.flatMap((next) => {
    if (next.context !== "top") return [];
    const before = command;
    command = next;
    if (next.joinedBy !== ";" || next.pipelineIndex > 0 || !before?.unwrapped.name) return [];
    if (before.joinedBy === "||" || harmless.test(before.program)) return [];
    const gap = /^[ \t]{0,50};(?=[\s\\`]*$)/.exec(text.slice(before.span.end, next.span.start));
    if (!gap) return [];
    return [{ command: before, at: spanOf(before.span.end, before.span.end + gap[0].length) }];
  });
}

/** Writes `&&` for semicolons. */
export function chainingFixes(semicolons: readonly { readonly at: Span }[]): readonly Fix[] {
  const edits = semicolons.map(({ at }) => replaceSpan(at, " &&"));
  return [{ title: "Join the commands with &&", safety: "unsafe", edits }];
}

/** Commands that do not fail, or whose failure is no loss. */
const harmless =
  /^(?:echo|printf|export|set|unset|:|true|exit|kill|sleep|rm|wait|alias|shopt|trap|ls|cat|pwd)$/;

const sortable: ReadonlySet<string> = new Set([...aptPrograms, ...rpmPrograms, "apk", "zypper"]);

function packagesOf({ unwrapped }: ShellCommand): readonly ShellWord[] {
  if (!sortable.has(unwrapped.program)) return [];
  const [subcommand, ...packages] = operandsOf(unwrapped);
  return /^(?:install|in|add)$/.test(subcommand?.value ?? "") ? packages : [];
}

type Order = (a: ShellWord, b: ShellWord) => number;

function isInOrder(words: readonly ShellWord[], order: Order): boolean {
  return words.every((word, index) => index === 0 || order(words[index - 1]!, word) <= 0);
}

function compare(a: ShellWord, b: ShellWord): number {
  return compareText(a.text.toLowerCase(), b.text.toLowerCase());
}

/** As dictionaries and most locales do: punctuation does not count. */
function compareLetters(a: ShellWord, b: ShellWord): number {
  return compareText(lettersOf(a), lettersOf(b));
}

function lettersOf({ text }: ShellWord): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
