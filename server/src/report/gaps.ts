import type { AuditResult, Range } from "../audit/result";

/** Something that keeps an audit from being the whole truth. */
export interface Gap {
  /**
   * `stopped`: the audit ended early; `failure`: a rule or a configuration is at fault; `unread`: a file, a folder or
   * a part of one was not looked at; `unjudged`: one rule could not tell.
   */
  readonly kind: "stopped" | "failure" | "unread" | "unjudged";
  /** Missing where the whole audit is concerned. */
  readonly path?: string;
  readonly rule?: string;
  readonly range?: Range;
  /** What is missing and why, as it came: not yet escaped for any format. */
  readonly text: string;
}

/** All gaps of an audit, the worst kind first, those of a kind in the audit's order. */
export function gapsOf(result: AuditResult): readonly Gap[] {
  const stopped: Gap = { kind: "stopped", text: "the audit ended before everything was looked at" };
  const failures = result.failures.map(({ path, rule, range, error }): Gap => {
    const text = rule === undefined ? error : `the rule ${rule} failed, its findings are missing: ${error}`;
    return { kind: "failure", ...placed(path, rule, range), text };
  });
  const files = result.files
    .filter((file) => file.status !== "checked")
    .map(({ path, status, reason }): Gap => ({ kind: "unread", path, text: reason ?? status }));
  const entries = result.notChecked.map(({ path, rule, range, reason }): Gap => {
    return { kind: rule === undefined ? "unread" : "unjudged", ...placed(path, rule, range), text: reason };
  });
  return [
    ...(result.complete ? [] : [stopped]),
    ...failures,
    ...files,
    ...entries.filter(({ kind }) => kind === "unread"),
    ...entries.filter(({ kind }) => kind === "unjudged"),
  ];
}

function placed(
  path: string,
  rule: string | undefined,
  range: Range | undefined,
): Pick<Gap, "path" | "rule" | "range"> {
  return { path, ...(rule !== undefined && { rule }), ...(range !== undefined && { range }) };
}
