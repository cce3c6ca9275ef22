import { createConfigFiles } from "../audit/configFiles";
import { relativePath } from "../audit/paths";
import { findTargets, formatOfTarget, kindOfTarget, notOurs, type Target } from "../audit/targets";
import { isCheckedKind } from "../documents/kind";
import type { Rule } from "../engine/rule";
import { maxFileBytes } from "../limits";
import type { RegistryClient } from "../registry/client";
import type { ImagePlace } from "../registry/imagePlaces";
import { imagesIn } from "../registry/imagesIn";
import { offlinePinState, type PinState, pinStateOf } from "../registry/pin";
import { plainText } from "../report/plain";
import { applyEdits, type TextEdit } from "../text/edit";
import { linesOf } from "../text/lines";
import type { SearchArgs } from "./args";
import { clientOf, type OnlineArgs } from "./online";
import { resolveSearch } from "./search";
import { type ExitCode, exitCodes, type Terminal, UsageError } from "./terminal";
import { unifiedDiff } from "./unifiedDiff";

export interface PinArgs extends SearchArgs, OnlineArgs {
  readonly command: "pin";
  /** Say what is not pinned, or not any more; change nothing. */
  readonly check: boolean;
  /** Also move pins on whose tag has moved. */
  readonly update: boolean;
  readonly dryRun: boolean;
  readonly format: "text" | "json";
}

/** What became of one image. */
interface Pinned {
  readonly path: string;
  readonly line: number;
  readonly image: string;
  readonly state: PinState["kind"] | "pinned";
  readonly digest?: string;
  readonly reason?: string;
}

/** `plimsoll pin`. */
export async function pin(args: PinArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const client = await clientOf(args, terminal);
  if (client === undefined && !args.check)
    throw new UsageError("pin asks registries, so it takes --online; without it there is pin --check");
  const { scope, adjust } = await resolveSearch(args, rules, terminal);
  const configs = createConfigFiles(terminal.files, rules, scope.configuration, adjust);
  const found = await findTargets(scope, configs);
  const run: Run = { args, terminal, client, images: [], faults: [], changed: 0 };
  for (const target of found.targets) {
    if (terminal.signal.aborted) break;
    await pinFile(run, target);
  }
  for (const { path, reason } of [...found.skipped, ...found.notChecked])
    run.faults.push(`${name(run, path)}: not looked at: ${reason}`);
  report(run);
  const stopped = terminal.signal.aborted || !found.complete || run.failed === true;
  if (stopped || run.images.some(({ state }) => state === "unknown")) return exitCodes.fault;
  const open = run.images.some(({ state }) => state === "unpinned" || state === "moved");
  return args.check && open ? exitCodes.findings : exitCodes.clean;
}

interface Run {
  readonly args: PinArgs;
  readonly terminal: Terminal;
  readonly client: RegistryClient | undefined;
  readonly images: Pinned[];
  readonly faults: string[];
  changed: number;
  /** Whether something was to be written and was not. */
  failed?: boolean;
}

async function pinFile(run: Run, target: Target): Promise<void> {
  const { terminal } = run;
  const read = await terminal.files.read(target.realPath, maxFileBytes);
  if (read.state !== "read") {
    const reason = read.state === "failed" ? read.reason : "it does not exist any more";
    run.faults.push(`${name(run, target.path)}: not looked at: ${reason}`);
    return;
  }
  const kind = kindOfTarget(target, read.text);
  if (!isCheckedKind(kind)) {
    if (kind === undefined && target.named)
      run.faults.push(`${name(run, target.path)}: not looked at: ${notOurs}`);
    return;
  }
  const places = imagesIn(kind, read.text, formatOfTarget(kind, target.path).format);
  const states = await Promise.all(places.map((place) => stateOf(run, place)));
  const lines = linesOf(read.text);
  for (const [index, place] of places.entries()) {
    const state = states[index]!;
    run.images.push({
      path: name(run, target.path),
      line: lines.at(place.span.start).line + 1,
      image: place.reference.source,
      state: state.kind,
      ...("digest" in state && { digest: state.digest }),
      ...("reason" in state && { reason: state.reason }),
    });
  }
  const edits = run.args.check ? [] : wantedEdits(states, run.args.update);
  if (edits.length > 0) await change(run, target, read.text, applyEdits(read.text, edits));
}

async function stateOf(run: Run, place: ImagePlace): Promise<PinState | ReturnType<typeof offlinePinState>> {
  if (run.client === undefined) return offlinePinState(place);
  // What is pinned stays so unless somebody wants to know: that spares the registry the question.
  if (place.reference.digest !== undefined && !run.args.update && !run.args.check)
    return offlinePinState(place);
  return pinStateOf(place, run.client, run.terminal.signal);
}

/** Two FROMs that take their image from one ARG have one edit between them. */
function wantedEdits(
  states: readonly (PinState | ReturnType<typeof offlinePinState>)[],
  update: boolean,
): readonly TextEdit[] {
  const edits = new Map<number, TextEdit>();
  for (const state of states) {
    if (!("edit" in state) || (state.kind === "moved" && !update)) continue;
    edits.set(state.edit.start, state.edit);
  }
  return [...edits.values()];
}

async function change(run: Run, target: Target, before: string, after: string): Promise<void> {
  const { files, out, isTerminal } = run.terminal;
  const shown = name(run, target.path);
  if (run.args.dryRun) {
    const diff = unifiedDiff(shown, before, after);
    // A program gets the patch as it is; a terminal must not obey what a file says.
    out(isTerminal ? diff.split("\n").map(plainText).join("\n") : diff);
    run.changed++;
    return;
  }
  const now = await files.read(target.realPath, maxFileBytes);
  let reason = now.state === "read" && now.text === before ? undefined : "changed meanwhile, left alone";
  if (reason === undefined) {
    try {
      await files.write(target.realPath, after);
      run.changed++;
    } catch (error) {
      reason = `could not be written: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  if (reason === undefined) return;
  run.faults.push(`${shown}: ${reason}`);
  run.failed = true;
}

function report(run: Run): void {
  const { args, terminal, images } = run;
  if (args.format === "json") terminal.out(`${JSON.stringify({ version: 1, images }, undefined, 2)}\n`);
  // With a dry run, standard output is a patch.
  else if (!args.dryRun) for (const image of images) terminal.out(`${plainText(lineOf(image, args))}\n`);
  for (const line of run.faults) terminal.err(`plimsoll: ${plainText(line)}\n`);
  if (args.format === "json") return;
  if (args.dryRun)
    for (const image of images.filter(({ state }) => needsWord.has(state)))
      terminal.err(`plimsoll: ${plainText(lineOf(image, args))}\n`);
  const files = `${run.changed} ${run.changed === 1 ? "file" : "files"}`;
  const verb = args.dryRun ? "would be changed" : "changed";
  const counted = `${images.length} ${images.length === 1 ? "image" : "images"}`;
  terminal.err(args.check ? `${counted} looked at.\n` : `${counted} looked at, ${files} ${verb}.\n`);
}

/** What a patch does not show. */
const needsWord: ReadonlySet<Pinned["state"]> = new Set(["variables", "missing", "unknown"]);

function lineOf({ path, line, image, state, digest, reason }: Pinned, args: PinArgs): string {
  return `${path}:${line}: ${image}: ${told(state, digest, reason, args)}`;
}

function told(
  state: Pinned["state"],
  digest: string | undefined,
  reason: string | undefined,
  { check, update }: PinArgs,
): string {
  switch (state) {
    case "unpinned":
      return check ? "not pinned" : `pinned to ${digest}`;
    case "moved":
      if (check) return `pinned, but the tag has moved to ${digest}`;
      return update ? `pin moved to ${digest}` : "pinned";
    case "pinned":
    case "current":
      return "pinned";
    case "digest-only":
      return "pinned, without a tag that says what would be newer";
    case "variables":
      return "not pinned: variables make it up";
    case "missing":
      return `not pinned: ${reason}`;
    case "unknown":
      return `not known: ${reason}`;
  }
}

function name({ terminal }: Run, path: string): string {
  return relativePath(terminal.cwd, path);
}
