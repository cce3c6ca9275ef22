import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { CommandTest } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import type { Span } from "../../text/span";
import { insertFlagFixes } from "./insertFlag";
import { runCommands } from "./shellCommands";
import {
  hasOption,
  type SystemAction,
  type SystemCommand,
  type SystemFamily,
  spanOfAction,
  systemCommandOf,
} from "./systemPackages";

/** A command of a package manager that asks before it does something, where nobody answers. */
export interface AskingCommand {
  /** The program's name, without its path. */
  readonly program: string;
  readonly span: Span;
  readonly fixes: readonly Fix[];
}

/** The commands of a family in every RUN that would ask. */
export function askingCommands(
  document: DockerfileDocument,
  family: keyof typeof families,
): readonly AskingCommand[] {
  const { configured } = families[family];
  if (configured?.test(document.text)) return [];
  return runCommands(document, tests[family]).flatMap(({ command }) => {
    const asking = systemCommandOf(command);
    if (asking === undefined) return [];
    const { program } = asking.invocation;
    const fixes = insertFlagFixes(document, { name: asking.verb }, "-y", "Let it assume yes", "safe");
    return [{ program, span: spanOfAction(asking), fixes }];
  });
}

/**
 * The message of the rules about commands that ask. apt-get asks only if it has to do more than what was named, and
 * microdnf only from version 3.7 on.
 */
export function askingMessage(program: string): string {
  const asks = /^apt|^microdnf$/.test(program) ? "may ask" : "asks";
  return `${program} ${asks} whether to go on here, and a build has nobody to answer, so it fails`;
}

interface Asking {
  readonly actions: ReadonlySet<SystemAction>;
  /** Options, by letter or long name, with which it does not ask. */
  readonly answers: ReadonlySet<string>;
  /** What a file or an option says so that it never asks. */
  readonly configured: RegExp | undefined;
}

const changes: ReadonlySet<SystemAction> = new Set(["install", "module", "group", "upgrade", "remove"]);
const rpm: Asking = {
  actions: changes,
  answers: new Set(["y", "assumeyes", "assumeno", "downloadonly", "h", "help"]),
  configured: /\bassumeyes\s{0,9}=/i,
};

const families = {
  apt: {
    actions: new Set<SystemAction>(["install", "upgrade"]),
    answers: new Set([
      ...["y", "yes", "assume-yes", "assume-no", "force-yes", "s", "simulate", "just-print", "dry-run"],
      ...["recon", "no-act", "print-uris", "h", "help"],
    ]),
    configured: /\bAPT::Get::Assume-Yes\b/i,
  },
  yum: rpm,
  dnf: rpm,
  zypper: {
    actions: changes,
    answers: new Set(["y", "no-confirm", "n", "non-interactive", "D", "dry-run", "h", "help"]),
    configured: undefined,
  },
} satisfies Partial<Record<SystemFamily, Asking>>;

function testFor(family: keyof typeof families): CommandTest {
  return (command: ShellCommand) => {
    const system = systemCommandOf(command);
    return system?.family === family && asks(system, families[family]) && !isAnswered(command);
  };
}

const tests: Readonly<Record<keyof typeof families, CommandTest>> = {
  apt: testFor("apt"),
  yum: testFor("yum"),
  dnf: testFor("dnf"),
  zypper: testFor("zypper"),
};

function asks({ family, action, options, operands }: SystemCommand, asking: Asking): boolean {
  if (!asking.actions.has(action) || hasOption(options, asking.answers)) return false;
  if (action !== "upgrade" && operands.length === 0) return false;
  return family !== "apt" || !isQuiet(options);
}

/** For apt, quiet twice over means yes: `-qq`, `-q -q`, `-q=2`. */
function isQuiet(options: SystemCommand["options"]): boolean {
  const quiet = options.filter(({ name }) => name === "q" || name === "quiet");
  return (
    quiet.length >= 2 || quiet.some(({ word }) => /^-(?:[a-z]{0,9}q|-quiet)=[2-9]$/.test(word.literalPrefix))
  );
}

/** Whether something is piped into it, as `yes` would be. */
function isAnswered(command: ShellCommand): boolean {
  return (
    command.inputs.length > 0 ||
    command.redirections.some(({ operator }) => operator.startsWith("<")) ||
    (command.runBy?.inputs.length !== undefined && command.runBy.inputs.length > 0)
  );
}
