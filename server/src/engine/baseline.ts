import { maxBaselineEntries } from "../limits";
import type { Analysis } from "./analyse";

/** The name of the file that holds accepted findings. */
export const baselineName = "plimsoll.baseline.json";

/** A finding that was accepted as it was on a day. */
export interface AcceptedFinding {
  readonly rule: string;
  readonly fingerprint: string;
  /** What was accepted, for whoever reviews the file. */
  readonly message: string;
  readonly reason?: string;
  /** `YYYY-MM-DD`. */
  readonly added: string;
}

/** Accepted findings by path relative to the folder of the baseline, with `/`. */
export type Baseline = ReadonlyMap<string, readonly AcceptedFinding[]>;

/**
 * Reads a baseline. Never throws.
 * @returns what is wrong with it, in words for a person, where it is none: then it accepts nothing
 */
export function parseBaseline(text: string): Baseline | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "it is not valid JSON" };
  }
  if (!isObject(value) || !isObject(value.files)) return { problem: "it is no baseline of Plimsoll" };
  if (value.version !== 1) return { problem: "it was written by another version of Plimsoll" };
  const files = new Map<string, readonly AcceptedFinding[]>();
  let count = 0;
  for (const [path, entries] of Object.entries(value.files)) {
    if (!Array.isArray(entries)) return { problem: `what it says of ${path.slice(0, 80)} is no list` };
    const accepted = entries.map(acceptedFinding);
    const known = accepted.filter((entry) => entry !== undefined);
    if (known.length < accepted.length)
      return { problem: `an entry of ${path.slice(0, 80)} has no rule or no fingerprint` };
    count += known.length;
    if (count > maxBaselineEntries) return { problem: `it has more than ${maxBaselineEntries} entries` };
    files.set(path, known);
  }
  return files;
}

function acceptedFinding(value: unknown): AcceptedFinding | undefined {
  if (!isObject(value)) return undefined;
  const { rule, fingerprint, message, reason, added } = value;
  if (typeof rule !== "string" || typeof fingerprint !== "string") return undefined;
  return {
    rule,
    fingerprint,
    message: typeof message === "string" ? message : "",
    ...(typeof reason === "string" && { reason }),
    added: typeof added === "string" ? added : "",
  };
}

/** A baseline as text: the same for the same entries, in an order that moved lines do not change. */
export function renderBaseline(baseline: Baseline): string {
  const files: Record<string, readonly AcceptedFinding[]> = Object.create(null);
  for (const path of [...baseline.keys()].sort()) {
    const entries = [...(baseline.get(path) ?? [])].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    if (entries.length > 0) files[path] = entries;
  }
  return `${JSON.stringify({ version: 1, files }, undefined, 2)}\n`;
}

/** What an entry and a finding share if they are the same. */
export function keyOf({ rule, fingerprint }: Pick<AcceptedFinding, "rule" | "fingerprint">): string {
  return `${rule} ${fingerprint}`;
}

/**
 * Takes the findings that a baseline has accepted away from the others, and lists them as silenced.
 * @param fingerprints of the analysis' findings, in their order
 */
export function acceptFindings(
  analysis: Analysis,
  fingerprints: readonly string[],
  accepted: readonly AcceptedFinding[],
): Analysis {
  const entries = new Map(accepted.map((entry) => [keyOf(entry), entry]));
  const entryOf = (at: number): AcceptedFinding | undefined =>
    entries.get(keyOf({ rule: analysis.findings[at]!.rule, fingerprint: fingerprints[at] ?? "" }));
  const silenced = analysis.findings.flatMap((finding, at) => {
    const entry = entryOf(at);
    return entry === undefined ? [] : [{ finding, by: { kind: "baseline" as const, reason: entry.reason } }];
  });
  return {
    ...analysis,
    findings: analysis.findings.filter((_finding, at) => entryOf(at) === undefined),
    suppressed: [...analysis.suppressed, ...silenced],
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
