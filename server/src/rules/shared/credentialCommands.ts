import type { DockerfileDocument, RunInstruction, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord, UnwrappedCommand } from "../../documents/shell/model";
import { findOption, operandsOf, readCommandLine } from "../../documents/shell/queries";
import { type CommandTest, hasCommand } from "../../documents/shell/remember";
import { maxUndoingCommands } from "../../ruleLimits";
import { rememberLast } from "../../text/rememberLast";
import { type Span, spanOf } from "../../text/span";
import { type CredentialCommand, logins, packageTools } from "./credentialTools";
import { type LayerPath, pathOfWord } from "./layerPaths";
import { fileWritten, secretRuns } from "./secretRuns";
import { isSecretValue, judgeValue } from "./secrets/values";
import { outputOf } from "./shellOutput";
import { placedInstructions } from "./stages";

/** A command that leaves a credential on disk. */
export interface StoredCredential {
  readonly run: RunInstruction;
  readonly stage: Stage;
  readonly position: number;
  /** The command without what it is given, or the file's name: it never holds the secret. */
  readonly span: Span;
  /** The program that stores it. */
  readonly name: string;
  /** Where the credential then lies; undefined where that is not known. */
  readonly path: LayerPath | undefined;
  readonly command: ShellCommand;
  /** The file as it is written; undefined where the program chooses it. */
  readonly target: string | undefined;
}

/** Logins to clouds and services in RUN that leave their credential in the layer. */
export function cloudLogins(document: DockerfileDocument): readonly StoredCredential[] {
  return storedBy(document, logins, logsIn);
}

/**
 * Credentials for package registries, image registries and version control that RUN writes to disk, by a tool or as
 * a file. A file that is filled from a mounted secret is not among them.
 */
export const registryWrites: (document: DockerfileDocument) => readonly StoredCredential[] = rememberLast(
  (document: DockerfileDocument) => [
    ...storedBy(document, packageTools, storesForTool),
    ...filesWritten(document),
  ],
);

/** Whether {@link registryWrites} may say something of a command. */
export function mayStoreCredential(command: ShellCommand): boolean {
  return storesForTool(command) || namesCredentialFile(command);
}

function storedBy(
  document: DockerfileDocument,
  tools: ReadonlyMap<string, readonly CredentialCommand[]>,
  test: CommandTest,
): readonly StoredCredential[] {
  return placedInstructions(document).flatMap(({ instruction: run, stage, position }) => {
    if (run.keyword !== "RUN" || !hasCommand(run.script, test)) return [];
    const { commands } = run.script;
    const undoing = commands.slice(0, maxUndoingCommands);
    return commands.flatMap((command): readonly StoredCredential[] => {
      const { unwrapped } = command;
      const form = formOf(command, tools);
      if (form === undefined || undoing.some((other) => undoes(other, unwrapped.program, form))) return [];
      const last = wordsOfForm(unwrapped, form).at(-1) ?? unwrapped.name;
      if (unwrapped.name === undefined || last === undefined) return [];
      const span = spanOf(unwrapped.name.span.start, last.span.end);
      const name = unwrapped.program;
      return [{ run, stage, position, span, name, path: form.path, command, target: undefined }];
    });
  });
}

function formOf(
  { unwrapped }: ShellCommand,
  tools: ReadonlyMap<string, readonly CredentialCommand[]>,
): CredentialCommand | undefined {
  return tools.get(unwrapped.program)?.find((one) => isForm(unwrapped, one));
}

function logsIn(command: ShellCommand): boolean {
  return formOf(command, logins) !== undefined;
}

function storesForTool(command: ShellCommand): boolean {
  return formOf(command, packageTools) !== undefined;
}

/** The words of a command that its form names: `auth login`. */
function wordsOfForm(command: UnwrappedCommand, { words }: CredentialCommand): readonly ShellWord[] {
  return operandsOf(command).slice(0, words.length);
}

function isForm(command: UnwrappedCommand, form: CredentialCommand): boolean {
  const operands = operandsOf(command);
  if (!form.words.every((word, index) => operands[index]?.value === word)) return false;
  const rest = operands.slice(form.words.length);
  if (form.least !== undefined && rest.length < form.least) return false;
  if (form.operand !== undefined && !rest.some(({ text }) => form.operand?.test(text.slice(0, 500))))
    return false;
  if (form.without?.some((name) => findOption(command, name, name))) return false;
  const { options } = form;
  return options === undefined || readCommandLine(command).options.some(({ name }) => options.includes(name));
}

/** Whether a command of the same RUN takes the credential off the disk again. */
function undoes({ unwrapped }: ShellCommand, program: string, { undo, path }: CredentialCommand): boolean {
  if (unwrapped.program === program)
    return unwrapped.arguments.some(({ value }) => value !== undefined && undo.test(value));
  if (unwrapped.program !== "rm" || path === undefined) return false;
  const leaf = path.slice(path.lastIndexOf("/") + 1);
  return unwrapped.arguments.some(({ text }) => text.slice(0, 500).includes(leaf));
}

function filesWritten(document: DockerfileDocument): readonly StoredCredential[] {
  const byMount = new Set(
    secretRuns(document).flatMap(({ uses }) =>
      uses
        .filter((use) => use.variable === undefined && fileWritten(document, use))
        .map(({ command }) => command),
    ),
  );
  return placedInstructions(document).flatMap(({ instruction: run, stage, position }) => {
    if (run.keyword !== "RUN") return [];
    if (!hasCommand(run.script, namesCredentialFile)) return [];
    return run.script.commands.flatMap((command): readonly StoredCredential[] => {
      if (byMount.has(command) || !holdsCredential(document, command)) return [];
      const output = outputOf(command, document.text);
      if (output.kind !== "file" || !isCredentialFile(output.target.text)) return [];
      const path = pathOfWord(output.target, stage.stateAt(position));
      const { span, text } = output.target;
      const target = text.replace(/^(["'])(.*)\1$/, "$2");
      return [{ run, stage, position, span, name: command.unwrapped.program, path, command, target }];
    });
  });
}

/** Pieces of the paths of files that hold credentials, in small letters. */
const credentialFiles = [
  ...[".npmrc", ".yarnrc", ".netrc", "_netrc", ".pypirc", "pip.conf", ".git-credentials", "nuget.config"],
  ...[".composer/auth.json", ".docker/config.json", ".m2/settings", ".bundle/config", "apt/auth.conf"],
  ...[".cargo/credentials", ".gem/credentials"],
] as const;

/** Words without one of which {@link registryWrites} finds nothing. */
export const registryWriteWords: readonly string[] = [
  ...new Set([...packageTools.values()].flat().flatMap(({ mentions }) => mentions)),
  ...credentialFiles,
];

function namesCredentialFile({ arguments: words, redirections }: ShellCommand): boolean {
  return (
    words.some(({ text }) => isCredentialFile(text)) ||
    redirections.some(({ target }) => target !== undefined && isCredentialFile(target.text))
  );
}

/** Most words have neither of the characters that each of these files has in its path. */
function isCredentialFile(text: string): boolean {
  if (!text.includes(".") && !text.includes("_")) return false;
  const lower = text.toLowerCase();
  return credentialFiles.some((file) => lower.includes(file));
}

/** Whether the text that `echo`, `printf` or `cat <<EOF` writes has the form of a credential with a value. */
function holdsCredential(document: DockerfileDocument, command: ShellCommand): boolean {
  const { program } = command.unwrapped;
  if (program === "echo" || program === "printf")
    return command.unwrapped.arguments.some((word) =>
      isCredentialText(word.text, word.variables.length > 0, command),
    );
  if (program !== "cat" && program !== "tee") return false;
  return command.redirections.some(
    ({ body, target }) =>
      body !== undefined &&
      isCredentialText(document.text.slice(body.start, body.end), target?.quoted !== true, command),
  );
}

const credentialLine =
  /(?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent|"auth"|"password"|(?:\b|(?<=\\n))password|<password>|:\/\/[^\s/:@]{0,200}(?=:[^\s/@]{1,300}@)|:\/\/(?=[^\s/:@]{1,300}@))[ \t"'=:>]{0,6}([^\s"'<@]{1,300})/i;

/** @param expands whether the shell puts values in place of variables */
function isCredentialText(text: string, expands: boolean, command: ShellCommand): boolean {
  const value = credentialLine.exec(text.slice(0, 5000))?.[1];
  if (value === undefined) return false;
  // `printf '…_authToken=%s' "$TOKEN"` gives the value in a word of its own.
  if (value.startsWith("%s")) return command.arguments.some(({ value: word }) => word === undefined);
  if (/^\$/.test(value) || value.startsWith("`")) return expands;
  return value !== "git" && isSecretValue(judgeValue(value, "password"));
}
