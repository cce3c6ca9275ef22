import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import type { Span } from "../../text/span";
import { changed } from "./fillIn";

/** Takes a credential that is written out in a RUN from a build secret, which the command gets as a variable. */
export function credentialMountFixes(
  document: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
  credential: Span,
): readonly Fix[] {
  if (instruction.keyword !== "RUN" || instruction.onbuild) return [];
  const name = `${command.unwrapped.program.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}_PASSWORD`;
  const { flags, argumentsSpan } = instruction;
  const start = flags[0]?.span.start ?? argumentsSpan.start;
  const isMounted = instruction.mounts.some(({ options }) =>
    options.some(({ key, value }) => key === "env" && value === name),
  );
  return changed(`Pass ${name} as a build secret`, [
    ...(isMounted ? [] : [insertAt(start, `--mount=type=secret,id=${name},env=${name} `)]),
    variableFor(document, instruction, command, credential, name),
  ]);
}

/** Takes a credential of what is started from the environment, where a shell reads the command. */
export function credentialVariableFixes(
  document: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
  credential: Span,
  name: string,
): readonly Fix[] {
  return changed(`Take ${name} from the environment`, [
    variableFor(document, instruction, command, credential, name),
  ]);
}

/** The variable in the place of a credential; undefined where no shell expands it there. */
function variableFor(
  { text }: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
  credential: Span,
  name: string,
): TextEdit | undefined {
  if (!("form" in instruction) || instruction.form !== "shell" || command.runBy !== undefined)
    return undefined;
  const word = command.unwrapped.arguments.find(
    ({ span }) => span.start <= credential.start && credential.end <= span.end,
  );
  if (!word?.exact || text.slice(word.span.start, word.span.end) !== word.text) return undefined;
  const before = text.slice(word.span.start, credential.start);
  const after = text.slice(credential.end, word.span.end);
  if (!/["']/.test(before + after)) return replaceSpan(credential, `"$${name}"`);
  if (/^[^"']*"[^"']*$/.test(before) && /^[^"']*"[^"']*$/.test(after))
    return replaceSpan(credential, `\${${name}}`);
  const isPlain = /^'[^'"$`\\]*$/.test(before) && /^[^'"$`\\]*'$/.test(after);
  return isPlain ? replaceSpan(word.span, `"${before.slice(1)}\${${name}}${after.slice(0, -1)}"`) : undefined;
}
