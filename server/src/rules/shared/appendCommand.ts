import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { insertAt, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";

/**
 * Lets a step end with one more command, on a line of its own where the step has several.
 *
 * None for exec form and heredocs, and where something stands after the last command that a further one cannot follow:
 * a comment, a semicolon, `&`.
 */
export function appendCommandFixes(
  document: DockerfileDocument,
  run: RunInstruction,
  command: string,
  safety: Fix["safety"],
): readonly Fix[] {
  const edit = appendEdit(document, run, command);
  return edit ? [{ title: `End the step with ${command}`, safety, edits: [edit] }] : [];
}

function appendEdit(
  document: DockerfileDocument,
  run: RunInstruction,
  command: string,
): TextEdit | undefined {
  if (run.form !== "shell" || run.heredocs.length > 0 || run.script.incomplete) return undefined;
  const start = run.argumentsSpan.start;
  const text = document.text.slice(start, run.argumentsSpan.end).trimEnd();
  const end = start + text.length;
  const last = run.script.commands.reduce((furthest, { span }) => Math.max(furthest, span.end), start);
  const ending = run.script.commands.findLast(({ context }) => context === "top");
  if (ending === undefined || (leaving.has(ending.unwrapped.program) && ending.joinedBy !== "||"))
    return undefined;
  // The last command is the last thing there is, or the end of a group, a loop or a condition.
  if (last < end && !/^[\s;\\`]*(?:fi|done|esac|[)}])$/.test(document.text.slice(last, end)))
    return undefined;
  const lines = text.split("\n");
  if (lines.length === 1) return insertAt(end, ` && ${command}`);
  const indent = /^[ \t]*/.exec(lines.at(-1) ?? "")?.[0] ?? "";
  return insertAt(end, ` ${document.escape}${lineBreakOf(document.text)}${indent}&& ${command}`);
}

/** Commands after which no other runs. */
const leaving: ReadonlySet<string> = new Set(["exit", "exec", "return"]);
