import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { readWords, type ShellOption } from "../../documents/shell/options";
import { operandsOf } from "../../documents/shell/queries";
import { accountCommand, accountOption } from "./accounts";

/** A user that a command puts into a group. */
export interface Membership {
  /** As written; undefined where the command does not say it in a word of its own. */
  readonly user: ShellWord | undefined;
  readonly group: string;
  /** The word that names the group. */
  readonly word: ShellWord;
}

/** The groups that `useradd -G`, `usermod -aG`, `adduser user group`, `gpasswd -a` and their like put a user into. */
export function membershipsOf(command: ShellCommand): readonly Membership[] {
  const { program } = command.unwrapped;
  if (program === "gpasswd") return fromGpasswd(command);
  const account = accountCommand(command);
  if (account?.kind === "user") {
    const { line, name } = account;
    return [
      accountOption(line, "G", "groups"),
      accountOption(line, "g", program === "adduser" ? "ingroup" : "gid"),
    ].flatMap((option) => fromOption(option, name));
  }
  if (program !== "adduser" && program !== "addgroup") return [];
  const [user, group] = operandsOf(command.unwrapped);
  return user && group?.value !== undefined ? [{ user, group: group.value, word: group }] : [];
}

function fromOption(option: ShellOption | undefined, user: ShellWord | undefined): readonly Membership[] {
  const word = option?.valueWord;
  if (option?.value === undefined || word === undefined) return [];
  return option.value
    .slice(0, 500)
    .split(",")
    .map((group) => ({ user, group, word }));
}

function fromGpasswd({ unwrapped }: ShellCommand): readonly Membership[] {
  const { options, operands } = readWords(unwrapped.arguments, gpasswdSyntax, false);
  const user = options.find(({ name }) => name === "a" || name === "add")?.valueWord;
  const [group] = operands;
  return user && group?.value !== undefined ? [{ user, group: group.value, word: group }] : [];
}

const gpasswdSyntax = {
  short: "adAMQ",
  long: new Set(["add", "delete", "administrators", "members", "root"]),
};
