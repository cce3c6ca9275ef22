import type { Lines } from "../../text/lines";
import { addPiece, type Pieces } from "../shell/positions";
import type { Reading, ScriptSource } from "./script";

/** Words behind a fence that say that a shell's commands stand in it. */
const shells: ReadonlySet<string> = new Set(["sh", "bash", "shell", "zsh", "ksh", "fish"]);
const sessions: ReadonlySet<string> = new Set([
  "console",
  "shell-session",
  "shellsession",
  "sh-session",
  "bash-session",
  "terminal",
  "session",
]);

/** A fence opened, by CommonMark (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
interface Fence {
  readonly mark: string;
  readonly first: number;
  /** What stands before the mark on its line: blanks, and `>` of quotations. */
  readonly indent: string;
  readonly info: string;
}

/** The scripts of a Markdown file: its fenced blocks of shell commands, and those without a word that begin with a command. */
export function readMarkdown(text: string, lines: Lines): Reading {
  const scripts: ScriptSource[] = [];
  let open: Fence | undefined;
  for (let line = 0; line < lines.count; line += 1) {
    const { start, end } = lines.contentOf(line);
    const match =
      /^(\uFEFF?[ \t>]{0,60}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?)(`{3,30}|~{3,30})([^\n]{0,200})/.exec(
        text.slice(start, Math.min(end, start + 300)),
      );
    if (match === null) continue;
    const [, before = "", mark = "", info = ""] = match;
    if (open === undefined) {
      if (mark[0] === "`" && info.includes("`")) continue;
      open = { mark, first: line + 1, indent: before, info: info.trim() };
    } else if (mark.startsWith(open.mark) && info.trim() === "") {
      scripts.push(...scriptsOfFence(text, lines, open, line));
      open = undefined;
    }
  }
  return { scripts };
}

/** The commands of one block, which ends before `last`. */
function scriptsOfFence(text: string, lines: Lines, fence: Fence, last: number): readonly ScriptSource[] {
  const word = /^[{.]{0,2}([\w-]{0,40})/.exec(fence.info)![1]!.toLowerCase();
  const starts: number[] = [];
  for (let line = fence.first; line < last; line += 1)
    starts.push(contentStart(text, lines, line, fence.indent));
  const lineOf = (index: number): string =>
    text.slice(starts[index], lines.contentOf(fence.first + index).end);
  const promptOf = (content: string): number | undefined => {
    const head = content.slice(0, 120);
    return (userPrompt.exec(head) ?? (sessions.has(word) ? rootPrompt.exec(head) : null))?.[0].length;
  };
  const hasPrompts = starts.some((_, index) => promptOf(lineOf(index)) !== undefined);
  const isSession = sessions.has(word) || hasPrompts;
  if (!isSession && !shells.has(word)) {
    if (word !== "" || !starts.some((_, index) => bareCommand.test(lineOf(index).slice(0, 60)))) return [];
  }
  const pieces: Pieces = { text: "", offsets: [] };
  let continues = false;
  for (const [index, start] of starts.entries()) {
    const content = lineOf(index);
    const shown = promptOf(content);
    // In a session, what has no prompt is what the commands said, unless the line before goes on.
    if (hasPrompts && shown === undefined && !continues) continue;
    const from = continues || shown === undefined ? 0 : shown;
    addPiece(pieces, text, start + from, start + content.length);
    pieces.text += "\n";
    pieces.offsets.push(start + content.length);
    continues = content.trimEnd().endsWith("\\");
  }
  // Whoever writes documentation writes no script: what cannot be read is left alone.
  return [
    { text: withoutPlaceholders(pieces.text), places: pieces.offsets, takesComments: false, isScript: false },
  ];
}

const userPrompt = /^[ \t]{0,20}[\w.@~:/-]{0,80}[$%][ \t]{1,4}(?=\S)/;
/** Elsewhere than in a session `#` begins a comment. */
const rootPrompt = /^[ \t]{0,20}[\w.@~:/-]{0,80}#[ \t]{1,4}(?=docker|podman|nerdctl)/;
const bareCommand = /^[ \t]{0,20}(?:sudo[ \t]{1,4})?(?:docker|podman|nerdctl)[ \t]/;

function contentStart(text: string, lines: Lines, line: number, indent: string): number {
  const { start, end } = lines.contentOf(line);
  let at = start;
  for (let column = 0; column < indent.length && at < end && /[ \t>]/.test(text[at]!); column += 1) at += 1;
  return at;
}

/** `<your image>` would be a redirection: a variable of the same length stands for it. */
function withoutPlaceholders(script: string): string {
  return script.replace(/<([A-Za-z][\w .:/-]{1,60})>/g, (whole) => `\${${"_".repeat(whole.length - 3)}}`);
}
