import type { CommandsDocument } from "../documents/commands/model";
import type { ComposeDocument } from "../documents/compose/model";
import { parseCompose } from "../documents/compose/parse";
import type { DockerfileDocument, Instruction } from "../documents/dockerfile/model";
import { maxReasonLength } from "../limits";
import { applyEdits, insertAt, type TextEdit } from "../text/edit";
import { lineBreakOf } from "../text/lines";
import type { Span } from "../text/span";
import type { Finding } from "./finding";
import { type ParsedIgnore, parseIgnores } from "./ignoreComments";
import { ruleIndexOf } from "./ruleIndex";
import type { CommentedDocument } from "./suppress";

/** What is said beside the rule when a finding is ignored. */
export interface IgnoreNote {
  /** On one line, see {@link reasonOnOneLine}. */
  readonly reason?: string;
  /** `YYYY-MM-DD`: the last day on which the comment counts. */
  readonly until?: string;
}

/** A reason as a person has typed it, as it can stand in a comment. */
export function reasonOnOneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, maxReasonLength);
}

const byteOrderMark = "\uFEFF";

// Who edits comments needs their places only, not the rules that they stand for.
const noRules = ruleIndexOf([]);

/**
 * The edit that silences a finding where it stands: merged into the ignore comment that already speaks of that line,
 * else a comment on a line of its own before the instruction (Dockerfile), the line (Compose) or the command.
 * @returns no edit where no comment can speak of the place: within a comment, or within a text that spans lines
 */
export function ignoreLineEdits(
  document: CommentedDocument,
  finding: Pick<Finding, "rule" | "span">,
  note: IgnoreNote = {},
): readonly TextEdit[] {
  const line = document.lines.at(finding.span.start).line;
  const merged = mergeInto(
    document,
    finding.rule,
    note,
    (scope) => scope !== "file" && scope.from <= line && line <= scope.to,
  );
  if (merged !== undefined) return [merged];
  const comment = `# plimsoll-ignore ${finding.rule}${written(note)}`;
  if (document.language === "dockerfile") {
    const instruction = instructionOfLine(document, line);
    return instruction === undefined ? [] : [commentBefore(document, instruction.startLine, comment)];
  }
  if (document.language === "commands") return commentBeforeCommand(document, finding.span, comment);
  return composeComment(document, line, comment);
}

/**
 * The edit that silences a rule in the whole file: merged into an ignore comment for the file, else a new one at the
 * top, after the parser directives of a Dockerfile, which count only as long as nothing stands before them.
 */
export function ignoreFileEdits(
  document: CommentedDocument,
  rule: string,
  note: IgnoreNote = {},
): readonly TextEdit[] {
  const merged = mergeInto(document, rule, note, (scope) => scope === "file");
  if (merged !== undefined) return [merged];
  const comment = `# plimsoll-ignore-file ${rule}${written(note)}`;
  const start = document.text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  const last = document.language === "dockerfile" ? document.directives.at(-1) : undefined;
  const lineAbove =
    last !== undefined
      ? document.lines.at(last.span.start).line
      : document.text.startsWith("#!", start)
        ? 0
        : undefined;
  if (lineAbove === undefined) return [insertAt(start, comment + lineBreakOf(document.text))];
  return [insertAt(document.lines.contentOf(lineAbove).end, lineBreakOf(document.text) + comment)];
}

function written({ reason, until }: IgnoreNote): string {
  return `${until === undefined ? "" : ` until ${until}`}${reason ? `: ${reason}` : ""}`;
}

/**
 * A comment with another end date is left alone: what is added now was not meant to end with it, and it may be over. One
 * with another reason is left alone where a reason is given.
 */
function mergeInto(
  document: CommentedDocument,
  rule: string,
  note: IgnoreNote,
  fits: (scope: ParsedIgnore["scope"]) => boolean,
): TextEdit | undefined {
  const existing = parseIgnores(document, noRules).find(
    (ignore) =>
      ignore.tool === "plimsoll" &&
      ignore.until?.date === note.until &&
      (!note.reason || ignore.reason === note.reason) &&
      fits(ignore.scope),
  );
  const lastId = existing?.ids.at(-1);
  return lastId === undefined ? undefined : insertAt(lastId.span.end, `, ${rule}`);
}

function instructionOfLine(document: DockerfileDocument, line: number): Instruction | undefined {
  return document.instructions.find(
    (instruction) => instruction.startLine <= line && line <= instruction.endLine,
  );
}

/** The command that a finding stands in, if a comment can stand before it. */
function commentBeforeCommand(
  document: CommandsDocument,
  { start, end }: Span,
  comment: string,
): readonly TextEdit[] {
  const around = document.commands.findLast(({ span }) => span.start <= start && end <= span.end);
  return around?.commentLine === undefined ? [] : [commentBefore(document, around.commentLine, comment)];
}

function commentBefore(document: CommentedDocument, line: number, comment: string): TextEdit {
  const { start, end } = document.lines.contentOf(line);
  const from = document.text.startsWith(byteOrderMark, start) ? start + byteOrderMark.length : start;
  const indentation = /^[ \t]*/.exec(document.text.slice(from, end))![0];
  return insertAt(from, `${indentation}${comment}${lineBreakOf(document.text)}`);
}

/**
 * In YAML the same `#` may be a comment or part of a text that spans lines, so the parser is asked: the first place
 * where it sees a new comment and no new problem is taken.
 */
function composeComment(document: ComposeDocument, line: number, comment: string): readonly TextEdit[] {
  if (document.comments.some((existing) => existing.ownLine && existing.line === line)) return [];
  // A comment speaks of what follows it: behind the last line there is nothing.
  if (document.text.slice(document.lines.startOf(line)).trim() === "") return [];
  const candidates = [
    commentBefore(document, line, comment),
    insertAt(document.lines.contentOf(line).end, ` ${comment}`),
  ];
  const found = candidates.find((edit) => {
    const changed = parseCompose(applyEdits(document.text, [edit]));
    return (
      changed.comments.length === document.comments.length + 1 &&
      changed.problems.length === document.problems.length
    );
  });
  return found === undefined ? [] : [found];
}
