import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption, hasFlag, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { insertAt, replaceSpan } from "../../text/edit";
import { insertFlagFixes } from "./insertFlag";

/** A package manager that installs what a project's own file asks for. */
export interface ProjectInstall {
  readonly program: "npm" | "yarn" | "pnpm" | "bundle" | "pipenv" | "uv" | "composer";
  /** `install` as written; undefined where the program is called without a subcommand. */
  readonly subcommand: ShellWord | undefined;
}

/** The installation of a project's packages by a command; undefined for single packages that the command names. */
export function projectInstallOf({ unwrapped }: ShellCommand): ProjectInstall | undefined {
  const { program } = unwrapped;
  if (!isManager(program)) return undefined;
  const [subcommand, ...packages] = operandsOf(unwrapped);
  if (subcommand === undefined)
    return (program === "yarn" || program === "bundle") && unwrapped.arguments.every(isOption)
      ? { program, subcommand: undefined }
      : undefined;
  if (!subcommands[program].test(subcommand.value ?? "")) return undefined;
  const isGlobal = hasFlag(unwrapped, "g", "global") || hasFlag(unwrapped, "", "location");
  return packages.length > 0 || isGlobal ? undefined : { program, subcommand };
}

/** Whether a command installs a project's packages without an option that holds it to the lock file. */
export function isLooseInstall(command: ShellCommand): boolean {
  if (!projectInstallOf(command)) return false;
  return !strictFlags.some((long) => {
    const option = findOption(command.unwrapped, "", long);
    return option !== undefined && option.value !== "false";
  });
}

/** Lets an installation take what the lock file says, and fail where that does not fit; never safe. */
export function strictInstallFixes(
  document: DockerfileDocument,
  { unwrapped }: ShellCommand,
  install: ProjectInstall,
): readonly Fix[] {
  const title = "Install what the lock file says";
  const { program, subcommand } = install;
  const { name } = unwrapped;
  const strict = strictWords[program];
  if (strict !== undefined)
    return subcommand?.exact
      ? [{ title, safety: "unsafe", edits: [replaceSpan(subcommand.span, strict)] }]
      : [];
  if (program === "bundle")
    return name?.exact
      ? [{ title, safety: "unsafe", edits: [insertAt(name.span.start, "BUNDLE_FROZEN=true ")] }]
      : [];
  const flag = program === "uv" ? "--locked" : "--frozen-lockfile";
  return insertFlagFixes(document, { name: subcommand ?? name }, flag, title);
}

/** Subcommands that do the same by the lock file alone. */
const strictWords: Readonly<Partial<Record<ProjectInstall["program"], string>>> = {
  npm: "ci",
  pipenv: "sync",
  composer: "install",
};

const strictFlags: readonly string[] = [
  ...[
    "frozen-lockfile",
    "immutable",
    "frozen",
    "locked",
    "deploy",
    "ignore-pipfile",
    "deployment",
    "lockfile-only",
  ],
  ...["package-lock-only", "dry-run", "lock", "skip-lock"],
];

function isOption({ literalPrefix }: ShellWord): boolean {
  return literalPrefix.startsWith("-") && !/^--?(?:v|version|help|h)$/.test(literalPrefix);
}

function isManager(program: string): program is ProjectInstall["program"] {
  return Object.hasOwn(subcommands, program);
}

const subcommands: Readonly<Record<ProjectInstall["program"], RegExp>> = {
  npm: /^(?:install|i|in|ins|inst|add)$/,
  yarn: /^install$/,
  pnpm: /^(?:install|i)$/,
  bundle: /^install$/,
  pipenv: /^install$/,
  uv: /^sync$/,
  composer: /^(?:update|upgrade|u)$/,
};
