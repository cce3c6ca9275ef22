import type { ShellCommand, ShellWord, UnwrappedCommand } from "../../documents/shell/model";
import { type OptionSyntax, optionSyntaxOf } from "../../documents/shell/optionSyntax";
import { readWords } from "../../documents/shell/options";
import * as pins from "./packagePins";
import { invocationOf } from "./pipCommand";
import { hasOption } from "./systemPackages";

/** What installs the packages of a language; `other` stands for all that are rarer in Dockerfiles. */
export type LanguageFamily = "pip" | "npm" | "gem" | "go" | "other";

/** What an installation names. */
export interface NamedPackage {
  /** Not known where it holds variables. */
  readonly value: string | undefined;
  /** Where it stands by itself; undefined for the value of an option. */
  readonly word: ShellWord | undefined;
}

/** A command that installs packages of a language. */
export interface LanguageInstall {
  readonly family: LanguageFamily;
  readonly invocation: UnwrappedCommand;
  /** The word that says so, the program itself where there is none: `install`, `npx`. */
  readonly verb: ShellWord;
  /** Packages, files and addresses. */
  readonly packages: readonly NamedPackage[];
  readonly lacksVersion: pins.LacksVersion;
}

/** A command as one that installs packages of a language, unless an option gives the version of all. */
export function languageInstallOf(command: ShellCommand): LanguageInstall | undefined {
  const invocation = invocationOf(command);
  const candidates = managers.get(invocation.program);
  if (candidates === undefined) return undefined;
  let known = installs.get(command.unwrapped);
  if (known === undefined) {
    known = { install: readBy(candidates, invocation) };
    installs.set(command.unwrapped, known);
  }
  return known.install;
}

/** There is a rule for each family, and each asks all commands. */
const installs = new WeakMap<UnwrappedCommand, { readonly install: LanguageInstall | undefined }>();

function readBy(candidates: readonly Manager[], invocation: UnwrappedCommand): LanguageInstall | undefined {
  for (const manager of candidates) {
    const install = installBy(manager, invocation);
    if (install !== undefined) return install;
  }
  return undefined;
}

interface Manager {
  readonly family: LanguageFamily;
  /** Words that install, each as a phrase; an empty one where the program installs by itself. */
  readonly verbs: readonly string[];
  readonly syntax: OptionSyntax;
  readonly lacksVersion: pins.LacksVersion;
  /** Options that give all packages their version, or a place of their own. */
  readonly settledBy?: ReadonlySet<string>;
  /** Options whose values are the packages, instead of the operands. */
  readonly packageOptions?: ReadonlySet<string>;
  /** Options of which one is needed: without it what is there already may be meant. */
  readonly onlyWith?: ReadonlySet<string>;
  /** Whether the first operand is the package, and the others are for its program. */
  readonly runs?: true;
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(" "));
const syntax = (short: string, long: string): OptionSyntax => ({ short, long: names(long) });

const pip = optionSyntaxOf("pip");
const npm = syntax(
  "C",
  "prefix registry cache workspace userconfig globalconfig loglevel omit include tag location python fetch-retries " +
    "fetch-timeout fetch-retry-mintimeout fetch-retry-maxtimeout network-timeout cache-folder modules-folder cwd dir " +
    "filter store-dir depth cafile proxy https-proxy global-folder global-dir",
);
const uv = syntax(
  "crefptwn",
  "constraint requirement requirements editable python index-url extra-index-url index default-index find-links " +
    "target prefix with with-requirements from index-strategy python-platform python-version override cache-dir",
);
const npx = syntax("pcw", "package call workspace registry cache prefix");
const conda = syntax("ncpf", "name prefix channel file solver root-prefix platform");

const npmManager: Omit<Manager, "verbs"> = {
  family: "npm",
  syntax: npm,
  lacksVersion: pins.lacksNpmVersion,
};
const other = (
  verbs: string,
  options: OptionSyntax,
  lacksVersion: pins.LacksVersion,
  more: Partial<Manager> = {},
): Manager => ({ family: "other", verbs: verbs.split(","), syntax: options, lacksVersion, ...more });

const npxOptions = {
  onlyWith: names("y yes p package"),
  packageOptions: names("p package"),
  runs: true,
} as const;
const constrained = names("c constraint no-index");

const managers: ReadonlyMap<string, readonly Manager[]> = new Map<string, readonly Manager[]>([
  [
    "pip",
    [
      {
        family: "pip",
        verbs: ["install"],
        syntax: pip,
        lacksVersion: pins.lacksPythonVersion,
        settledBy: constrained,
      },
    ],
  ],
  [
    "npm",
    [
      { ...npmManager, verbs: ["install", "i", "add", "in", "ins", "isntall"] },
      other("exec,x", npx, pins.lacksNpmVersion, npxOptions),
    ],
  ],
  [
    "yarn",
    [
      { ...npmManager, verbs: ["add", "global add"] },
      other("dlx", npx, pins.lacksNpmVersion, { packageOptions: names("p package"), runs: true }),
    ],
  ],
  [
    "pnpm",
    [
      { ...npmManager, verbs: ["add", "install", "i"] },
      other("dlx", syntax("", "package"), pins.lacksNpmVersion, {
        packageOptions: names("package"),
        runs: true,
      }),
    ],
  ],
  ["bun", [{ ...npmManager, verbs: ["add", "install", "i"] }]],
  ["npx", [other("", npx, pins.lacksNpmVersion, npxOptions)]],
  [
    "gem",
    [
      {
        family: "gem",
        verbs: ["install", "i"],
        syntax: optionSyntaxOf("gem"),
        lacksVersion: pins.lacksGemVersion,
        settledBy: names("v version g file"),
      },
    ],
  ],
  [
    "go",
    [
      { family: "go", verbs: ["install", "get"], syntax: syntax("", ""), lacksVersion: pins.lacksGoVersion },
      { family: "go", verbs: ["run"], syntax: syntax("", ""), lacksVersion: pins.lacksGoVersion, runs: true },
    ],
  ],
  [
    "cargo",
    [
      other(
        "install,binstall",
        syntax(
          "FjZ",
          "version vers git branch tag rev path root index registry bin example features profile target jobs " +
            "target-dir config color",
        ),
        pins.lacksAtVersion,
        { settledBy: names("version vers rev tag path"), packageOptions: names("git") },
      ),
    ],
  ],
  [
    "dotnet",
    [
      other(
        "tool install",
        syntax("v", "version tool-path add-source source configfile framework tool-manifest arch verbosity"),
        pins.lacksAtVersion,
        { settledBy: names("version") },
      ),
    ],
  ],
  ["composer", [other("require,global require", syntax("d", "working-dir"), pins.lacksComposerVersion)]],
  ["conda", [other("install,create", conda, pins.lacksCondaVersion)]],
  ["mamba", [other("install,create", conda, pins.lacksCondaVersion)]],
  ["micromamba", [other("install,create", conda, pins.lacksCondaVersion)]],
  [
    "pecl",
    [other("install", syntax("D", "configureoptions installroot packagingroot"), pins.lacksPeclVersion)],
  ],
  [
    "helm",
    [other("plugin install", syntax("", "version"), pins.isRepository, { settledBy: names("version") })],
  ],
  [
    "pipx",
    [
      other("install", uv, pins.lacksPythonVersion, { settledBy: names("spec") }),
      other("run", uv, pins.lacksPythonVersion, { packageOptions: names("spec"), runs: true }),
    ],
  ],
  [
    "uv",
    [
      other("pip install", uv, pins.lacksPythonVersion, { settledBy: constrained }),
      other("tool install", uv, pins.lacksUvVersion),
      other("tool run", uv, pins.lacksUvVersion, { packageOptions: names("from"), runs: true }),
    ],
  ],
  ["uvx", [other("", uv, pins.lacksUvVersion, { packageOptions: names("from"), runs: true })]],
]);

function installBy(manager: Manager, invocation: UnwrappedCommand): LanguageInstall | undefined {
  const { program } = invocation;
  const given = program === "go" ? withoutGoFlags(invocation.arguments) : invocation.arguments;
  const end = program === "gem" ? given.findIndex((word) => word.value === "--") : -1;
  const line = readWords(end < 0 ? given : given.slice(0, end), manager.syntax, manager.verbs[0] === "");
  const { options } = line;
  // `cargo +nightly install` names a toolchain first.
  const operands = line.operands.filter(({ literalPrefix }) => !literalPrefix.startsWith("+"));
  const phrase = manager.verbs.find((verb) => begins(operands, verb));
  const length = phrase?.split(" ").filter(Boolean).length ?? 0;
  const verb = length === 0 ? invocation.name : operands[length - 1];
  if (phrase === undefined || verb === undefined) return undefined;
  if (manager.settledBy && hasOption(options, manager.settledBy)) return undefined;
  if (manager.onlyWith && !hasOption(options, manager.onlyWith)) return undefined;
  const named = options.filter(({ name }) => manager.packageOptions?.has(name));
  const rest = operands.slice(length, manager.runs ? length + 1 : undefined);
  const words = program === "composer" ? withoutConstrained(rest) : rest;
  const packages =
    named.length > 0
      ? named.map(({ value }) => ({ value, word: undefined }))
      : words.map((word) => ({ value: word.value, word }));
  return {
    family: manager.family,
    invocation,
    verb,
    packages,
    lacksVersion: manager.lacksVersion,
  };
}

function begins(operands: readonly ShellWord[], phrase: string): boolean {
  return phrase === "" || phrase.split(" ").every((word, index) => operands[index]?.value === word);
}

/** `composer require a/b "^1.2"`: the version of a package may be the next word. */
function withoutConstrained(operands: readonly ShellWord[]): readonly ShellWord[] {
  return operands.filter((_, index) => {
    const next = operands[index + 1];
    return (
      next === undefined ||
      (next.value !== undefined && /^[a-z]/i.test(next.value) && next.value.includes("/"))
    );
  });
}

const goFlagsWithValue = names(
  "asmflags buildmode C compiler coverpkg covermode exec gcflags installsuffix ldflags mod modfile o overlay p pkgdir " +
    "tags toolexec",
);

/** The words of a go command without its flags, which are long with one dash. */
function withoutGoFlags(words: readonly ShellWord[]): readonly ShellWord[] {
  const kept: ShellWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const text = words[at]!.literalPrefix;
    if (!text.startsWith("-")) kept.push(words[at]!);
    else if (goFlagsWithValue.has(text.replace(/^--?/, ""))) at += 1;
  }
  return kept;
}
