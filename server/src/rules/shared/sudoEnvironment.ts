import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import { stateBefore } from "./stages";

/**
 * Whether a command that root runs through sudo sees the same variables, path and umask without it. By default sudo
 * takes most variables away, searches a path of its own and tightens the umask (sudoers(5): `env_reset`,
 * `secure_path`, `umask`).
 */
export function seesTheSameWithoutSudo(
  document: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
): boolean {
  const environment = stateBefore(document, instruction)?.environment;
  if (command.program !== "sudo" || command.assignments.length > 0 || environment === undefined) return false;
  if (![...environment.keys()].every((name) => withoutEffect.has(name))) return false;
  return !("script" in instruction && hasCommand(instruction.script, changesShell));
}

/** Variables that sudo leaves, and the one that decides how questions are asked that nobody is there to answer. */
const withoutEffect: ReadonlySet<string> = new Set("DEBIAN_FRONTEND LANG LANGUAGE LC_ALL TERM".split(" "));

function changesShell({ program, arguments: words }: ShellCommand): boolean {
  if (program === "set") return words.some(({ text }) => /^-[a-z]{0,20}a/.test(text));
  return /^(?:umask|export|declare|source|\.)$/.test(program);
}
