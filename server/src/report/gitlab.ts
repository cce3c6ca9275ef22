import type { AuditResult, Range } from "../audit/result";
import type { Severity } from "../engine/severity";
import { type Gap, gapsOf } from "./gaps";
import { sha256Base64 } from "./html/sha256";
import { plainText } from "./plain";

/**
 * An audit as a Code Quality report of GitLab: a JSON array of what it requires of an issue. Silenced findings have no
 * place in it; what was not checked is an issue of its own.
 */
export function renderGitlab(result: AuditResult): string {
  const issues = [...result.files.flatMap(findingIssues), ...gapIssues(result)];
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}

type GitlabSeverity = "info" | "minor" | "major" | "critical" | "blocker";

const gitlabSeverities: Readonly<Record<Severity, GitlabSeverity>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
  info: "info",
};

const gapSeverities: Readonly<Record<Gap["kind"], GitlabSeverity>> = {
  stopped: "critical",
  failure: "critical",
  unread: "major",
  unjudged: "info",
};

interface Issue {
  readonly description: string;
  readonly check_name: string;
  /** Must be its own in the whole report: of two equal ones GitLab shows one. */
  readonly fingerprint: string;
  readonly severity: GitlabSeverity;
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

function findingIssues({ path, findings }: AuditResult["files"][number]): readonly Issue[] {
  if (findings.length === 0) return [];
  const file = nameOf(path);
  return findings.map((finding) => ({
    description: plainText(finding.message),
    check_name: finding.rule,
    fingerprint: file + finding.fingerprint,
    severity: gitlabSeverities[finding.severity],
    location: locationOf(path, finding.range),
  }));
}

function gapIssues(result: AuditResult): readonly Issue[] {
  const seen = new Map<string, number>();
  return gapsOf(result).map(({ kind, path, rule, range, text }): Issue => {
    const subject = JSON.stringify([kind, path, rule, text]);
    const count = (seen.get(subject) ?? 0) + 1;
    seen.set(subject, count);
    const unchecked = kind === "unread" || kind === "unjudged";
    return {
      description: plainText(unchecked ? `Not checked: ${text}` : text),
      check_name: rule ?? (unchecked ? "not-checked" : "failure"),
      fingerprint: nameOf(`${subject}${count}`),
      severity: gapSeverities[kind],
      location: locationOf(path ?? ".", range),
    };
  });
}

/** What has no place of its own stands on the first line: GitLab requires one. */
function locationOf(path: string, range: Range | undefined): Issue["location"] {
  return { path, lines: { begin: range?.start.line ?? 1, end: range?.end.line ?? 1 } };
}

/** 16 hexadecimal digits for a text, the beginning of its SHA-256. */
function nameOf(text: string): string {
  const bytes = Array.from(atob(sha256Base64(text)).slice(0, 8), (char) => char.charCodeAt(0));
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
