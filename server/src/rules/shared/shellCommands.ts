import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { type CommandTest, hasCommand } from "../../documents/shell/remember";
import { instructionsOf } from "./stages";

/** A command that an instruction runs. */
export interface InstructionCommand {
  readonly instruction: Instruction;
  readonly command: ShellCommand;
}

/**
 * The simple commands of every RUN that pass a test, those after ONBUILD included.
 * @param test see {@link hasCommand}: a function of the module that looks at no place
 */
export function runCommands(document: DockerfileDocument, test: CommandTest): readonly InstructionCommand[] {
  return commandsOf(document, runOnly, test);
}

/** The simple commands that the instructions of some keywords run and that pass a test. */
export function commandsOf(
  document: DockerfileDocument,
  keywords: readonly ("RUN" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK")[],
  test: CommandTest,
): readonly InstructionCommand[] {
  const found: InstructionCommand[] = [];
  for (const instruction of instructionsOf(document)) {
    if (!("script" in instruction) || !keywords.some((keyword) => keyword === instruction.keyword)) continue;
    if (!hasCommand(instruction.script, test)) continue;
    for (const command of instruction.script.commands)
      if (test(command)) found.push({ instruction, command });
  }
  return found;
}

const runOnly = ["RUN"] as const;
