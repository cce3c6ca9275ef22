import { maxEngineCommands, maxTextLength } from "../../limits";
import { type Lines, linesOf } from "../../text/lines";
import type { Problem } from "../document";
import { hashComments } from "./comments";
import { readDevcontainer } from "./devcontainer";
import { readGitlab } from "./gitlab";
import { readMakefile } from "./makefile";
import { readMarkdown } from "./markdown";
import type { CommandFormat, CommandsDocument, EngineCommand } from "./model";
import { engineCommandsIn } from "./powershell";
import { commandsOfScript, type Reading, type ScriptSource, scriptOfPart } from "./script";
import { readWorkflow } from "./workflow";

/**
 * Reads the commands of a container engine in a file, however broken. Never throws. What of its scripts could not be
 * read, and text beyond the bounds, is a problem of effect `unchecked`.
 */
export function parseCommands(text: string, format: CommandFormat): CommandsDocument {
  const lines = linesOf(text);
  const reading = text.length > maxTextLength ? { scripts: [] } : readers[format](text, lines);
  const joint = format === "powershell" ? "`" : "\\";
  const commands: EngineCommand[] = [...(reading.commands ?? [])];
  const problems: Problem[] = [...(reading.problems ?? [])];
  for (const script of reading.scripts) {
    const found = commandsOfScript(script, text);
    problems.push(...found.problems);
    for (const command of found.commands) {
      const commentLine = script.takesComments ? firstLineOf(text, lines, command, joint) : undefined;
      commands.push({ ...command, commentLine });
    }
    if (commands.length > maxEngineCommands) {
      commands.length = maxEngineCommands;
      const span = { start: text.length, end: text.length };
      problems.push({
        span,
        message: `More than ${maxEngineCommands} commands: the rest is not read`,
        effect: "unchecked",
      });
      break;
    }
  }
  commands.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const hasComments = takesHashComments(format);
  return {
    language: "commands",
    format,
    text,
    lines,
    comments: hasComments ? hashComments(text, lines) : [],
    problems,
    commands,
    images: (reading.images ?? []).slice(0, maxEngineCommands),
  };
}

/** Whether `#` begins a comment: JSON and Markdown leave silencing to `plimsoll.yaml`. */
export function takesHashComments(format: CommandFormat): boolean {
  return format !== "devcontainer" && format !== "markdown";
}

const readers: Readonly<Record<CommandFormat, (text: string, lines: Lines) => Reading>> = {
  shell: (text) => ({ scripts: [wholeOf(text)] }),
  powershell: (text) => ({ scripts: engineCommandsIn(wholeOf(text)) }),
  makefile: readMakefile,
  workflow: readWorkflow,
  gitlab: readGitlab,
  devcontainer: readDevcontainer,
  markdown: readMarkdown,
};

function wholeOf(text: string): ScriptSource {
  return scriptOfPart(text, text.startsWith("\uFEFF") ? 1 : 0, text.length);
}

/**
 * The line on which a command begins, those that are joined to it counted in.
 * @param joint what joins a line to the next one at its end
 */
function firstLineOf(text: string, lines: Lines, command: EngineCommand, joint: string): number {
  let { line } = lines.at(command.span.start);
  while (line > 0) {
    const { start, end } = lines.contentOf(line - 1);
    if (end === start || text[end - 1] !== joint) break;
    line -= 1;
  }
  return line;
}
