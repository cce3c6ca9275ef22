import type { ShellWord } from "./model";

/** Programs that read a POSIX-like script from `-c`, from a file or from standard input. */
const shells: ReadonlySet<string> = new Set([
  "sh",
  "bash",
  "ash",
  "dash",
  "zsh",
  "ksh",
  "ksh93",
  "mksh",
  "rbash",
]);

/** Whether a program, named without its path, is a POSIX-like shell. */
export function isShellInterpreter(program: string): boolean {
  return shells.has(program);
}

/** The dialect of a program's own scripts: a PowerShell or cmd leaves a shell line unread, all else is a command. */
export function dialectOfProgram(program: string): "posix" | "powershell" | "cmd" {
  const name = baseName(program)
    .toLowerCase()
    .replace(/\.exe$/, "");
  if (name === "powershell" || name === "pwsh") return "powershell";
  return name === "cmd" ? "cmd" : "posix";
}

/** What a script's `#!` line says of its language; `undefined` where there is none. */
export function dialectOfShebang(script: string): "posix" | "powershell" | "unknown" | undefined {
  if (!script.startsWith("#!")) return undefined;
  const line = /^#![^\r\n]{0,200}/.exec(script)?.[0].slice(2) ?? "";
  const program = line
    .split(/[ \t]+/)
    .map(baseName)
    .find((word) => word !== "" && word !== "env" && !word.startsWith("-"));
  if (program === undefined) return "unknown";
  if (isShellInterpreter(program)) return "posix";
  return dialectOfProgram(program) === "powershell" ? "powershell" : "unknown";
}

/**
 * The program that a word names, without its path; empty where that is not known. The end of a path is known
 * even where its start is a variable.
 */
export function programOf(word: ShellWord | undefined): string {
  if (word === undefined) return "";
  if (word.value !== undefined) return baseName(word.value);
  const tail = /\/([\w.+-]+)"?$/.exec(word.text.slice(-100));
  return tail?.[1] ?? "";
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
