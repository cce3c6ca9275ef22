import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { type CommandTest, hasCommand } from "../../documents/shell/remember";
import { finalChain } from "./stages";
import { type SystemCommand, systemCommandOf } from "./systemPackages";

/** An installation by a distribution's package manager, and those of its wanted packages that stay in the final image. */
export interface KeptInstall {
  readonly instruction: RunInstruction;
  readonly install: SystemCommand;
  /** The wanted ones, in order; never empty. */
  readonly packages: readonly KeptPackage[];
}

export interface KeptPackage {
  /** Without version, architecture or release. */
  readonly name: string;
  readonly word: ShellWord;
}

/** Which packages a rule asks for. Made once by a module: what was learnt of a RUN is remembered for it. */
export interface WantedPackages {
  readonly isWanted: (packageName: string) => boolean;
  readonly installs: CommandTest;
}

/** The packages whose names pass a test. */
export function wantedPackages(isWanted: (packageName: string) => boolean): WantedPackages {
  return {
    isWanted,
    installs: (command) => {
      const install = systemCommandOf(command);
      return (
        install?.action === "install" &&
        install.operands.some(({ value }) => value !== undefined && isWanted(packageNameOf(value)))
      );
    },
  };
}

/**
 * The installations of wanted packages that the final image gets, without packages that are removed again, or may be by a
 * variable.
 */
export function keptInstalls(
  document: DockerfileDocument,
  { isWanted, installs }: WantedPackages,
): readonly KeptInstall[] {
  const all: RunInstruction[] = [];
  for (const { instructions } of finalChain(document))
    for (const instruction of instructions) if (instruction.keyword === "RUN") all.push(instruction);
  const installing = all.filter(({ script }) => hasCommand(script, installs));
  if (installing.length === 0) return [];
  const removed = new Set(
    all.flatMap(({ script }) => (hasCommand(script, removes) ? script.commands.flatMap(removedBy) : [])),
  );
  return installing.flatMap((instruction) => {
    const { commands } = instruction.script;
    if (commands.some(mayRemoveAnything)) return [];
    return commands.flatMap((command) => {
      const install = systemCommandOf(command);
      if (install?.action !== "install" || isRemovedGroup(install, removed)) return [];
      const packages = install.operands.flatMap((word) => {
        const name = packageNameOf(word.value ?? "");
        return !isWanted(name) || removed.has(name) ? [] : [{ name, word }];
      });
      return packages.length > 0 ? [{ instruction, install, packages }] : [];
    });
  });
}

/** The name of a package without its version, architecture and release, as the package managers write them. */
export function packageNameOf(text: string): string {
  return text.replace(/[=~<>:/@].*$/s, "").replace(/-\d.*$/s, "");
}

function removes(command: ShellCommand): boolean {
  return systemCommandOf(command)?.action === "remove";
}

function removedBy(command: ShellCommand): readonly string[] {
  const system = systemCommandOf(command);
  if (system?.action !== "remove") return [];
  return system.operands.flatMap(({ value }) => (value === undefined ? [] : [packageNameOf(value)]));
}

/** A removal of what a variable names, or of all that is not marked as wanted. */
function mayRemoveAnything(command: ShellCommand): boolean {
  if (command.unwrapped.program === "apt-mark") return true;
  const system = systemCommandOf(command);
  return (
    system?.action === "remove" &&
    system.operands.some(({ value }) => value === undefined || /[*?]/.test(value))
  );
}

/** `apk add --virtual name`, and later `apk del name`. */
function isRemovedGroup({ options }: SystemCommand, removed: ReadonlySet<string>): boolean {
  return options.some(
    ({ name, value }) =>
      (name === "t" || name === "virtual") && (value === undefined || removed.has(packageNameOf(value))),
  );
}
