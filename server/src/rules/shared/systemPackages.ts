import type { ShellCommand, ShellWord, UnwrappedCommand } from "../../documents/shell/model";
import { optionSyntaxOf } from "../../documents/shell/optionSyntax";
import { readWords, type ShellOption } from "../../documents/shell/options";
import { type Span, spanOf } from "../../text/span";
import { aptPrograms } from "./packagePrograms";

/** The package managers of Linux distributions, by whose packages they install. */
export type SystemFamily = "apt" | "apk" | "yum" | "dnf" | "zypper" | "pacman";

/**
 * What a command of a package manager does: `module` and `group` install what has no version of a package's kind,
 * `upgrade` brings newer versions of what is there, `refresh` only learns which packages there are.
 */
export type SystemAction =
  | "install"
  | "module"
  | "group"
  | "upgrade"
  | "remove"
  | "refresh"
  | "clean"
  | "other";

/** A command of a distribution's package manager. */
export interface SystemCommand {
  readonly family: SystemFamily;
  readonly action: SystemAction;
  readonly invocation: UnwrappedCommand;
  readonly options: readonly ShellOption[];
  /** The word that says what to do: `install`. */
  readonly verb: ShellWord;
  /** What follows the verb: packages, files, addresses, variables. */
  readonly operands: readonly ShellWord[];
}

/** A command as one of a distribution's package manager; `undefined` where it is none, or does nothing. */
export function systemCommandOf({ unwrapped }: ShellCommand): SystemCommand | undefined {
  const manager = managers.get(unwrapped.program);
  if (manager === undefined) return undefined;
  let known = systemCommands.get(unwrapped);
  if (known === undefined) {
    known = { command: readBy(manager, unwrapped) };
    systemCommands.set(unwrapped, known);
  }
  return known.command;
}

/** Some twenty rules ask the same commands. */
const systemCommands = new WeakMap<UnwrappedCommand, { readonly command: SystemCommand | undefined }>();

function readBy(manager: Manager, unwrapped: UnwrappedCommand): SystemCommand | undefined {
  const { options, operands } = readWords(unwrapped.arguments, optionSyntaxOf(manager.syntax), false);
  const { family } = manager;
  if (family === "pacman") return pacmanCommand(unwrapped, options, operands);
  const [first, second] = operands;
  if (first?.value === undefined) return undefined;
  const phrase = `${first.value} ${second?.value ?? ""}`;
  const isPhrase = second !== undefined && manager.verbs.has(phrase);
  return {
    family,
    action: manager.verbs.get(isPhrase ? phrase : first.value) ?? "other",
    invocation: unwrapped,
    options,
    verb: isPhrase ? second : first,
    operands: operands.slice(isPhrase ? 2 : 1),
  };
}

/** The program and what it is told to do: `apt-get install`, with the options between. */
export function spanOfAction({ invocation, verb }: Pick<SystemCommand, "invocation" | "verb">): Span {
  return spanOf(Math.min(invocation.name?.span.start ?? verb.span.start, verb.span.start), verb.span.end);
}

/** Whether a command has an option by one of some letters or long names. */
export function hasOption(options: readonly ShellOption[], names: ReadonlySet<string>): boolean {
  return options.some(({ name }) => names.has(name));
}

interface Manager {
  readonly family: SystemFamily;
  /** The program whose options it has. */
  readonly syntax: string;
  readonly verbs: ReadonlyMap<string, SystemAction>;
}

function verbs(table: Partial<Record<SystemAction, string>>): ReadonlyMap<string, SystemAction> {
  return new Map(
    (Object.entries(table) as [SystemAction, string][]).flatMap(([action, names]) =>
      names.split(",").map((name): [string, SystemAction] => [name, action]),
    ),
  );
}

const apt: Manager = {
  family: "apt",
  syntax: "apt-get",
  verbs: verbs({
    install: "install,reinstall",
    upgrade: "upgrade,dist-upgrade,full-upgrade,safe-upgrade",
    remove: "remove,purge,autoremove,autopurge",
    refresh: "update",
    clean: "clean,autoclean,distclean",
  }),
};

const rpmVerbs = verbs({
  install: "install,in,localinstall,reinstall",
  module: "module install",
  group: "groupinstall,group install",
  upgrade: "update,upgrade,up,distro-sync,upgrade-minimal,update-minimal,system-upgrade",
  remove: "remove,erase,rm,autoremove",
  refresh: "makecache,check-update,check-upgrade",
  clean: "clean",
});

const dnf: Manager = { family: "dnf", syntax: "dnf", verbs: rpmVerbs };

const managers: ReadonlyMap<string, Manager> = new Map<string, Manager>([
  ...[...aptPrograms].map((program): [string, Manager] => [program, apt]),
  [
    "apk",
    {
      family: "apk",
      syntax: "apk",
      verbs: verbs({ install: "add", upgrade: "upgrade", remove: "del", refresh: "update", clean: "cache" }),
    },
  ],
  ["yum", { family: "yum", syntax: "yum", verbs: rpmVerbs }],
  ["dnf", dnf],
  ["dnf5", dnf],
  ["microdnf", dnf],
  ["tdnf", dnf],
  [
    "zypper",
    {
      family: "zypper",
      syntax: "zypper",
      verbs: verbs({
        install: "install,in",
        upgrade: "update,up,dist-upgrade,dup,patch",
        remove: "remove,rm",
        refresh: "refresh,ref",
        clean: "clean,cc",
      }),
    },
  ],
  ["pacman", { family: "pacman", syntax: "pacman", verbs: new Map() }],
]);

/** pacman says with letters what it does: `-S` with packages installs, `-Sy` refreshes, `-Syu` upgrades. */
function pacmanCommand(
  invocation: UnwrappedCommand,
  options: readonly ShellOption[],
  operands: readonly ShellWord[],
): SystemCommand | undefined {
  const has = (letter: string, long: string) => hasOption(options, new Set([letter, long]));
  const verb = options.find(({ name }) => /^(?:[SRUQDFT]|sync|remove|upgrade|query)$/.test(name))?.word;
  if (verb === undefined) return undefined;
  const action = (): SystemAction => {
    if (has("R", "remove")) return "remove";
    if (has("U", "upgrade")) return "install";
    if (!has("S", "sync")) return "other";
    if (has("c", "clean")) return "clean";
    if (operands.length > 0) return "install";
    if (has("u", "sysupgrade")) return "upgrade";
    return has("y", "refresh") ? "refresh" : "other";
  };
  return { family: "pacman", action: action(), invocation, options, verb, operands };
}
