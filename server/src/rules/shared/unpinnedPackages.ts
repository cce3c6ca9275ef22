import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import type { CommandTest } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import type { TextEdit } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { type LanguageFamily, languageInstallOf, type NamedPackage } from "./languagePackages";
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
  /** Puts a version behind each package, for the user to fill in; none where one is not simply a name. */
  readonly fixes: readonly Fix[];
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
    const without = packagesWithoutVersion(install);
    const packages = without.map(({ value }) => value ?? "");
    const isKind = without.some(
      ({ value }) => family === "other" && /-(?:alpha|beta|devel|stable)$/.test(value ?? ""),
    );
    const fixes = isKind ? [] : fixesOf(without, markOf(install, family));
    return [{ instruction, verb, packages, span, fixes }];
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
  readonly packages: readonly NamedPackage[];
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
    const packages = operands.map((word) => ({ value: word.value, word }));
    return lacksVersion && { name: invocation.name, verb, packages, lacksVersion };
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
function packagesWithoutVersion({ packages, lacksVersion }: Install): readonly NamedPackage[] {
  return packages.filter(({ value }) => value !== undefined && lacksVersion(value));
}

/** What stands between a package and its version; undefined where that depends on the program or on more. */
function markOf({ lacksVersion }: Install, family: PackageFamily): string | undefined {
  return marks.get(lacksVersion) ?? familyMarks[family];
}

const familyMarks: Readonly<Record<PackageFamily, string | undefined>> = {
  apt: "=",
  apk: "=",
  yum: "-",
  dnf: "-",
  zypper: "=",
  pip: "==",
  npm: "@",
  gem: ":",
  go: "@",
  other: undefined,
};

/** Of those that one family takes in different forms. */
const marks: ReadonlyMap<pins.LacksVersion, string> = new Map([
  [pins.lacksStream, ":"],
  [pins.lacksAtVersion, "@"],
  [pins.lacksNpmVersion, "@"],
  [pins.lacksComposerVersion, ":"],
  [pins.lacksCondaVersion, "="],
  [pins.lacksPeclVersion, "-"],
  [pins.lacksPythonVersion, "=="],
  [pins.lacksUvVersion, "=="],
]);

function fixesOf(packages: readonly NamedPackage[], mark: string | undefined): readonly Fix[] {
  if (mark === undefined) return [];
  const edits: TextEdit[] = [];
  for (const { word } of packages) {
    const { start, end } = word?.span ?? { start: 0, end: 0 };
    const moving = mark === "@" ? /@(?:latest|main|master|next)$/.exec(word?.text ?? "")?.[0] : undefined;
    const name = word?.text.slice(0, word.text.length - (moving?.length ?? 0)) ?? "";
    if (!word?.exact || end - start !== word.text.length || !/^@?[\w.+/-]{1,200}$/.test(name)) return [];
    edits.push({ start: end - (moving?.length ?? 0), end, text: `${mark}VERSION` });
  }
  const title = edits.length > 1 ? "Write versions that you fill in" : "Write a version that you fill in";
  return [{ title, safety: "unsafe", edits, asks: ["VERSION"] }];
}

function testFor(family: PackageFamily): CommandTest {
  return (command) => {
    const install = installOf(command, family);
    return install?.packages.some(({ value }) => value !== undefined && install.lacksVersion(value)) === true;
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
