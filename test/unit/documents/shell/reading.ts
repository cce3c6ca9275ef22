import type { ShellCommand, ShellScript, ShellWord } from "../../../../server/src/documents/shell/model";
import { parseShell } from "../../../../server/src/documents/shell/parse";
import type { Span } from "../../../../server/src/text/span";

/** What stands before every script of these tests, so that spans relative to the script would show. */
const before = "FROM debian:12\nRUN ";

export interface ReadScript {
  readonly script: ShellScript;
  readonly commands: readonly ShellCommand[];
  /** The document's text of a span. */
  at(place: { readonly span: Span } | Span): string;
}

/** Reads a POSIX script that stands inside a document. */
export function read(text: string): ReadScript {
  const document = `${before}${text}\n`;
  const script = parseShell(text, before.length, "posix");
  return {
    script,
    commands: script.commands,
    at: (place) => {
      const span = "span" in place ? place.span : place;
      return document.slice(span.start, span.end);
    },
  };
}

/** The only command of a script. */
export function readOne(text: string): ShellCommand {
  const [command, ...others] = read(text).commands;
  if (command === undefined || others.length > 0) throw new Error(`not one command: ${text}`);
  return command;
}

export function programs(commands: readonly ShellCommand[]): readonly string[] {
  return commands.map((command) => command.program);
}

export function values(words: readonly ShellWord[]): readonly (string | undefined)[] {
  return words.map((word) => word.value);
}

/** The first command of a program; fails where there is none. */
export function commandOf(commands: readonly ShellCommand[], program: string): ShellCommand {
  const found = commands.find((command) => command.program === program);
  if (found === undefined) throw new Error(`no ${program} among ${programs(commands).join(" ")}`);
  return found;
}
