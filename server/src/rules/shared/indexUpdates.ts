import type { RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { systemCommandOf } from "./systemPackages";

/** Whether a command updates the index of packages, or upgrades all with what updates it. */
export function renewsIndex(command: ShellCommand): boolean {
  const update = systemCommandOf(command);
  if (update === undefined || update.operands.length > 0)
    return update?.action === "refresh" && update.family === "apt";
  if (update.action === "refresh") return true;
  return (
    update.action === "upgrade" &&
    upgrading.has(update.family) &&
    /^up$|^update$|^-/.test(update.verb.value ?? "")
  );
}

/** Whether something behind an update may make use of it, or the index lies where no layer keeps it. */
export function isIndexUsed(run: RunInstruction, update: ShellCommand): boolean {
  const { commands, incomplete } = run.script;
  return (
    incomplete ||
    run.mounts.some(holdsIndex) ||
    commands.slice(commands.indexOf(update) + 1).some(mayUseIndex)
  );
}

/** Families whose `update` upgrades what is installed. */
const upgrading: ReadonlySet<string> = new Set(["yum", "dnf", "zypper", "pacman"]);

/** Programs that take nothing from the package index. */
const harmless: ReadonlySet<string> = new Set(
  [": [ cat cd chmod chown cp date echo exit export false grep hostname ln ls mkdir mv printf pwd"]
    .concat("rm rmdir sed set sleep sync tee test touch true umask uname unset which whoami")
    .flatMap((line) => line.split(" ")),
);

function holdsIndex({ options, type }: RunInstruction["mounts"][number]): boolean {
  const target =
    options.find(({ key }) => key === "target" || key === "dst" || key === "destination")?.value ?? "";
  return type !== "bind" && /^\/var\/(?:lib\/(?:apt|pacman)|cache)(?:\/|$)|^\/etc\/apk\/cache/.test(target);
}

function mayUseIndex(command: ShellCommand): boolean {
  const system = systemCommandOf(command);
  if (system !== undefined) return !/^(?:refresh|clean|remove)$/.test(system.action);
  return command.name !== undefined && !harmless.has(command.unwrapped.program);
}
