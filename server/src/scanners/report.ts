/** One vulnerability as a scanner tells it. */
export interface Found {
  /** `CVE-2026-1234`, or the scanner's own name for it. */
  readonly id: string;
  readonly package: string;
  /** The version that is there; empty where it is not told. */
  readonly installed: string;
  /** The version that closes it; `undefined` where there is none yet. */
  readonly fixed: string | undefined;
  /** In lower case, `unknown` where it is not told. */
  readonly severity: string;
}

/** What one run of a scanner has written. */
export interface Report {
  /** For people: `Trivy`. */
  readonly scanner: string;
  /** Names of the image, as far as the report tells; some may be no references. */
  readonly names: readonly unknown[];
  readonly found: readonly Found[];
}

/** A text of a report as it may be shown: short, on one line, and without what a terminal or an editor obeys. */
export function shown(text: string | undefined): string {
  return (text ?? "").slice(0, 100).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "");
}
