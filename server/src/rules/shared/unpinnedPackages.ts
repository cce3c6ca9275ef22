import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import type { CommandTest } from "../../documents/shell/remember";
import { type Span, spanOf } from "../../text/span";
import { type LanguageFamily, languageInstallOf } from "./languagePackages";
import * as pins from "./packagePins";
import { runCommands } from "./shellCommands";
import { shorten } from "./shorten";
import { type SystemCommand, type SystemFamily, systemCommandOf } from "./systemPackages";

/** Whose packages an installation brings. */
export type PackageFamily = LanguageFamily | Exclude<SystemFamily, "pacman">;

/** A command that installs packages without saying which version. */
export interface UnpinnedInstall {
  readonly instruction: Instruction;
  readonly verb: ShellWord;
  /** Those without a version, as written; never empty. */
  readonly packages: readonly string[];
  /** Program and verb. */
  readonly span: Span;
}

/** The installations in every RUN that name a package of a family and no version. */
export function unpinnedInstalls(
  document: DockerfileDocument,
  family: PackageFamily,
): readonly UnpinnedInstall[] {
  return runCommands(document, tests[family]).flatMap(({ instruction, command }) => {
    const install = installOf(command, family);
    if (install === undefined) return [];
    const { name, verb } = install;
    const span = spanOf(name?.span.start ?? verb.span.start, verb.span.end);
    return [{ instruction, verb, packages: packagesWithoutVersion(install), span }];
  });
}

/** The message of the rules about packages without a version; of an address only its end, which holds no credentials. */
export function unpinnedMessage(packages: readonly string[]): string {
  const [first = ""] = packages;
  const [plain = ""] = first.includes("://")
    ? first.slice(first.lastIndexOf("/") + 1).split(/[?#]/, 1)
    : [first];
  const more = packages.length - 1;
  return more === 0
    ? `${shorten(plain, 40)} has no fixed version here, so each build may install another one`
    : `${shorten(plain, 40)} and ${more} more have no fixed version here, so each build may install others`;
}

interface Install {
  readonly name: ShellWord | undefined;
  readonly verb: ShellWord;
  readonly values: readonly (string | undefined)[];
  readonly lacksVersion: pins.LacksVersion;
}

const versions: Readonly<Record<Exclude<SystemFamily, "pacman">, pins.LacksVersion>> = {
  apt: pins.lacksAptVersion,
  apk: pins.lacksApkVersion,
  yum: pins.lacksRpmVersion,
  dnf: pins.lacksRpmVersion,
  zypper: pins.lacksZypperVersion,
};

function installOf(command: ShellCommand, family: PackageFamily): Install | undefined {
  const system = systemCommandOf(command);
  if (system !== undefined) {
    if (system.family !== family) return undefined;
    const { invocation, verb, operands } = system;
    const lacksVersion = systemVersions(system);
    const values = operands.map(({ value }) => value);
    return lacksVersion && { name: invocation.name, verb, values, lacksVersion };
  }
  const language = languageInstallOf(command);
  if (language?.family !== family) return undefined;
  return { ...language, name: language.invocation.name };
}

function systemVersions({ family, action, options }: SystemCommand): pins.LacksVersion | undefined {
  if (family === "pacman") return undefined;
  if (action === "module") return pins.lacksStream;
  if (action !== "install") return undefined;
  const isPattern = options.some(
    ({ name, value }) => (name === "t" || name === "type") && value !== undefined && value !== "package",
  );
  return family === "zypper" && isPattern ? undefined : versions[family];
}

/** A word with an expansion may hold a version, or a whole list: nobody knows. */
function packagesWithoutVersion({ values, lacksVersion }: Install): readonly string[] {
  return values.flatMap((value) => (value !== undefined && lacksVersion(value) ? [value] : []));
}

function testFor(family: PackageFamily): CommandTest {
  return (command) => {
    const install = installOf(command, family);
    return install !== undefined && packagesWithoutVersion(install).length > 0;
  };
}

const tests: Readonly<Record<PackageFamily, CommandTest>> = {
  apt: testFor("apt"),
  apk: testFor("apk"),
  yum: testFor("yum"),
  dnf: testFor("dnf"),
  zypper: testFor("zypper"),
  pip: testFor("pip"),
  npm: testFor("npm"),
  gem: testFor("gem"),
  go: testFor("go"),
  other: testFor("other"),
};
