import type { DockerfileDocument, RunInstruction, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { ShellOption } from "../../documents/shell/options";
import { hasCommand } from "../../documents/shell/remember";
import { imageFacts } from "../../knowledge/images";
import { accountCommand, idOption, optionValue, valueIn } from "./accounts";
import { finalChain } from "./stages";

/** A number that a RUN gives to an account. */
export interface GivenId {
  readonly run: RunInstruction;
  readonly command: ShellCommand;
  readonly kind: "user" | "group";
  readonly name: string;
  readonly id: number;
  readonly option: ShellOption;
}

/** The numbers that the commands of a stage give to accounts, as far as the file tells them, in order. */
export function givenIds(stage: Stage): readonly GivenId[] {
  return stage.instructions.flatMap((run, position) => {
    if (run.keyword !== "RUN" || !hasCommand(run.script, givesId)) return [];
    return run.script.commands.filter(givesId).flatMap((command) => {
      const account = accountCommand(command)!;
      const option = idOption(account)!;
      const stateAt = () => stage.stateAt(position);
      const id = optionValue(option, stateAt);
      const name =
        account.name && (account.name.value ?? valueIn(account.name.text, stateAt) ?? account.name.text);
      if (name === undefined || id === undefined || !/^\d{1,10}$/.test(id)) return [];
      return [{ run, command, kind: account.kind, name, id: Number(id), option }];
    });
  });
}

/** The uid of a user of the final image, by what the file gives it or by what is known of the base image. */
export function uidOfUser(document: DockerfileDocument, user: string): number | undefined {
  for (const stage of finalChain(document)) {
    const given = givenIds(stage).findLast(({ kind, name }) => kind === "user" && name === user);
    if (given !== undefined) return given.id;
  }
  const target = document.finalStage?.base?.target;
  if (target?.kind !== "image") return undefined;
  return imageFacts(target.reference)?.users.find(({ name }) => name === user)?.uid;
}

/** Whether a command gives a number to an account; looks at no place. */
export function givesId(command: ShellCommand): boolean {
  const account = accountCommand(command);
  return account !== undefined && idOption(account) !== undefined;
}
