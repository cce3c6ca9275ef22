import type { RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";

/** Why a program makes no sense in a build: it waits for input, leaves no file, or asks about a running machine. */
export type Pointlessness = "waits" | "gone" | "machine";

/** Programs that make no sense in a build, unless {@link isPointless} or {@link usesIn} says otherwise. */
export const pointlessPrograms: ReadonlyMap<string, Pointlessness> = new Map([
  ...entries("waits", "vim vi nvim nano emacs less more top htop"),
  ...entries("gone", "service systemctl mount umount ssh"),
  ...entries("machine", "ps free kill shutdown reboot halt poweroff ifconfig"),
]);

/** Whether a command by itself makes no sense in a build: an editor without commands, `systemctl start`. */
export function isPointless({ unwrapped, inputs }: ShellCommand): boolean {
  const { program, arguments: words } = unwrapped;
  const first = words[0]?.value ?? "";
  switch (program) {
    case "systemctl":
      return /^(?:start|stop|restart|reload|status)$/.test(operandsOf(unwrapped)[0]?.value ?? "");
    case "vim":
    case "vi":
    case "nvim":
    case "emacs":
      return !words.some(({ literalPrefix }) =>
        /^\+|^--(?:version|batch|headless|help)|^-[a-zA-Z]*[cesES]/.test(literalPrefix),
      );
    case "nano":
    case "more":
    case "less":
      return inputs.length > 0 || words.length === 0 || !first.startsWith("--");
    case "top":
      return !/^-[a-z]*b/.test(first);
    default:
      return pointlessPrograms.has(program) && !/^(?:-V|--version|--help)$/.test(first);
  }
}

/** Tells whether the rest of its step gives such a command a use: a service for what follows, `kill` for what runs. */
export function usesIn({
  mounts,
  security,
  script,
}: RunInstruction): (command: ShellCommand, index: number) => boolean {
  const { commands } = script;
  const lastOther = commands.findLastIndex(({ unwrapped }) => !isService(unwrapped.program));
  const firstStart = commands.findIndex(
    ({ unwrapped }) =>
      isService(unwrapped.program) && unwrapped.arguments.some(({ value }) => value === "start"),
  );
  const runsInBackground = commands.some(({ joinedBy }) => joinedBy === "&");
  return ({ unwrapped: { program } }, index) => {
    switch (program) {
      case "service":
      case "systemctl":
        return index < lastOther || (firstStart >= 0 && firstStart < index);
      case "ssh":
        return mounts.some(({ type }) => type === "ssh");
      case "mount":
      case "umount":
        return security !== undefined;
      case "kill":
      case "ps":
        return runsInBackground;
      default:
        return false;
    }
  };
}

function isService(program: string): boolean {
  return program === "service" || program === "systemctl" || program === "sleep";
}

function entries(kind: Pointlessness, programs: string): readonly (readonly [string, Pointlessness])[] {
  return programs.split(" ").map((program) => [program, kind]);
}
