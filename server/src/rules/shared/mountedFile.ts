import type { DockerfileDocument, RunInstruction, Stage } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { maxRewrittenCommands, maxRewrittenStages } from "../../ruleLimits";
import { insertAt, type TextEdit } from "../../text/edit";
import type { StoredCredential } from "./credentialCommands";
import { changed } from "./fillIn";
import { removeAssignment } from "./removeAssignment";
import { removalOfCommands } from "./removeCommand";
import { readersOf } from "./secretMount";
import { secretRuns } from "./secretRuns";
import { rootnessIn } from "./users";

/** A file that a RUN writes a secret to. */
export interface SecretFileStep {
  readonly run: RunInstruction;
  readonly stage: Stage;
  /** Of the RUN in its stage. */
  readonly position: number;
  /** The command that writes it. */
  readonly command: ShellCommand;
  /** The file's name as written. */
  readonly target: string;
}

/** {@link mountedFileFixes} for a credential that a command stores; none where its file is not one that can be mounted. */
export function storedFileFixes(document: DockerfileDocument, stored: StoredCredential): readonly Fix[] {
  const target = stored.target ?? toolFiles.get(stored.path ?? "");
  return target === undefined ? [] : mountedFileFixes(document, { ...stored, target });
}

/** The file in which tools look for their credentials, by where they store them. */
const toolFiles: ReadonlyMap<string, string> = new Map([
  ...["~/.npmrc", "~/.yarnrc.yml", "~/.netrc", "~/.composer/auth.json", "~/.gitconfig"].map(
    (path) => [path, path] as const,
  ),
  ["~/.docker", "~/.docker/config.json"],
  ["~/.aws", "~/.aws/credentials"],
  ["~/.kube", "~/.kube/config"],
]);

/**
 * Mounts the file that a RUN fills with a secret: what writes, protects and deletes it goes, and so does the build argument
 * that the secret came from, where nothing else reads it.
 *
 * @returns none where what stays names the file, or where something else than a plain chain of commands writes it
 */
export function mountedFileFixes(document: DockerfileDocument, written: SecretFileStep): readonly Fix[] {
  const path = absolutePath(document, written);
  if (path === undefined) return [];
  const id = secretId(path);
  const mount = `--mount=type=secret,id=${id},target=${path} `;
  return changed(`Mount ${id} as a build secret`, withoutFile(document, written, mount));
}

/** `npmrc` for `/root/.npmrc`, `aws` for `/root/.aws/credentials`. */
function secretId(path: string): string {
  const [folder = "", leaf = ""] = path.split("/").slice(-2);
  return (leaf.startsWith(".") || !folder.startsWith(".") ? leaf : folder).replace(/^[._]+/, "");
}

/** Lends the builder's SSH agent to a RUN that writes a private key; the conditions of {@link mountedFileFixes} hold. */
export function sshMountFixes(document: DockerfileDocument, written: SecretFileStep): readonly Fix[] {
  return changed("Mount the SSH agent", withoutFile(document, written, "--mount=type=ssh "));
}

function withoutFile(
  document: DockerfileDocument,
  written: SecretFileStep,
  mount: string,
): readonly (TextEdit | undefined)[] {
  const { run, target } = written;
  const { commands } = run.script;
  if (commands.length > maxRewrittenCommands || document.stages.length > maxRewrittenStages)
    return [undefined];
  const tending = commands.filter(
    (one) => one === written.command || (tends.has(one.unwrapped.program) && names(one, target)),
  );
  const removals = removalOfCommands(document, run, tending);
  // A RUN that did nothing else is not there any more.
  if (
    removals === undefined ||
    commands.every((one) => tending.some(({ pipeline }) => pipeline.includes(one)))
  )
    return [undefined];
  const start = run.flags[0]?.span.start ?? run.argumentsSpan.start;
  const leaf = target.slice(target.lastIndexOf("/") + 1);
  const rest = textWithout(document, run, removals);
  if (leaf === "" || (!mount.includes(leaf) && rest.includes(leaf))) return [undefined];
  return [...merged(removals, insertAt(start, mount)), ...withoutArguments(document, written, rest)];
}

/** An insertion where a deletion begins is made a part of it. */
function merged(removals: readonly TextEdit[], insertion: TextEdit): readonly TextEdit[] {
  const same = removals.find(({ start }) => start === insertion.start);
  if (same === undefined) return [insertion, ...removals];
  return removals.map((edit) => (edit === same ? { ...edit, text: insertion.text } : edit));
}

/** Programs that only prepare a file for its use, or take it away. */
const tends: ReadonlySet<string> = new Set(["chmod", "chown", "rm", "shred", "touch"]);

function names({ arguments: words }: ShellCommand, target: string): boolean {
  return (
    words.some((word) => plain(word) === target) &&
    words.filter(({ text }) => /^[^-\d]/.test(text)).length === 1
  );
}

function plain({ text }: ShellWord): string {
  return text.replace(/["']/g, "");
}

function textWithout(
  { text }: DockerfileDocument,
  { span }: RunInstruction,
  edits: readonly TextEdit[],
): string {
  let at = span.start;
  let rest = "";
  for (const edit of edits) {
    rest += text.slice(at, edit.start);
    at = Math.max(at, edit.end);
  }
  return rest + text.slice(at, span.end);
}

/** The ARGs that only what is taken away has read. */
function withoutArguments(
  document: DockerfileDocument,
  { run, command }: SecretFileStep,
  rest: string,
): readonly TextEdit[] {
  const uses = secretRuns(document).find((one) => one.run === run)?.uses ?? [];
  const read = new Map(
    uses.flatMap((use) =>
      command.pipeline.includes(use.command) && use.variable?.instruction.keyword === "ARG"
        ? [[use.variable.name, use.variable] as const]
        : [],
    ),
  );
  return [...read.values()].flatMap(({ name, instruction, index }) => {
    const readers = readersOf(document, name);
    const isAlone =
      readers.length === 1 && readers[0] === run && !rest.includes(`$${name}`) && !rest.includes(`{${name}`);
    return isAlone && instruction.keyword === "ARG" && instruction.stageIndex === run.stageIndex
      ? [removeAssignment(document, instruction, index)]
      : [];
  });
}

/** Where a file of a RUN lies that root writes; undefined where that is not known, and for other users. */
export function absolutePath(
  document: DockerfileDocument,
  { run, stage, position, target }: Omit<SecretFileStep, "command">,
): string | undefined {
  const home = /^(?:~|\$HOME|\$\{HOME\})\//.exec(target)?.[0];
  if (/[$`*?\s]/.test(target.slice(home?.length ?? 0))) return undefined;
  const isRoot = rootnessIn(document)(run) === "root";
  // A mounted secret belongs to root and is readable by root alone.
  if (!isRoot) return undefined;
  if (home !== undefined) return `/root/${target.slice(home.length)}`;
  if (target.startsWith("/")) return target;
  if (run.script.commands.some(({ program }) => program === "cd" || program === "pushd")) return undefined;
  const { workdir } = stage.stateAt(position);
  return workdir?.state === "known"
    ? `${workdir.value.replace(/\/$/, "")}/${target.replace(/^\.\//, "")}`
    : undefined;
}
