import type { DockerfileDocument, Instruction } from "../documents/dockerfile/model";
import { movedSpan, type Span } from "../text/span";
import type { Fact, IgnoreFile } from "./facts";
import type { Finding } from "./finding";
import type { EffectiveRule } from "./levels";
import { type Collected, runRule } from "./run";

/** What local rules may depend on beside the instruction itself: these decide stages, variables, user and shell. */
const framing: ReadonlySet<string> = new Set(["FROM", "ARG", "ENV", "USER", "SHELL", "WORKDIR", "ONBUILD"]);

/** A file with fewer instructions is judged as a whole: keeping account would take longer than it saves. */
const fewInstructions = 40;

/** Documents whose results are remembered, in order of last use, and instructions of each. */
const mostFrames = 16;
const mostUnits = 20_000;

/** What has been found under one frame: the instructions of {@link framing}, as written and in their order. */
interface Remembered {
  readonly dockerignore: Fact<IgnoreFile>;
  /** Findings by instruction, at a distance from its start; the instruction's key tells what precedes it. */
  readonly units: Map<string, readonly Finding[]>;
}

interface Unit {
  readonly instruction: Instruction;
  readonly key: string;
  /** Its lines with their breaks: what is found at it lies within. */
  readonly region: Span;
}

const byRules = new WeakMap<readonly EffectiveRule[], Map<string, Remembered>>();

/**
 * Runs the rules that judge each instruction by itself (`local`). An instruction that was judged before, in any document
 * with the same frame, is not judged again: its findings are moved to where it stands now.
 *
 * @param active all rules that are on: results are remembered for this very list
 * @param local those of them that are local
 */
export function runLocalRules(
  active: readonly EffectiveRule[],
  local: readonly EffectiveRule[],
  document: DockerfileDocument,
  run: Collected,
): void {
  if (document.instructions.length < fewInstructions) {
    for (const rule of local) runRule(rule, document, run);
    return;
  }
  const { units, frame } = unitsOf(document);
  const remembered = rememberedFor(
    active,
    `${document.escape}${run.facts.today}${frame}`,
    run.facts.dockerignore,
  );
  const missing: Unit[] = [];
  for (const unit of units) {
    const known = remembered.units.get(unit.key);
    if (known === undefined) missing.push(unit);
    else for (const finding of known) run.findings.push(moved(finding, unit.instruction.span.start));
  }
  if (missing.length > 0) judge(local, document, { units, missing }, remembered, run);
}

function unitsOf(document: DockerfileDocument): { readonly units: readonly Unit[]; readonly frame: string } {
  const { text } = document;
  const frame: string[] = [];
  const units = document.instructions.map((instruction): Unit => {
    const { start, end } = instruction.span;
    const written = text.slice(start, end);
    if (framing.has(instruction.keyword)) frame.push(written);
    const next = text.indexOf("\n", end);
    const region = {
      start: start === 0 ? 0 : text.lastIndexOf("\n", start - 1) + 1,
      end: next < 0 ? text.length : next + 1,
    };
    return { instruction, key: `${frame.length} ${written}`, region };
  });
  return { units, frame: frame.join("\n") };
}

function rememberedFor(
  active: readonly EffectiveRule[],
  frame: string,
  dockerignore: Fact<IgnoreFile>,
): Remembered {
  const frames = byRules.get(active) ?? new Map<string, Remembered>();
  byRules.set(active, frames);
  const known = frames.get(frame);
  const isValid =
    known !== undefined && isSame(known.dockerignore, dockerignore) && known.units.size < mostUnits;
  const remembered = isValid ? known : { dockerignore, units: new Map() };
  frames.delete(frame);
  frames.set(frame, remembered);
  const [oldest] = frames.keys();
  if (frames.size > mostFrames && oldest !== undefined) frames.delete(oldest);
  return remembered;
}

function isSame(a: Fact<IgnoreFile>, b: Fact<IgnoreFile>): boolean {
  if (a === b) return true;
  if (a.state === "known" && b.state === "known")
    return a.value.path === b.value.path && a.value.text === b.value.text;
  return a.state === b.state && a.state !== "known";
}

/** Judges instructions that are not remembered, and remembers them, unless something went wrong or was left open. */
function judge(
  local: readonly EffectiveRule[],
  document: DockerfileDocument,
  { units, missing }: { readonly units: readonly Unit[]; readonly missing: readonly Unit[] },
  remembered: Remembered,
  run: Collected,
): void {
  const view: DockerfileDocument = { ...document, instructions: missing.map((unit) => unit.instruction) };
  const own: Collected = { ...run, findings: [], failures: [], notChecked: [] };
  for (const rule of local) runRule(rule, view, own);
  const found = new Map<Unit, Finding[]>(missing.map((unit) => [unit, []]));
  for (const finding of own.findings) {
    const unit = unitAt(units, finding.span.start);
    // Rules may look at all instructions of a stage: what they find at one that is remembered is there already.
    if (unit === undefined) run.findings.push(finding);
    else found.get(unit)?.push(finding);
  }
  run.failures.push(...own.failures);
  run.notChecked.push(...own.notChecked);
  const isSettled = own.failures.length === 0 && own.notChecked.length === 0;
  for (const [unit, findings] of found) {
    run.findings.push(...findings);
    const { start } = unit.instruction.span;
    if (isSettled && findings.every((finding) => liesWithin(finding, unit.region)))
      remembered.units.set(
        unit.key,
        findings.map((finding) => moved(finding, -start)),
      );
  }
}

/** The instruction whose lines hold an offset, of those in order. */
function unitAt(units: readonly Unit[], offset: number): Unit | undefined {
  let low = 0;
  let high = units.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { region } = units[middle]!;
    if (offset < region.start) high = middle - 1;
    else if (offset >= region.end) low = middle + 1;
    else return units[middle];
  }
  return undefined;
}

function liesWithin(finding: Finding, region: Span): boolean {
  const spans = [
    finding.span,
    ...finding.fixes.flatMap((fix) => fix.edits),
    ...finding.related.filter((related) => related.path === undefined).map((related) => related.span),
  ];
  return spans.every((span) => region.start <= span.start && span.end <= region.end);
}

function moved(finding: Finding, by: number): Finding {
  return {
    ...finding,
    span: movedSpan(finding.span, by),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, ...movedSpan(edit, by) })),
    })),
    related: finding.related.map((related) =>
      related.path === undefined ? { ...related, span: movedSpan(related.span, by) } : related,
    ),
  };
}
