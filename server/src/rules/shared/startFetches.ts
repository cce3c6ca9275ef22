import type { ShellCommand, UnwrappedCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { aptPrograms, rpmPrograms } from "./packagePrograms";

/** How a command gets the code that it runs or that others run: fetched in any case, or only where it is missing. */
export interface StartFetch {
  /** As people call it: `npm install`, `npx`. */
  readonly name: string;
  readonly always: boolean;
}

/** What a command that starts a container fetches first; undefined where it runs what the image holds. */
export function startFetch({ unwrapped }: ShellCommand): StartFetch | undefined {
  const { program, arguments: words } = unwrapped;
  const runner = runners.get(program);
  const commands = installers.get(pipLike.test(program) ? "pip" : program);
  if (runner === undefined && commands === undefined)
    return runsPip(unwrapped) ? { name: "pip install", always: true } : undefined;
  const first = operandsOf(unwrapped)[0]?.value ?? "";
  if (runner !== undefined) {
    const given = words.map(({ value, literalPrefix }) => value ?? literalPrefix);
    if (given.some((text) => text === "--no-install" || text === "--no" || text === "--offline"))
      return undefined;
    if (first === "" || runner.test(first)) return undefined;
    const isNamed = given.some((text) => /^(?:-y|--yes|-p|--package(?:=.{0,200})?|--from)$/.test(text));
    return { name: program, always: program !== "npx" || isNamed || /.@/.test(first) };
  }
  const isBare = words.every(({ literalPrefix }) => /^--(?:frozen|immutable)/.test(literalPrefix));
  if (!commands?.has(first) || (first === "" && !isBare)) return undefined;
  return { name: `${program} ${first}`.trim(), always: true };
}

/** `python -m pip install`. */
function runsPip({ program, arguments: words }: UnwrappedCommand): boolean {
  return (
    /^python\d?(?:\.\d{1,2})?$/.test(program) &&
    words[0]?.value === "-m" &&
    words[1]?.value === "pip" &&
    words.some(({ value }) => value === "install")
  );
}

const pipLike = /^pip\d?(?:\.\d{1,2})?$/;
const nothing = /^(?!)/;

/** Programs that run a package by its name; what matches is no package. */
const runners: ReadonlyMap<string, RegExp> = new Map([
  ["npx", /^[./]/],
  ["bunx", /^[./]/],
  ["uvx", /^[./]/],
  ["pnpx", nothing],
]);

const install = new Set(["install"]);

/** Programs that install packages, by the subcommands that fetch them; the empty one stands for none at all. */
const installers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["npm", new Set(["install", "i", "ci", "add", "update"])],
  ["pnpm", new Set(["install", "i", "add", "update", "dlx"])],
  ["yarn", new Set(["", "install", "add", "dlx"])],
  ["bun", new Set(["install", "i", "add", "x"])],
  ["pip", install],
  ["pipx", new Set(["install", "run"])],
  ["gem", install],
  ["bundle", new Set(["install", "update"])],
  ["composer", new Set(["install", "update", "require"])],
  ["cargo", install],
  ["git", new Set(["clone", "pull"])],
  ["apk", new Set(["add"])],
  ...[...aptPrograms, ...rpmPrograms].map((program) => [program, new Set(["install", "upgrade"])] as const),
]);

/** Words without one of which no command fetches anything. */
export const startFetchWords: readonly string[] = [...runners.keys(), ...installers.keys()];
