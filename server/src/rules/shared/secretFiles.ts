import type {
  CopyInstruction,
  CopySource,
  DockerfileDocument,
  Instruction,
  RunInstruction,
  Stage,
} from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import type { Severity } from "../../engine/severity";
import { isSecretPlace, secretFileSeverity } from "../../knowledge/secretFileNames";
import { maxDeletions, maxSecretFiles } from "../../ruleLimits";
import { rememberLast } from "../../text/rememberLast";
import { rememberMany } from "../../text/rememberMany";
import type { Span } from "../../text/span";
import { mayStoreCredential, registryWrites } from "./credentialCommands";
import { covers, type LayerPath, layerPath, pathOfWord } from "./layerPaths";
import { fileWritten, secretRuns } from "./secretRuns";

/** A file with a secret in a layer of a stage. */
export interface SecretFile {
  /** Where it may lie: two where it is not known whether the destination is a folder. */
  readonly paths: readonly LayerPath[];
  /** What brings it in: the source of a COPY, or a place in a RUN. */
  readonly span: Span;
  readonly severity: Extract<Severity, "high" | "medium">;
  readonly stage: Stage;
  /** Of the instruction in its stage. */
  readonly position: number;
}

/** A file or folder that a RUN deletes. */
export interface Deletion {
  readonly path: LayerPath;
  readonly span: Span;
  readonly stage: Stage;
  readonly position: number;
}

/** A source of COPY or ADD that is a secret by its name, taken from the context of the build. */
export interface SecretSource {
  readonly copy: CopyInstruction;
  readonly source: CopySource;
  readonly severity: Extract<Severity, "high" | "medium">;
}

/** The sources of a COPY or ADD that are secrets by their names; none where they come from another stage. */
export function secretSources(copy: CopyInstruction): readonly SecretSource[] {
  const destination = copy.destination?.text ?? "";
  if (copy.from !== undefined || isForPackages(destination)) return [];
  return copy.sources.flatMap((source) => {
    const path = source.expanded.state === "known" ? source.expanded.value : source.text;
    const severity = severityOfCopy({ path, destination });
    return severity === undefined ? [] : [{ copy, source, severity }];
  });
}

const severityOfCopy = rememberMany(
  ({ path, destination }: { readonly path: string; readonly destination: string }) =>
    `${path}\n${destination}`,
  ({ path, destination }): SecretSource["severity"] | undefined => {
    if (/^[a-z+]{2,10}:\/\/|^git@/i.test(path)) return undefined;
    return secretFileSeverity(path) ?? (isSecretPlace(path, destination) ? "high" : undefined);
  },
);

/**
 * The secrets that stages hold in files; those that the same RUN deletes again are left out. At most
 * {@link maxSecretFiles}.
 */
export const secretFiles: (document: DockerfileDocument) => readonly SecretFile[] = rememberLast(filesIn);

function filesIn(document: DockerfileDocument): readonly SecretFile[] {
  const copied = document.stages.flatMap((stage) =>
    stage.instructions.flatMap((copy, position) =>
      (copy.keyword === "COPY" || copy.keyword === "ADD") &&
      mayCopySecret({ copy, text: document.text.slice(copy.span.start, copy.span.end) })
        ? copiedFiles(stage, copy, position)
        : [],
    ),
  );
  const written = secretRuns(document).flatMap(({ run, stage, position, uses }) =>
    uses.flatMap((use) => {
      const target = fileWritten(document, use);
      const path = target && pathOfWord(target, stage.stateAt(position));
      if (target === undefined || path === undefined) return [];
      return [{ paths: [path], span: target.span, severity: "high" as const, stage, position, run }];
    }),
  );
  const stored = registryWrites(document).flatMap(({ run, stage, position, span, path }) =>
    path === undefined ? [] : [{ paths: [path], span, severity: "high" as const, stage, position, run }],
  );
  const kept = [...written, ...stored].slice(0, maxSecretFiles).filter(({ run, stage, position, paths }) => {
    const deleted = deletionsIn(run, stage, position);
    return !deleted.some(({ path }) => paths.some((one) => covers(path, one)));
  });
  return [...copied, ...kept.map(({ run: _, ...file }) => file)].slice(0, maxSecretFiles);
}

/** Whether an instruction may bring a secret file into a layer, move it on, or delete it. */
export function bearsOnSecretFiles(instruction: Instruction): boolean {
  if (instruction.keyword === "COPY" || instruction.keyword === "ADD") return true;
  return (
    instruction.keyword === "RUN" &&
    (instruction.mounts.some(({ type }) => type === "secret") || hasCommand(instruction.script, mayTouchFile))
  );
}

function mayTouchFile(command: ShellCommand): boolean {
  const { redirections, arguments: words, assignments, unwrapped } = command;
  if (redirections.length > 0 || assignments.length > 0 || deleting.has(unwrapped.program)) return true;
  return words.some(({ value }) => value === undefined) || mayStoreCredential(command);
}

/** What a RUN deletes with `rm`, `shred` or `unlink`, up to 500 files; asked often for one RUN. */
export function deletionsIn(run: RunInstruction, stage: Stage, position: number): readonly Deletion[] {
  const known = deletions.get(run);
  if (known !== undefined) return known;
  const found = run.script.commands.flatMap(({ unwrapped }) => {
    if (!deleting.has(unwrapped.program)) return [];
    const state = stage.stateAt(position);
    return operandsOf(unwrapped).flatMap((word) => {
      const path = pathOfWord(word, state);
      return path === undefined ? [] : [{ path, span: word.span, stage, position }];
    });
  });
  const followed = found.slice(0, maxDeletions);
  deletions.set(run, followed);
  return followed;
}

/** Where the sources of a COPY end up. */
export function copiedTo(
  copy: CopyInstruction,
  source: string,
  stage: Stage,
  position: number,
): readonly LayerPath[] {
  const { destination } = copy;
  if (destination?.expanded.state !== "known") return [];
  const target = destination.expanded.value;
  const folder = layerPath(target, stage.stateAt(position).workdir);
  const inside = layerPath(
    `${folder}/${source.split("/").findLast((part) => part !== "" && part !== ".") ?? ""}`,
    undefined,
  );
  // Of a folder, what is in it is copied.
  if (/\/$|^[.*]$/.test(source)) return [folder];
  if (target.endsWith("/") || /^\.{1,2}$/.test(target) || copy.sources.length > 1) return [inside];
  return [folder, inside];
}

const deletions = new WeakMap<RunInstruction, readonly Deletion[]>();
const deleting: ReadonlySet<string> = new Set(["rm", "shred", "unlink", "srm"]);

function copiedFiles(stage: Stage, copy: CopyInstruction, position: number): readonly SecretFile[] {
  return secretSources(copy).map(({ source, severity }) => ({
    paths: copiedTo(copy, source.text, stage, position),
    span: source.span,
    severity,
    stage,
    position,
  }));
}

/** Remembered by what is written: only variables make one text mean different files. */
const mayCopySecret = rememberMany(
  ({ text }: { readonly copy: CopyInstruction; readonly text: string }) => text,
  ({ copy, text }) => text.includes("$") || secretSources(copy).length > 0,
);

/** Whether a destination is one of those where public keys of package archives and certificates are kept. */
export function isForPackages(destination: string): boolean {
  return /\/apt\/|\/keyrings\/|\/rpm-gpg\/|\/ca-certificates|\/apk\/keys|\/pki\/ca-trust|ssl\/certs/.test(
    destination,
  );
}
