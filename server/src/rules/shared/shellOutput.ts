import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { maxPipeline } from "../../ruleLimits";

/** Where the output of a command ends up. */
export type Output =
  | { readonly kind: "file"; readonly target: ShellWord }
  /** Nothing takes it, so that it is in the log of the build. */
  | { readonly kind: "log" }
  /** Another program reads it, a variable keeps it, or it is thrown away. */
  | { readonly kind: "other" };

/** Programs that write what they read, in another form. */
const filters: ReadonlySet<string> = new Set(
  "awk base64 cat cut envsubst fold grep gunzip head jq rev sed sort tail tr uniq xxd".split(" "),
);

/**
 * Follows the output of a command through filters to a file, the log, or something else.
 *
 * @param text of the document that the command stands in
 */
export function outputOf(command: ShellCommand, text: string): Output {
  const following = command.pipeline.slice(command.pipelineIndex, command.pipelineIndex + maxPipeline);
  for (const [index, step] of (following.length > 0 ? following : [command]).entries()) {
    if (index > 0) {
      const { program } = step.unwrapped;
      const file = program === "tee" || program === "sponge" ? operandsOf(step.unwrapped)[0] : undefined;
      if (file !== undefined) return { kind: "file", target: file };
      if (!filters.has(program)) return { kind: "other" };
    }
    const target = redirectedTo(step, text);
    if (target !== undefined) return place(target);
  }
  return command.context === "substitution" || command.context === "process-substitution"
    ? { kind: "other" }
    : { kind: "log" };
}

/** Where standard output goes: a number other than 1 before the operator redirects something else. */
function redirectedTo(command: ShellCommand, text: string): ShellWord | undefined {
  return command.redirections.findLast(
    ({ operator, span }) => redirecting.has(operator) && !/[02-9]/.test(text.charAt(span.start)),
  )?.target;
}

const redirecting: ReadonlySet<string> = new Set([">", ">>", ">|", "&>", "&>>"]);

function place(target: ShellWord): Output {
  const path = target.value ?? "";
  if (/^\/dev\/(?:stdout|stderr|tty|console|fd\/[12])$|^\/proc\/(?:self|1)\/fd\/[12]$/.test(path))
    return { kind: "log" };
  return path.startsWith("/dev/") ? { kind: "other" } : { kind: "file", target };
}
