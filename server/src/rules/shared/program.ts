import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellScript } from "../../documents/shell/model";
import { promptOf } from "../../knowledge/promptImages";
import { programSource } from "./interpreters";
import { finalChain } from "./stages";
import { isWholeContext } from "./wholeContext";

/**
 * Whether something runs in a final image that could be attacked: no shell or prompt that waits for somebody
 * to type, no command that prints or sleeps, no tests that end by themselves. Where no stage says what to start, the base image's own service
 * counts once files are added to it, and so does what a port is opened for, or what a language gets the whole
 * context for.
 */
export function runsProgram(document: DockerfileDocument, stage: Stage): boolean {
  const { entrypoint, command } = stage;
  if (runsTests(entrypoint?.script) || runsTests(command?.script)) return false;
  if (entrypoint !== undefined) {
    // An entrypoint in exec form gets the command as its arguments; scripts end with `exec "$@"`.
    const passed = entrypoint.form === "exec" ? command : undefined;
    return passed === undefined ? !isIdle(entrypoint.script) : !isPrompt(passed.script);
  }
  if (command !== undefined) return !isIdle(command.script);
  const target = stage.base?.target;
  if (target?.kind !== "image") return false;
  const prompt = promptOf(target.reference);
  return finalChain(document).some(({ instructions }) =>
    instructions.some((instruction) => {
      if (instruction.keyword === "EXPOSE") return true;
      if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") return false;
      if (prompt !== "language") return prompt === undefined;
      return instruction.from === undefined && instruction.sources.some(({ text }) => isWholeContext(text));
    }),
  );
}

/** Programs that print, or wait, and end. */
const idlePrograms: ReadonlySet<string> = new Set([
  ...[":", "cat", "date", "echo", "env", "false", "hostname", "id", "ls", "ping", "printenv", "printf", "ps"],
  ...["pwd", "sleep", "tail", "true", "uname", "whoami"],
]);

/** Prompts that take their program from nowhere else. */
const promptPrograms: ReadonlySet<string> = new Set(["R", "erl", "ghci", "iex", "irb", "jshell", "julia"]);

const testRunners: ReadonlySet<string> = new Set(
  "bats behave ctest jest mocha phpunit pytest robot rspec tox vitest".split(" "),
);

/** Programs of which the first word says that tests are run: `npm test`. */
const testRunningTools: ReadonlySet<string> = new Set(
  "cargo deno dotnet go gradle make mvn npm pnpm yarn".split(" "),
);

/** Whether a script runs tests and nothing after them. */
function runsTests(script: ShellScript | undefined): boolean {
  const last = script?.commands[script.commands.length - 1];
  if (last === undefined) return false;
  const { program, arguments: words } = last.unwrapped;
  return (
    testRunners.has(program) || (testRunningTools.has(program) && /^tests?$/.test(words[0]?.value ?? ""))
  );
}

function isIdle({ commands }: ShellScript): boolean {
  if (commands.length === 0) return false;
  return commands.every(
    (command) =>
      idlePrograms.has(command.unwrapped.program) ||
      waitsForInput(command) ||
      commands.some((inner) => inner.runBy === command),
  );
}

function isPrompt({ commands }: ShellScript): boolean {
  const [only, ...more] = commands;
  return only !== undefined && more.length === 0 && waitsForInput(only);
}

function waitsForInput(command: ShellCommand): boolean {
  const { program, arguments: words } = command.unwrapped;
  return (
    (promptPrograms.has(program) && words.length === 0) ||
    (command.inputs.length === 0 && programSource(command)?.kind === "input")
  );
}
