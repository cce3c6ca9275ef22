import type { AuditFinding, AuditResult, AuditSuppressed } from "../audit/result";
import { ruleUrl } from "../docs/ruleUrl";
import { acceptanceText } from "./acceptance";
import { type Gap, gapsOf } from "./gaps";
import { escapeHtml } from "./html/escape";

/**
 * An audit as JUnit XML, within what the schema of Jenkins (junit-10.xsd) allows. A file is a test suite; a finding is a
 * failure, a silenced one is skipped, and a file in which nothing was found is one passed test. What failed or was not
 * read is an error, and what one rule could not tell is skipped.
 */
export function renderJunit(result: AuditResult): string {
  const suites = suitesOf(result).map(({ path, cases }) => suiteElement(path, cases));
  const sum = (outcome: Outcome): number => suites.reduce((total, suite) => total + suite.counts[outcome], 0);
  const tests = suites.reduce((total, suite) => total + suite.tests, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="plimsoll" tests="${tests}" failures="${sum("failure")}" errors="${sum("error")}">
${suites.map((suite) => suite.text).join("")}</testsuites>
`;
}

type Outcome = "passed" | "failure" | "error" | "skipped";

interface Case {
  /** What readers compare runs by, so it has no line number. */
  readonly name: string;
  readonly outcome: Outcome;
  /** Shown in the list, and what kind of failure it is. */
  readonly message: string;
  readonly type: string;
  /** What is read when one is opened: GitLab shows only this. */
  readonly details: string;
}

interface Suite {
  readonly path: string;
  readonly cases: Case[];
}

/** The suites of the files, then those of other places where something was not checked. */
function suitesOf(result: AuditResult): readonly Suite[] {
  const suites = new Map<string, Suite>();
  const suite = (path: string): Suite => {
    const known = suites.get(path) ?? { path, cases: [] };
    suites.set(path, known);
    return known;
  };
  for (const file of result.files) {
    const { cases } = suite(file.path);
    for (const finding of file.findings) cases.push(findingCase(file.path, finding));
    for (const entry of file.suppressed) cases.push(suppressedCase(file.path, entry));
  }
  for (const gap of gapsOf(result)) suite(gap.path ?? "plimsoll").cases.push(gapCase(gap));
  for (const { cases } of suites.values()) if (cases.length === 0) cases.push(passed);
  return [...suites.values()];
}

const passed: Case = { name: "nothing found", outcome: "passed", message: "", type: "", details: "" };

function findingCase(path: string, finding: AuditFinding): Case {
  const code = finding.excerpt.lines.flatMap(({ text, mark }, index) =>
    mark === undefined ? [] : [`${finding.excerpt.firstLine + index} | ${text}`],
  );
  const fix = finding.fixes[0];
  return {
    name: nameOf(finding),
    outcome: "failure",
    message: `${finding.severity}: ${finding.message}`,
    type: finding.severity,
    details: [
      placeOf(path, finding),
      `${finding.severity}: ${finding.message}`,
      ...code,
      ...(fix === undefined ? [] : [`Fix: ${fix.title}`]),
      ruleUrl(finding.rule),
    ].join("\n"),
  };
}

function suppressedCase(path: string, entry: AuditSuppressed): Case {
  const { finding } = entry;
  const message = `suppressed: ${acceptanceText(entry)}`;
  return {
    name: nameOf(finding),
    outcome: "skipped",
    message,
    type: "suppressed",
    details: `${placeOf(path, finding)}\n${message}`,
  };
}

function gapCase({ kind, path, rule, range, text }: Gap): Case {
  const unchecked = kind === "unread" || kind === "unjudged";
  const message = unchecked ? `not checked: ${text}` : text;
  const place = range === undefined ? path : `${path}:${range.start.line}`;
  return {
    name: rule ?? (unchecked ? "not checked" : "audit"),
    outcome: kind === "unjudged" ? "skipped" : "error",
    message,
    type: unchecked ? "not-checked" : "failure",
    details: place === undefined ? message : `${place}\n${message}`,
  };
}

function nameOf({ rule, message }: AuditFinding): string {
  return `${rule}: ${message}`;
}

function placeOf(path: string, { range }: AuditFinding): string {
  return `${path}:${range.start.line}:${range.start.column}`;
}

interface SuiteElement {
  readonly text: string;
  readonly tests: number;
  readonly counts: Readonly<Record<Outcome, number>>;
}

function suiteElement(path: string, cases: readonly Case[]): SuiteElement {
  const counts = { passed: 0, failure: 0, error: 0, skipped: 0 };
  const names = new Map<string, number>();
  const lines = cases.map((entry) => {
    counts[entry.outcome]++;
    const count = (names.get(entry.name) ?? 0) + 1;
    names.set(entry.name, count);
    // Of tests with the same name GitLab takes the first.
    return caseElement(path, count === 1 ? entry.name : `${entry.name} #${count}`, entry);
  });
  const numbers = `tests="${cases.length}" failures="${counts.failure}" errors="${counts.error}" skipped="${counts.skipped}"`;
  const name = escapeXml(path);
  const text = `<testsuite name="${name}" file="${name}" ${numbers}>\n${lines.join("")}</testsuite>\n`;
  return { text, tests: cases.length, counts };
}

function caseElement(path: string, name: string, { outcome, message, type, details }: Case): string {
  const head = `<testcase classname="${escapeXml(path)}" name="${escapeXml(name)}"`;
  if (outcome === "passed") return `${head}/>\n`;
  const lines = details.split("\n").map(escapeXml).join("\n");
  return `${head}><${outcome} message="${escapeXml(message)}" type="${escapeXml(type)}">${lines}</${outcome}></testcase>\n`;
}

/** The same characters as in HTML; and two more that XML 1.0 has no way to write. */
function escapeXml(text: string): string {
  return escapeHtml(text).replace(/[\ufffe\uffff]/g, "\ufffd");
}
