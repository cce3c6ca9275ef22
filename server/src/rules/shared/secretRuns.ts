import type { DockerfileDocument, Mount, RunInstruction, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import { maxReferences } from "../../limits";
import { rememberLast } from "../../text/rememberLast";
import { containsSpan, type Span } from "../../text/span";
import {
  namesOfSecrets,
  referencesIn,
  type SecretLookup,
  type SecretVariable,
  secretVariables,
} from "./secretVariables";
import { outputOf } from "./shellOutput";
import { placedInstructions } from "./stages";

/** A RUN that has to do with secrets. */
export interface SecretRun {
  readonly run: RunInstruction;
  readonly stage: Stage;
  /** Of the RUN in its stage. */
  readonly position: number;
  readonly mounts: readonly SecretMount[];
  /** In the order of the commands. */
  readonly uses: readonly SecretUse[];
  /** The build argument or variable that a name means to this RUN. */
  readonly variable: SecretLookup;
}

/** A `--mount=type=secret`. */
export interface SecretMount {
  readonly mount: Mount;
  /** Undefined where the secret comes as a variable only. */
  readonly path: string | undefined;
  /** The variable that holds the secret. */
  readonly env: string | undefined;
}

/** A place of a command that holds a secret when the build runs. */
export interface SecretUse {
  readonly command: ShellCommand;
  /** The variable, the substitution or the path, as exactly as it can be said. */
  readonly span: Span;
  /** `path` where the command is told the file of a mounted secret and not the secret itself. */
  readonly place: "argument" | "assignment" | "input" | "path";
  /** The argument or variable of the Dockerfile that it comes from; undefined where it comes from a mount. */
  readonly variable: SecretVariable | undefined;
}

/** Every RUN of every stage that mounts a secret or uses a variable with one; worked out once per document. */
export const secretRuns: (document: DockerfileDocument) => readonly SecretRun[] = rememberLast(findRuns);

/** Whether a command writes its words out: `echo`, `printf`, and `cat` its heredoc. */
export function writesWords({ command, place }: SecretUse): boolean {
  const { program } = command.unwrapped;
  if (place === "argument") return program === "echo" || program === "printf" || program === "sed";
  return place === "input" && (program === "cat" || program === "tee");
}

/** Whether a command writes out the file of a mounted secret. */
export function writesFile({ command, place }: SecretUse): boolean {
  return place === "path" && printers.has(command.unwrapped.program);
}

/** The file that a use writes a secret to. */
export function fileWritten(document: DockerfileDocument, use: SecretUse): ShellWord | undefined {
  if (!writesWords(use) && !writesFile(use)) return undefined;
  const { unwrapped } = use.command;
  if (unwrapped.program === "sed" && use.place === "argument")
    return hasFlag(unwrapped, "i", "in-place") ? operandsOf(unwrapped).at(-1) : undefined;
  const output = outputOf(use.command, document.text);
  return output.kind === "file" ? output.target : undefined;
}

const printers: ReadonlySet<string> = new Set(
  "awk base64 cat cut head jq more less nl rev sed sort tac tail tr xxd".split(" "),
);

function findRuns(document: DockerfileDocument): readonly SecretRun[] {
  return placedInstructions(document).flatMap(({ instruction: run, stage, position }) => {
    if (run.keyword !== "RUN") return [];
    const mounts = run.mounts.flatMap(secretMount);
    if (mounts.length === 0) {
      const text = document.text.slice(run.span.start, run.span.end);
      if (!text.includes("$") || !namesOfSecrets(document).some((name) => text.includes(name))) return [];
    }
    const variable = secretVariables(document)(stage, position);
    const uses = usesIn(document, run, mounts, variable);
    return mounts.length > 0 || uses.length > 0 ? [{ run, stage, position, mounts, uses, variable }] : [];
  });
}

function secretMount(mount: Mount): readonly SecretMount[] {
  if (mount.type !== "secret") return [];
  const option = (...keys: readonly string[]): string | undefined =>
    mount.options.find(({ key, value }) => keys.includes(key) && value !== "")?.value;
  const target = option("target", "dst", "destination");
  const env = option("env");
  const id = option("id") ?? target?.slice(target.lastIndexOf("/") + 1);
  const path = target ?? (env === undefined && id !== undefined ? `/run/secrets/${id}` : undefined);
  return [{ mount, path, env }];
}

/** What a name means inside one script: a secret from a mount, one of the file's variables, or nothing secret. */
type Meaning = { readonly variable: SecretVariable | undefined } | undefined;

function usesIn(
  document: DockerfileDocument,
  run: RunInstruction,
  mounts: readonly SecretMount[],
  variable: SecretLookup,
): readonly SecretUse[] {
  const locals = new Map<string, Meaning>();
  for (const { env } of mounts) if (env !== undefined) locals.set(env, { variable: undefined });
  const meaningOf = (name: string): Meaning => {
    if (locals.has(name)) return locals.get(name);
    const found = variable(name);
    return found && { variable: found };
  };
  const { commands } = run.script;
  const paths = new Set(mounts.flatMap(({ path }) => (path === undefined ? [] : [path])));
  const readers = mountReaders(commands, paths);
  const uses: SecretUse[] = [];
  for (const command of commands) {
    const add = (span: Span, place: SecretUse["place"], from: Meaning): void => {
      if (from !== undefined) uses.push({ command, span, place, variable: from.variable });
    };
    const secretIn = (word: ShellWord): void => {
      for (const name of word.variables.slice(0, maxReferences)) {
        const meaning = meaningOf(name);
        const span = meaning && spanOfVariable(document.text, word.span, name);
        if (span !== undefined) add(span, "argument", meaning);
      }
      const reader = readers.get(command)?.find(({ span }) => containsSpan(word.span, span));
      if (reader !== undefined)
        add(withBrackets(document.text, reader.span), "argument", { variable: undefined });
    };
    for (const { name, value } of command.assignments) {
      if (value === undefined) continue;
      const reader = readers.get(command)?.find(({ span }) => containsSpan(value.span, span));
      const read = value.variables.slice(0, maxReferences).find((one) => meaningOf(one) !== undefined);
      const source = read === undefined ? undefined : meaningOf(read);
      const span = read === undefined ? undefined : spanOfVariable(document.text, value.span, read);
      if (span !== undefined) add(span, "assignment", source);
      else if (reader !== undefined)
        add(withBrackets(document.text, reader.span), "assignment", { variable: undefined });
      locals.set(name, reader ? { variable: undefined } : source);
    }
    const assigned = new Set(command.assignments.map(({ span }) => span.start));
    for (const word of command.arguments) {
      if (assigned.has(word.span.start)) continue;
      if (word.value === undefined) secretIn(word);
      else if (paths.has(word.value)) add(word.span, "path", { variable: undefined });
    }
    for (const { operator, body, target } of command.redirections) {
      if (operator === "<" && target?.value !== undefined && paths.has(target.value))
        add(target.span, "path", { variable: undefined });
      if (body === undefined || target === undefined || target.quoted) continue;
      for (const name of referencesIn(document.text.slice(body.start, body.end))) {
        const meaning = meaningOf(name);
        const span = meaning && spanOfVariable(document.text, body, name);
        if (span !== undefined) add(span, "input", meaning);
      }
    }
  }
  return uses;
}

/** The commands inside `$(…)` that read a mounted secret, by the command that takes their output. */
function mountReaders(
  commands: readonly ShellCommand[],
  paths: ReadonlySet<string>,
): ReadonlyMap<ShellCommand, readonly ShellCommand[]> {
  const readers = new Map<ShellCommand, ShellCommand[]>();
  if (paths.size === 0) return readers;
  for (const command of commands) {
    if (command.feeds === undefined || command.context !== "substitution") continue;
    const reads =
      command.arguments.some(({ value }) => value !== undefined && paths.has(value)) ||
      command.redirections.some(
        ({ operator, target }) => operator === "<" && target?.value !== undefined && paths.has(target.value),
      );
    if (!reads) continue;
    const list = readers.get(command.feeds);
    if (list) list.push(command);
    else readers.set(command.feeds, [command]);
  }
  return readers;
}

/** A command inside `$(…)` together with these where it stands alone in them. */
function withBrackets(text: string, { start, end }: Span): Span {
  const isAlone = text.slice(start - 2, start) === "$(" && text[end] === ")";
  return isAlone ? { start: start - 2, end: end + 1 } : { start, end };
}

/** The first `$NAME` or `${NAME…}` in a part of the text that takes the value over; undefined where there is none. */
function spanOfVariable(text: string, within: Span, name: string): Span | undefined {
  const part = text.slice(within.start, within.end);
  for (let at = part.indexOf(name); at >= 0; at = part.indexOf(name, at + 1)) {
    const after = part.slice(at + name.length, at + name.length + 2);
    const start = within.start + at;
    if (part.slice(at - 2, at) === "${" && !/^:?\+/.test(after) && !/^\w/.test(after)) {
      const close = part.indexOf("}", at);
      return { start: start - 2, end: close < 0 ? start + name.length : within.start + close + 1 };
    }
    if (part[at - 1] === "$" && !/^\w/.test(after)) return { start: start - 1, end: start + name.length };
  }
  return undefined;
}
