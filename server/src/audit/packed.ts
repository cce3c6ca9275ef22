import { type Severity, severities } from "../engine/severity";
import type { AuditedText } from "./auditText";
import type { AuditedFile } from "./result";

/** What is said of one text, as far as reports show it. */
export type Said = Pick<AuditedText, "findings" | "suppressed" | "posture">;

/** How much that is. */
export interface Tally {
  readonly findings: Record<Severity, number>;
  suppressed: number;
}

export function emptyTally(): Tally {
  return { findings: { critical: 0, high: 0, medium: 0, low: 0, info: 0 }, suppressed: 0 };
}

export function addTally(sum: Tally, { findings, suppressed }: Tally): void {
  for (const severity of severities) sum.findings[severity] += findings[severity];
  sum.suppressed += suppressed;
}

export function tallyOf({ findings, suppressed }: Said): Tally {
  const tally = emptyTally();
  for (const { severity } of findings) tally.findings[severity]++;
  tally.suppressed = suppressed.length;
  return tally;
}

/**
 * As one text, without line breaks and tabs. As objects it would take five times the memory, and its excerpts would hold
 * on to the whole text of the file.
 */
export function pack({ findings, suppressed, posture }: Said): string {
  return JSON.stringify({ findings, suppressed, posture });
}

/** Puts what was packed into a file again; it is read whenever somebody asks. */
export function withPacked(
  file: Omit<AuditedFile, keyof Said>,
  packed: string,
  withPosture: boolean,
): AuditedFile {
  const whole: AuditedFile = {
    ...file,
    get findings() {
      return unpack(packed).findings;
    },
    get suppressed() {
      return unpack(packed).suppressed;
    },
  };
  if (!withPosture) return whole;
  return Object.defineProperty(whole, "posture", {
    enumerable: true,
    get: () => unpack(packed).posture,
  });
}

let last: { readonly packed: string; readonly said: Said } | undefined;

/** Reports ask for the parts of a file in a row. */
export function unpack(packed: string): Said {
  if (last?.packed !== packed) last = { packed, said: JSON.parse(packed) as Said };
  return last.said;
}
