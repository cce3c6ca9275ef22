import type { JudgedFile } from "../audit/audit";
import { type Baselines, nameIn } from "../audit/baselines";
import { isWithin, joinPath, parentOf, relativePath } from "../audit/paths";
import type { AuditFinding } from "../audit/result";
import { type AcceptedFinding, type Baseline, baselineName, keyOf, renderBaseline } from "../engine/baseline";
import type { Rule } from "../engine/rule";
import { isAtLeast, type Severity } from "../engine/severity";
import type { Terminal } from "./terminal";

/** What is to become of a baseline. */
export interface BaselineUpdate {
  readonly judged: readonly JudgedFile[];
  readonly baselines: Baselines;
  /** The baseline that the user named, absolute. */
  readonly named: string | undefined;
  readonly rules: readonly Rule[];
  /** Take out what is fixed, accept nothing. */
  readonly shrinkOnly: boolean;
  readonly reason: string | undefined;
  /** Milder findings are not accepted. */
  readonly minSeverity: Severity | undefined;
}

interface Change {
  readonly files: Map<string, readonly AcceptedFinding[]>;
  readonly before: Baseline;
  added: number;
  removed: number;
}

/**
 * Accepts what was found, and takes out what is no longer found. An entry goes only if its rule has judged its whole
 * file in this run and has not found it, if its file is gone, or if there is no such rule any more: a run over a part of
 * the repository, or with other rules, leaves the rest as it is.
 */
export async function updateBaselines(update: BaselineUpdate, terminal: Terminal): Promise<void> {
  const changes = new Map<string, Change>();
  for (const file of update.judged) {
    const existing = await update.baselines.of(parentOf(file.path) ?? file.path, file.boundary);
    const path = existing?.path ?? update.named ?? newBaseline(file, terminal.cwd);
    const before = existing?.baseline ?? new Map();
    const change = changes.get(path) ?? { files: new Map(before), before, added: 0, removed: 0 };
    changes.set(path, change);
    judge(update, change, nameIn(path, file.path), file, today(terminal));
  }
  for (const [path, change] of changes) {
    await removeGone(path, change, terminal);
    await write(path, change, terminal);
  }
}

/** How many entries of the baselines a check has judged in a file and not found again. */
export function fixedEntries(file: JudgedFile, rules: readonly Rule[]): number {
  return file.entries.filter((entry) => isFixed(entry, file, rules)).length;
}

/** In the working directory, so that one stands for all; beside a file that lies elsewhere. */
function newBaseline({ path, boundary }: JudgedFile, cwd: string): string {
  return joinPath(isWithin(cwd, path) ? cwd : boundary, baselineName);
}

function judge(update: BaselineUpdate, change: Change, name: string, file: JudgedFile, added: string): void {
  const entries = change.before.get(name) ?? [];
  const kept = entries.filter((entry) => !isFixed(entry, file, update.rules));
  const { minSeverity } = update;
  const fresh = update.shrinkOnly
    ? []
    : file.findings
        .filter(({ severity }) => minSeverity === undefined || isAtLeast(severity, minSeverity))
        .map((finding) => entryOf(finding, update.reason, added));
  change.added += fresh.length;
  change.removed += entries.length - kept.length;
  change.files.set(name, [...kept, ...fresh]);
}

function isFixed(entry: AcceptedFinding, file: JudgedFile, rules: readonly Rule[]): boolean {
  if (!rules.some(({ id }) => id === entry.rule)) return true;
  return file.rules.has(entry.rule) && !file.accepted.some((finding) => keyOf(finding) === keyOf(entry));
}

function entryOf({ rule, fingerprint, message }: AuditFinding, reason: string | undefined, added: string) {
  return { rule, fingerprint, message, ...(reason !== undefined && { reason }), added };
}

async function removeGone(path: string, change: Change, { files }: Terminal): Promise<void> {
  for (const [name, entries] of change.before) {
    const target = joinPath(parentOf(path) ?? path, name);
    if (name.startsWith("..") || (await files.kindOf(target)) !== undefined) continue;
    change.removed += entries.length;
    change.files.delete(name);
  }
}

async function write(path: string, { files, before, added, removed }: Change, terminal: Terminal) {
  const count = [...files.values()].reduce((sum, entries) => sum + entries.length, 0);
  const text = renderBaseline(files);
  const isNew = before.size === 0 && (await terminal.files.kindOf(path)) === undefined;
  if (isNew ? count > 0 : text !== renderBaseline(before)) await terminal.files.write(path, text);
  const name = relativePath(terminal.cwd, path);
  terminal.err(`${name}: ${added} accepted, ${removed} taken out, ${count} in all.\n`);
}

function today({ clock }: Terminal): string {
  return new Date(clock.now()).toISOString().slice(0, 10);
}
