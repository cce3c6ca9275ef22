import type { Stage, StageState } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import { chainOf } from "./stages";
import { isRootUser } from "./users";

/**
 * The user that a RUN of a stage, or of one that it is built from, makes with `useradd` or `adduser`: the last one that is made, since what
 * comes first is often a build user.
 *
 * @returns its name as it can be written in USER (a literal, or a variable that the stage knows)
 */
export function createdUser(last: Stage): string | undefined {
  const end = last.stateAt(last.instructions.length);
  for (const stage of chainOf(last)) {
    const created = usersMadeIn(stage).filter((name) => isUsable(name, end));
    const newest = created[created.length - 1];
    if (newest !== undefined) return newest;
  }
  return undefined;
}

/** The position of the last RUN of a stage that makes a user, or -1. */
export function lastUserMade({ instructions }: Stage): number {
  return instructions.findLastIndex((one) => one.keyword === "RUN" && hasCommand(one.script, makesUser));
}

/** The names of the users that the RUNs of a stage make with `useradd` or `adduser`, as written. */
export function usersMadeIn(stage: Stage): readonly string[] {
  const names: string[] = [];
  for (const instruction of stage.instructions) {
    if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, makesUser)) continue;
    for (const command of instruction.script.commands) {
      const name = userMadeBy(command);
      if (name !== undefined) names.push(name);
    }
  }
  return names;
}

/** Options that are followed by their value. Debian's `adduser --group` stands alone, `useradd --group` does not exist. */
const withValue: ReadonlySet<string> = new Set([
  ..."-u -g -G -d -s -c -b -e -f -k -K -p -R -P -h".split(" "),
  ..."--uid --gid --groups --home-dir --home --shell --comment --gecos --ingroup --base-dir --expiredate".split(
    " ",
  ),
  ..."--inactive --skel --key --password --root --prefix --firstuid --lastuid --conf".split(" "),
]);

function makesUser(command: ShellCommand): boolean {
  return userMadeBy(command) !== undefined;
}

function userMadeBy(command: ShellCommand): string | undefined {
  const { program, arguments: words } = command.unwrapped;
  if (program !== "useradd" && program !== "adduser") return undefined;
  for (let i = 0; i < words.length; i++) {
    const text = words[i]!.value ?? words[i]!.text;
    if (withValue.has(text)) {
      if ((text === "-u" || text === "--uid") && words[i + 1]?.value === "0") return undefined;
      i++;
    } else if (!text.startsWith("-")) return text.replace(/^"(.*)"$/, "$1");
  }
  return undefined;
}

/** A plain name, or `$NAME` where the stage's own variables fill it: those of a shell mean nothing to USER. */
function isUsable(name: string, end: StageState): boolean {
  const variable = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(name)?.[1];
  if (variable === undefined) return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) && !isRootUser(name);
  const value = end.environment.get(variable);
  return value?.state === "known" && value.value !== "" && !isRootUser(value.value);
}
