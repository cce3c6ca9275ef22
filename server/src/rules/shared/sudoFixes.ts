import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { maxRewrittenCommands } from "../../ruleLimits";
import { deleteSpan, replaceSpan } from "../../text/edit";
import { containsSpan, type Span, spanOf } from "../../text/span";
import { changed } from "./fillIn";
import type { Membership } from "./groupMembers";
import { removalOfCommand, removalOfCommands } from "./removeCommand";
import { outputOf } from "./shellOutput";
import { shorten } from "./shorten";

/** Deletes the command that writes the rule, with what then sets the file's mode, or the rule's line of a heredoc. */
export function withoutRule(
  document: DockerfileDocument,
  instruction: Instruction,
  rule: Span,
): readonly Fix[] {
  const title = "Remove the rule";
  const { text, lines } = document;
  if (instruction.heredocs.some(({ bodySpan }) => containsSpan(bodySpan, rule))) {
    const { line } = lines.at(rule.start);
    return changed(title, [deleteSpan(spanOf(lines.startOf(line), lines.startOf(line + 1)))]);
  }
  if (instruction.keyword !== "RUN") return [];
  const { commands } = instruction.script;
  if (commands.length > maxRewrittenCommands) return [];
  const writer = commands.find(({ span, context }) => context === "top" && containsSpan(span, rule));
  if (writer === undefined || !/^(?:echo|printf)$/.test(writer.unwrapped.program)) return [];
  const output = outputOf(writer, text);
  const file = output.kind === "file" ? output.target.value : undefined;
  const tending = commands.filter(
    ({ unwrapped }) =>
      /^(?:chmod|chown|visudo)$/.test(unwrapped.program) &&
      file !== "/etc/sudoers" &&
      unwrapped.arguments.some(({ value }) => value !== undefined && value === file),
  );
  return changed(title, removalOfCommands(document, instruction, [writer, ...tending]) ?? []);
}

/** Takes the group out of a list, or deletes the command where it does nothing else. */
export function withoutGroup(
  document: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
  { group, word }: Membership,
): readonly Fix[] {
  const title = `Keep the user out of ${shorten(group)}`;
  const listed = document.text.slice(word.span.start, word.span.end);
  const others = listed.split(",").filter((one) => one !== group);
  if (word.exact && /^[\w,-]+$/.test(listed) && listed.includes(",") && others.length > 0)
    return changed(title, [replaceSpan(word.span, others.join(","))]);
  const { program, arguments: words } = command.unwrapped;
  const only =
    program === "gpasswd" ||
    (/^(?:adduser|addgroup)$/.test(program) && words.length === 2) ||
    (program === "usermod" &&
      words.length <= 4 &&
      words.every(({ text }) => !/^-(?!(?:a|G|aG|-groups|-append)$)/.test(text)));
  return only ? changed(title, [removalOfCommand(document, instruction, command)]) : [];
}
