import assert from "node:assert/strict";
import test from "node:test";
import { childrenOf, type Node, rootsOf } from "../../../client/src/auditTree";
import type { AuditFinding, AuditResult, Severity } from "../../../server/src/lsp/protocol";

function finding(rule: string, severity: Severity): AuditFinding {
  const at = { line: 0, character: 0 };
  return { rule, severity, message: rule, range: { start: at, end: at } };
}

const result: AuditResult = {
  summary: { critical: 1, high: 0, medium: 0, low: 3, info: 0 },
  filesChecked: 2,
  failures: [],
  reportHtml: "",
  files: [
    { uri: "file:///a", findings: [finding("tidy", "low"), finding("tidy", "low")] },
    { uri: "file:///b", findings: [finding("tidy", "low"), finding("leak", "critical")] },
  ],
  notChecked: [{ uri: "file:///c", reason: "it is too large" }],
};

function shown(nodes: readonly Node[]): readonly unknown[] {
  return nodes.map((node) => {
    if (node.kind === "file") return node.file.uri;
    if (node.kind === "rule") return `${node.rule} (${node.gravest}): ${node.findings.length}`;
    if (node.kind === "severity") return `${node.severity}: ${node.findings.length}`;
    return node.kind === "finding" ? `${node.finding.rule} in ${node.uri}` : node.kind;
  });
}

test("each grouping puts the gravest first and what was not checked last", () => {
  assert.deepEqual(shown(rootsOf(result, "file")), ["file:///b", "file:///a", "notChecked"]);
  assert.deepEqual(shown(rootsOf(result, "rule")), ["leak (critical): 1", "tidy (low): 3", "notChecked"]);
  assert.deepEqual(shown(rootsOf(result, "severity")), ["critical: 1", "low: 3", "notChecked"]);
});

test("a group holds its findings, each with its file, the gravest first", () => {
  const [file] = rootsOf(result, "file");
  assert.deepEqual(shown(childrenOf(file!)), ["leak in file:///b", "tidy in file:///b"]);
  const rule = rootsOf(result, "rule")[1]!;
  assert.deepEqual(shown(childrenOf(rule)), ["tidy in file:///a", "tidy in file:///a", "tidy in file:///b"]);
});

test("nothing found and nothing left out is an empty tree", () => {
  assert.deepEqual(rootsOf({ ...result, files: [], notChecked: [] }, "rule"), []);
});
