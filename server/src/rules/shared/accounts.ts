import type { StageState } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { type OptionSyntax, optionSyntaxOf } from "../../documents/shell/optionSyntax";
import { type CommandLine, readWords, type ShellOption } from "../../documents/shell/options";
import { type Span, spanOf } from "../../text/span";

/**
 * A command that makes or changes an account. `adduser` and `addgroup` are read so that the options of Debian's,
 * busybox's and Red Hat's programs of these names all keep their values.
 */
export interface AccountCommand {
  readonly kind: "user" | "group";
  /** Whether it makes the account; otherwise it changes one that exists. */
  readonly makes: boolean;
  readonly line: CommandLine;
  readonly name: ShellWord | undefined;
}

/**
 * Reads a command of the user administration.
 *
 * @returns undefined for other programs, and for `adduser USER GROUP`, which makes nothing
 */
export function accountCommand({ unwrapped }: ShellCommand): AccountCommand | undefined {
  const known = programs.get(unwrapped.program);
  if (known === undefined) return undefined;
  const syntax = syntaxes.get(unwrapped.program) ?? optionSyntaxOf(unwrapped.program);
  const line = readWords(unwrapped.arguments, syntax, false);
  if (known.joins && line.operands.length > 1) return undefined;
  return { kind: known.kind, makes: known.makes, line, name: line.operands.at(-1) };
}

/** The number that an account is given by `-u` or `--uid`, for a group by `-g` or `--gid`. */
export function idOption({ kind, line }: AccountCommand): ShellOption | undefined {
  return accountOption(line, kind === "user" ? "u" : "g", kind === "user" ? "uid" : "gid");
}

/** The last option with a letter or long name. */
export function accountOption(line: CommandLine, short: string, long: string): ShellOption | undefined {
  return line.options.findLast(({ name, long: isLong }) => name === (isLong ? long : short));
}

/** Names of the programs, to look for in a text before its commands are read. */
export const accountPrograms: readonly string[] = ["useradd", "adduser", "usermod", "group"];

/**
 * A word's text, its one variable replaced by the value that the file gives it; undefined where that is not known.
 * @param stateAt what holds where the word stands; asked only for a variable
 */
export function valueIn(text: string, stateAt: () => StageState | undefined): string | undefined {
  if (!/[$`]/.test(text)) return text;
  const variable = /^"?\$(?:\{([A-Za-z_]\w{0,60})\}|([A-Za-z_]\w{0,60}))"?$/.exec(text);
  const found = variable && stateAt()?.environment.get(variable[1] ?? variable[2] ?? "");
  return found?.state === "known" ? found.value : undefined;
}

/** The value of an option as far as the file tells it. */
export function optionValue(option: ShellOption | undefined, stateAt: () => StageState | undefined) {
  if (option?.value !== undefined) return option.value;
  if (option?.valueWord === undefined) return undefined;
  const { text, literalPrefix } = option.valueWord;
  if (option.valueWord !== option.word) return valueIn(text, stateAt);
  return text.startsWith(literalPrefix) ? valueIn(text.slice(literalPrefix.length), stateAt) : undefined;
}

/** Just the value of an option, attached or not; undefined where its place is not known exactly. */
export function optionValueSpan(option: ShellOption): Span | undefined {
  const { valueWord, value } = option;
  if (valueWord === undefined || value === undefined || !valueWord.exact) return undefined;
  const { span, text } = valueWord;
  const at = text.lastIndexOf(value);
  const isWhole = text.length === span.end - span.start && /^["']?$/.test(text.slice(at + value.length));
  return at >= 0 && isWhole ? spanOf(span.start + at, span.start + at + value.length) : undefined;
}

interface AccountProgram {
  readonly kind: "user" | "group";
  readonly makes: boolean;
  /** Whether two operands put a user into a group. */
  readonly joins: boolean;
}

const programs: ReadonlyMap<string, AccountProgram> = new Map([
  ["useradd", { kind: "user", makes: true, joins: false }],
  ["adduser", { kind: "user", makes: true, joins: true }],
  ["usermod", { kind: "user", makes: false, joins: false }],
  ["groupadd", { kind: "group", makes: true, joins: false }],
  ["addgroup", { kind: "group", makes: true, joins: true }],
  ["groupmod", { kind: "group", makes: false, joins: false }],
]);

const groupSyntax: OptionSyntax = {
  short: "gnKpRPU",
  long: new Set(["gid", "new-name", "key", "password", "root", "prefix", "users", "conf"]),
};

/** Every option with a value of the programs that share a name; no letter means one thing here and another there. */
const adduserSyntax: OptionSyntax = {
  short: "hgsGukdcbefKpRPZ",
  long: new Set(
    (
      "home gecos shell ingroup uid gid conf firstuid lastuid firstgid lastgid home-dir comment base-dir " +
      "expiredate inactive groups skel key password root prefix"
    ).split(" "),
  ),
};

const syntaxes: ReadonlyMap<string, OptionSyntax> = new Map([
  ["adduser", adduserSyntax],
  ["groupadd", groupSyntax],
  ["addgroup", groupSyntax],
  ["groupmod", groupSyntax],
]);
