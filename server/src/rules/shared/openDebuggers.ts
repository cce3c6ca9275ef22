import type {
  Assignment,
  CommandInstruction,
  DockerfileDocument,
  EnvInstruction,
  Stage,
} from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { deleteSpan, type TextEdit } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { agentsIn, agentUses, type DebugAgent } from "./debugAgents";
import { finalValue } from "./debugVariables";
import { javaVersionOf } from "./javaVersion";
import { removeAssignment } from "./removeAssignment";
import { finalStages, instructionsOf } from "./stages";
import { withBlanksBefore } from "./words";

/** A debugger that the final image opens to the network. */
export interface OpenDebugger {
  readonly agent: DebugAgent;
  readonly at: Span;
  readonly fixes: readonly Fix[];
}

/** Words without one of which no command and no variable opens a debugger. */
export const debuggerWords: readonly string[] =
  "inspect jdwp debug dlv gdbserver ptvsd rdbg flask notebook jupyter".split(" ");

/** The debuggers that a container of the final image opens: by its command, and by variables that programs read. */
export function openDebuggers(document: DockerfileDocument): readonly OpenDebugger[] {
  const stage = document.finalStage;
  if (stage === undefined) return [];
  const version = javaVersionOf(stage);
  const all = [
    ...startsOf(document, stage).flatMap((start) => startedBy(document, start)),
    ...setBy(document),
  ];
  return all.filter(({ agent }) => agent.open === "always" || version === undefined || version < 9);
}

/** The command and entrypoint in force, and those that images built from this one get. */
function startsOf(
  document: DockerfileDocument,
  { command, entrypoint }: Stage,
): readonly CommandInstruction[] {
  const triggers = instructionsOf(document).flatMap((instruction) =>
    instruction.onbuild && (instruction.keyword === "CMD" || instruction.keyword === "ENTRYPOINT")
      ? [instruction]
      : [],
  );
  return [entrypoint, command, ...triggers].filter((start) => start !== undefined);
}

function startedBy(document: DockerfileDocument, start: CommandInstruction): readonly OpenDebugger[] {
  const variable = (name: string) => finalValue(document, name);
  return start.script.commands.flatMap((command) =>
    agentUses(command, { variable }).map((agent) => {
      const edit = agent.removable ? removalOfWord(document, start, command, agent.word) : undefined;
      return { agent, at: agent.word.span, fixes: fixesOf(edit) };
    }),
  );
}

/** In exec form the comma before the word goes with it. */
function removalOfWord(
  document: DockerfileDocument,
  { form, execArguments }: CommandInstruction,
  { arguments: words, name }: ShellCommand,
  word: ShellWord,
): TextEdit | undefined {
  if (form === "exec" && !word.exact) {
    const index = execArguments.findIndex(({ span }) => span.start === word.span.start);
    const before = execArguments[index - 1]?.span;
    const isOne = before && /^[\s\\`]*,[\s\\`]*$/.test(document.text.slice(before.end, word.span.start));
    return isOne ? deleteSpan(spanOf(before.end, word.span.end)) : undefined;
  }
  const previous = words[words.indexOf(word) - 1] ?? name;
  const span = word.exact && previous && withBlanksBefore(document, previous.span, word.span);
  return span ? deleteSpan(span) : undefined;
}

function setBy(document: DockerfileDocument): readonly OpenDebugger[] {
  const kept = finalStages(document);
  return instructionsOf(document).flatMap((env) => {
    if (env.keyword !== "ENV" || !(kept.has(env.stageIndex) || env.onbuild)) return [];
    return env.assignments.flatMap((assignment, index) => {
      const value = assignment.expanded?.state === "known" ? assignment.expanded.value : assignment.value;
      return agentsIn(value ?? "").flatMap(({ option, agent }) => {
        const left = env.onbuild ? undefined : finalValue(document, assignment.name);
        if (left !== undefined && !left.includes(option)) return [];
        const at = placeOf(document, assignment, option);
        const edit = removalOfOption(document, env, index, option, at);
        return [{ agent, at: at ?? assignment.span, fixes: fixesOf(edit) }];
      });
    });
  });
}

/** Where an option stands in a value, unless escapes or variables hide it. */
function placeOf({ text }: DockerfileDocument, { valueSpan }: Assignment, option: string): Span | undefined {
  const at = text.slice(valueSpan.start, valueSpan.end).indexOf(option);
  return at < 0 ? undefined : spanOf(valueSpan.start + at, valueSpan.start + at + option.length);
}

function removalOfOption(
  document: DockerfileDocument,
  env: EnvInstruction,
  index: number,
  option: string,
  at: Span | undefined,
): TextEdit | undefined {
  if (env.assignments[index]?.value?.trim() === option) return removeAssignment(document, env, index);
  if (at === undefined) return undefined;
  const isBlank = (offset: number) => /[ \t]/.test(document.text.charAt(offset));
  if (isBlank(at.start - 1)) return deleteSpan(spanOf(at.start - 1, at.end));
  return deleteSpan(isBlank(at.end) ? spanOf(at.start, at.end + 1) : at);
}

function fixesOf(edit: TextEdit | undefined): readonly Fix[] {
  return edit ? [{ title: "Take the debugger out", safety: "unsafe", edits: [edit] }] : [];
}
