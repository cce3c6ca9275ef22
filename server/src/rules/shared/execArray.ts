import type { CommandInstruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { replaceSpan } from "../../text/edit";

/**
 * Writes the command of a shell form as a JSON array, which is never safe. None where a shell is needed for it: for
 * variables, several commands, or what only a shell has.
 * @param written the arguments as they stand in the document
 */
export function writeArrayFixes(
  { script, argumentsSpan }: CommandInstruction,
  written: string,
): readonly Fix[] {
  if (written.length > longest || shellSyntax.test(written) || script.dialect !== "posix") return [];
  const [command, ...more] = script.commands;
  if (command === undefined || more.length > 0 || script.incomplete) return [];
  if (command.assignments.length > 0) return [];
  const all = command.name ? [command.name, ...command.arguments] : [];
  const words = all[0]?.value === "exec" ? all.slice(1) : all;
  const values = words.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const program = values[0];
  if (program === undefined || values.length < words.length || isUnfit(program)) return [];
  const array = `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  return [{ title: "Write a JSON array", safety: "unsafe", edits: [replaceSpan(argumentsSpan, array)] }];
}

function isUnfit(program: string): boolean {
  return program.startsWith("-") || builtins.has(program);
}

const shellSyntax = /[&|;<>()$`*?[\]{}~!#\r\n]/;
const longest = 2000;

/** Commands that only a shell has, or has in another way than the program of that name. */
const builtins: ReadonlySet<string> = new Set([
  ...[
    ".",
    ":",
    "[",
    "alias",
    "bg",
    "cd",
    "command",
    "eval",
    "exec",
    "exit",
    "export",
    "fg",
    "hash",
    "if",
    "read",
  ],
  ...[
    "return",
    "set",
    "shift",
    "source",
    "test",
    "time",
    "trap",
    "type",
    "ulimit",
    "umask",
    "until",
    "wait",
    "while",
  ],
]);
