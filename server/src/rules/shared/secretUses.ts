import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import type { Span } from "../../text/span";
import { containsSpan } from "../../text/span";
import { registryWrites } from "./credentialCommands";
import {
  fileWritten,
  type SecretRun,
  type SecretUse,
  secretRuns,
  writesFile,
  writesWords,
} from "./secretRuns";
import type { SecretVariable } from "./secretVariables";
import { outputOf } from "./shellOutput";

/** A use of a variable that is a secret. */
export interface VariableUse extends SecretUse {
  readonly variable: SecretVariable;
}

/** A use together with the RUN that it stands in. */
export interface UseInRun {
  readonly run: SecretRun;
  readonly use: SecretUse;
}

/**
 * Where RUN uses a secret that was given as a build argument, in no other way that a rule of its own reports; the
 * first use of each variable in each RUN.
 */
export function plainUses(document: DockerfileDocument): readonly VariableUse[] {
  return secretRuns(document).flatMap((run) => {
    if (run.mounts.length > 0) return [];
    const stored = registryWrites(document);
    const seen = new Set<string>();
    const spans = stored.filter((one) => one.run === run.run).map(({ span }) => span);
    return run.uses.filter(isOfVariable).filter((use) => {
      const { command, variable } = use;
      if (variable.given === undefined || seen.has(variable.name) || tests.has(command.program)) return false;
      if (isPrinted(document, use) || keyFileOf(document, use) !== undefined) return false;
      if (spans.some((span) => containsSpan(command.span, span))) return false;
      seen.add(variable.name);
      return true;
    });
  });
}

/** Where a RUN that mounts secrets uses a build argument with a secret instead; the first use of each variable. */
export function usesBesideMount(
  document: DockerfileDocument,
): readonly { readonly run: SecretRun; readonly use: VariableUse }[] {
  return secretRuns(document).flatMap((run) => {
    if (run.mounts.length === 0) return [];
    const seen = new Set<string>();
    return run.uses.filter(isOfVariable).flatMap((use) => {
      const { variable } = use;
      const isNew = variable.given !== undefined && !seen.has(variable.name);
      seen.add(variable.name);
      return isNew ? [{ run, use }] : [];
    });
  });
}

/** Where RUN writes a secret to the log of the build. */
export function printedUses(document: DockerfileDocument): readonly UseInRun[] {
  return secretRuns(document).flatMap((run) =>
    run.uses.filter((use) => isPrinted(document, use)).map((use) => ({ run, use })),
  );
}

/** Where RUN writes a variable with a secret to the file of an SSH key, or adds it to an agent. */
export function keyUses(
  document: DockerfileDocument,
): readonly { readonly run: SecretRun; readonly use: VariableUse; readonly target: ShellWord | undefined }[] {
  return secretRuns(document).flatMap((run) =>
    run.uses
      .filter(isOfVariable)
      .filter((use) => keyFileOf(document, use) !== undefined)
      .map((use) => ({ run, use, target: fileWritten(document, use) })),
  );
}

/** Where RUN writes a mounted secret to a file. */
export function persistedUses(
  document: DockerfileDocument,
): readonly (UseInRun & { readonly target: ShellWord })[] {
  return secretRuns(document).flatMap((run) =>
    run.uses.flatMap((use) => {
      if (use.variable !== undefined) return [];
      const target = fileWritten(document, use) ?? copiedTo(use);
      return target === undefined ? [] : [{ run, use, target }];
    }),
  );
}

function isOfVariable(use: SecretUse): use is VariableUse {
  return use.variable !== undefined;
}

function isPrinted(document: DockerfileDocument, use: SecretUse): boolean {
  if (!writesWords(use) && !writesFile(use)) return false;
  return outputOf(use.command, document.text).kind === "log";
}

/** The place that says that a secret is an SSH key. */
function keyFileOf(document: DockerfileDocument, use: SecretUse): Span | undefined {
  const { command } = use;
  if (!writesWords(use)) return undefined;
  const agent = command.pipeline.slice(command.pipelineIndex + 1).find(isAgent);
  if (agent?.name !== undefined) return agent.name.span;
  if (command.feeds !== undefined && isAgent(command.feeds)) return command.feeds.name?.span;
  const target = fileWritten(document, use);
  return target !== undefined && keyFile.test(target.text.slice(0, 500)) ? target.span : undefined;
}

function isAgent({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "ssh-add";
}

const keyFile =
  /(?:^|\/)\w{0,30}[._-]?id_(?:rsa|dsa|ecdsa|ed25519)["']?$|\.ssh\/[\w.-]{0,60}key["']?$|\.ssh\/[\w-]{1,60}\.pem["']?$/;

/** The destination where `cp`, `mv`, `install` or `tee` takes the file of a mounted secret. */
function copiedTo({ command, place, span }: SecretUse): ShellWord | undefined {
  if (place !== "path") return undefined;
  if (command.unwrapped.program === "tee") return operandsOf(command.unwrapped)[0];
  if (!copying.has(command.unwrapped.program)) return undefined;
  const operands = operandsOf(command.unwrapped);
  const target = operands.at(-1);
  return operands.length > 1 && target !== undefined && target.span.start !== span.start ? target : undefined;
}

/** What only looks whether a variable has a value. */
const tests: ReadonlySet<string> = new Set(["test", "[", "[["]);

const copying: ReadonlySet<string> = new Set(["cp", "mv", "install", "rsync", "gcp"]);

/** A command that prints secrets along with other things. */
export interface TracingCommand {
  readonly kind: "traced" | "environment";
  readonly span: Span;
  /** What is printed, where one place can be named. */
  readonly use: SecretUse | undefined;
}

/** `set -x` before a command that is given a secret, and `env` where a mount puts one into the environment. */
export function tracedUses(document: DockerfileDocument): readonly TracingCommand[] {
  return secretRuns(document).flatMap((run) => [
    ...environmentsPrinted(document, run),
    ...tracing(document, run),
  ]);
}

function environmentsPrinted(
  document: DockerfileDocument,
  { run, mounts }: SecretRun,
): readonly TracingCommand[] {
  if (!mounts.some(({ env }) => env !== undefined)) return [];
  return run.script.commands.flatMap((command): readonly TracingCommand[] => {
    const { program, name, arguments: words } = command;
    const prints = (program === "env" || program === "printenv" || program === "set") && words.length === 0;
    if (name === undefined || !(prints || (program === "export" && words[0]?.value === "-p"))) return [];
    return outputOf(command, document.text).kind === "log"
      ? [{ kind: "environment", span: name.span, use: undefined }]
      : [];
  });
}

function tracing(document: DockerfileDocument, { run, uses }: SecretRun): readonly TracingCommand[] {
  const shown = uses.filter(
    (use) => (use.place === "argument" || use.place === "assignment") && !isPrinted(document, use),
  );
  if (shown.length === 0) return [];
  const found: TracingCommand[] = [];
  let on: Span | undefined;
  let next = 0;
  for (const { program, span, arguments: words } of run.script.commands) {
    while (next < shown.length && shown[next]!.command.span.start < span.start) next++;
    const use = shown[next];
    if (on !== undefined && use !== undefined && use.command.span.start === span.start) {
      found.push({ kind: "traced", span: on, use });
      on = undefined;
    }
    if (program !== "set") continue;
    const values = words.map(({ value }) => value ?? "");
    if (
      values.some(
        (value, index) => /^\+[a-z]*x/.test(value) || (value === "+o" && values[index + 1] === "xtrace"),
      )
    )
      on = undefined;
    else if (
      values.some(
        (value, index) => /^-[a-z]*x/.test(value) || (value === "-o" && values[index + 1] === "xtrace"),
      )
    )
      on = span;
  }
  return found;
}
