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
  // Bytes lie beyond the heap: as strings, what a run has to say would be what its garbage collector looks at most.
  const bytes = encoder.encode(packed);
  const whole: AuditedFile = {
    ...file,
    get findings() {
      return read(bytes).findings;
    },
    get suppressed() {
      return read(bytes).suppressed;
    },
  };
  if (!withPosture) return whole;
  return Object.defineProperty(whole, "posture", {
    enumerable: true,
    get: () => read(bytes).posture,
  });
}

let last: { readonly bytes: Uint8Array; readonly said: Said } | undefined;

/** Reports ask for the parts of a file in a row. */
function read(bytes: Uint8Array): Said {
  if (last?.bytes !== bytes) last = { bytes, said: unpack(decoder.decode(bytes)) };
  return last.said;
}

export function unpack(packed: string): Said {
  return JSON.parse(packed) as Said;
}

// JSON writes halves of surrogate pairs as escapes, so that its bytes are the whole of it.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
