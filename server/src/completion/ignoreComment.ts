import type { Finding } from "../engine/finding";
import type { Rule } from "../engine/rule";
import type { CommentedDocument } from "../engine/suppress";
import { maxIdLength, maxIgnoreCommentLength } from "../limits";
import { ruleProposal } from "./rules";
import { proposeAt, type Suggestion } from "./suggestion";

/**
 * Rule ids within a comment that silences findings: first those that it would silence, then all others.
 *
 * @returns undefined where the cursor stands in no comment; an empty list in one that has no place for an id
 */
export function suggestInIgnoreComment(
  document: CommentedDocument,
  findings: readonly Finding[],
  rules: readonly Rule[],
  offset: number,
): readonly Suggestion[] | undefined {
  const { lines, text } = document;
  const { line } = lines.at(offset);
  const comment = document.comments.find((one) => one.line === line && one.span.start < offset);
  if (comment === undefined) return undefined;
  const before = text.slice(comment.span.start, offset);
  if (before.length > maxIgnoreCommentLength) return [];
  const match = idsBefore.exec(before);
  if (match === null) return [];
  const typed = match[3] ?? "";
  const listed = new Set((match[2] ?? "").split(/[ \t,]+/));
  const after = /^[\w*.-]*/.exec(text.slice(offset, offset + maxIdLength))?.[0] ?? "";
  const span = { start: offset - typed.length, end: offset + after.length };

  const wholeFile = match[1] !== undefined;
  const from = lines.startOf(comment.ownLine ? line + 1 : line);
  const end = lines.contentOf(lines.at(from).line).end;
  const silenced = findings.filter(
    ({ span: found }) => wholeFile || (found.start <= end && from <= found.end),
  );
  const here = new Set(silenced.map(({ rule }) => rule));
  const wanted = rules.filter(
    ({ id, language }) => !listed.has(id) && (language === document.language || here.has(id)),
  );
  return proposeAt(span, [
    ...wanted
      .filter(({ id }) => here.has(id))
      .map((rule) => ruleProposal(rule, wholeFile ? "found in this file" : "found here")),
    ...wanted.filter(({ id }) => !here.has(id)).map((rule) => ruleProposal(rule)),
  ]);
}

/** The keyword, ids that stand already, and what has been typed of one more. No two parts take the same character. */
const idsBefore =
  /^#+[ \t]*plimsoll-ignore(-file)?[ \t]+((?:[\w*:.-]{1,99}[ \t]*,[ \t]*){0,99})([\w*.-]{0,99})$/;
