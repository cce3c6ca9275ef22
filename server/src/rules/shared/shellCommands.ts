import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { instructionsOf } from "./stages";

/** A command that an instruction runs. */
export interface InstructionCommand {
  readonly instruction: Instruction;
  readonly command: ShellCommand;
}

/** The simple commands of every RUN, those after ONBUILD included. */
export function runCommands(document: DockerfileDocument): readonly InstructionCommand[] {
  return commandsOf(document, ["RUN"]);
}

/** The simple commands that the instructions of some keywords run. */
export function commandsOf(
  document: DockerfileDocument,
  keywords: readonly ("RUN" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK")[],
): readonly InstructionCommand[] {
  const wanted: ReadonlySet<string> = new Set(keywords);
  return instructionsOf(document).flatMap((instruction) =>
    "script" in instruction && wanted.has(instruction.keyword)
      ? instruction.script.commands.map((command) => ({ instruction, command }))
      : [],
  );
}
