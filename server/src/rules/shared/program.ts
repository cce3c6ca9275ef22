import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { programSource } from "./interpreters";
import { finalChain } from "./stages";

/** Whether a stage says what to start; a command that is just a shell or a prompt waits for somebody to type. */
export function startsProgram({ entrypoint, command }: Stage): boolean {
  if (entrypoint !== undefined || command === undefined) return entrypoint !== undefined;
  const [only, ...more] = command.script.commands;
  return only === undefined || more.length > 0 || programSource(only)?.kind !== "input";
}

/** Whether the final image gets files of its own beside what RUN makes: then most likely something runs in it. */
export function copiesProgram(document: DockerfileDocument): boolean {
  return finalChain(document).some((stage) =>
    stage.instructions.some(({ keyword }) => keyword === "COPY" || keyword === "ADD"),
  );
}
