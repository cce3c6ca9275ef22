import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag, valueOfOption } from "../../documents/shell/queries";
import { maxPipeline } from "../../ruleLimits";
import { containsSpan, type Span } from "../../text/span";
import { programSource } from "./interpreters";

const downloaders: ReadonlySet<string> = new Set(["curl", "wget", "aria2c", "fetch", "http", "https", "xh"]);

/** Whether a command writes what it downloads to its output. */
export function isDownload({ unwrapped }: ShellCommand): boolean {
  if (!downloaders.has(unwrapped.program)) return false;
  if (unwrapped.program !== "curl") return true;
  const output = valueOfOption(unwrapped, "o", "output");
  return (
    (output === undefined || output === "-" || output === "/dev/stdout") &&
    !hasFlag(unwrapped, "O", "remote-name")
  );
}

/** The download at the other end of the pipe whose input a command runs as a program. */
export function pipedDownload(command: ShellCommand): ShellCommand | undefined {
  if (command.inputs.length === 0 || programSource(command)?.kind !== "input") return undefined;
  let inputs = command.inputs.slice(0, maxPipeline);
  for (let steps = 0; steps < maxPipeline && inputs.length > 0; steps++) {
    const found = inputs.find(isDownload);
    if (found) return found;
    inputs = inputs.flatMap((input) => input.inputs).slice(0, maxPipeline);
  }
  return undefined;
}

/** Whether a command runs the output of a substitution in its words. */
export function executes(executor: ShellCommand, { span, context }: ShellCommand): boolean {
  const { program } = executor.unwrapped;
  if (program === "eval") return context === "substitution";
  if (program === "." || program === "source") return context === "process-substitution";
  const source = programSource(executor);
  switch (source?.kind) {
    case "text":
      return source.word !== undefined && beginsWith(source.word.span, source.word.literalPrefix, span);
    case "file":
      return context === "process-substitution" && containsSpan(source.word.span, span);
    case "input":
      return executor.redirections.some((redirection) => containsSpan(redirection.span, span));
    default:
      return false;
  }
}

function beginsWith(word: Span, literalPrefix: string, substitution: Span): boolean {
  return literalPrefix.trim() === "" && containsSpan(word, substitution);
}
