import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { containsSpan, type Span } from "../../text/span";
import { runs } from "./mentions";

/**
 * Whether a text is only what `sed` looks for or deletes, and not what it writes: it stands before the second
 * delimiter of `s/…/…/`, or in an address.
 */
export function isReplacedBySed(document: DockerfileDocument, instruction: Instruction, span: Span): boolean {
  if (!runs(instruction, isSed) || !("script" in instruction)) return false;
  const command = instruction.script.commands.find((one) => isSed(one) && containsSpan(one.span, span));
  const word = command?.unwrapped.arguments.find((one) => containsSpan(one.span, span));
  if (word === undefined) return false;
  const before = document.text.slice(word.span.start, span.start);
  const substitution = /(?:^|[;\s"'}0-9$/])s([/|#,@!~])/.exec(before.slice(0, 500));
  if (substitution === null) return !/(?:^|[\s"'0-9$/])[aci](?:\\|[ \t])/.test(before.slice(0, 500));
  const rest = before.slice(substitution.index + substitution[0].length).replaceAll("\\\\", "");
  return !rest.replaceAll(`\\${substitution[1]}`, "").includes(substitution[1] ?? "/");
}

function isSed({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "sed";
}
