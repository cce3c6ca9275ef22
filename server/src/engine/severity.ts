/** From worst to mildest. What each means stands beside its name in `levelDescriptions`. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;

export type Severity = (typeof severities)[number];

/** Whether `severity` is as bad as `least`, or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}

/** A severity some steps milder, or worse where `steps` is negative; the mildest and the worst are the ends. */
export function milderBy(severity: Severity, steps: number): Severity {
  const at = severities.indexOf(severity) + steps;
  return severities[Math.max(0, Math.min(severities.length - 1, at))]!;
}

export function isSeverity(value: unknown): value is Severity {
  return typeof value === "string" && (severities as readonly string[]).includes(value);
}
