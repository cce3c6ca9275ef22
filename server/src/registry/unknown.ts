/** What could not be learnt, and why. */
export interface Unknown {
  readonly state: "unknown";
  /** For a person, without a full stop. */
  readonly reason: string;
}

export function unknown(reason: string): Unknown {
  return { state: "unknown", reason };
}
