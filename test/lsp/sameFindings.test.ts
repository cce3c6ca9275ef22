import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { AuditResult } from "../../server/src/lsp/protocol";
import { plimsoll } from "../support/commandLine";
import { corpusFiles, corpusMissing } from "../support/corpus";
import { startClient, temporaryFolder } from "./client";

/** Real files, every so many-th of them, and what silences findings. */
function tree(): ReadonlyMap<string, string> {
  const files = new Map<string, string>([
    [
      "plimsoll.yaml",
      "profile: strict\nignore:\n  - rule: sudo-in-run\n    path: own/**\n    reason: it is a test\n",
    ],
    [
      "own/Dockerfile",
      "FROM debian:12.11\nRUN sudo true\n# plimsoll-ignore final-stage-user-root: it is a test\nUSER root\n",
    ],
    ["own/accepted/Dockerfile", "FROM debian:12.11\nUSER root\n"],
    ["own/broken/compose.yaml", "services: [\n"],
  ]);
  for (const [kind, name, step] of [
    ["dockerfile", "Dockerfile", 40],
    ["compose", "compose.yaml", 30],
  ] as const)
    for (const [at, { text }] of corpusFiles(kind).entries())
      if (at % step === 0) files.set(`${kind}-${at}/${name}`, text);
  return files;
}

interface JsonReport {
  readonly tool: object;
  readonly files: readonly { readonly path: string }[];
  readonly findings: readonly {
    readonly path: string;
    readonly rule: string;
    readonly message: string;
    readonly range: Record<"start" | "end", { readonly line: number; readonly column: number }>;
  }[];
}

test("the same findings, byte for byte: check, a cold and a warm cache, shards merged, the editor's audit, its files", async (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const folder = temporaryFolder(t);
  const beside = temporaryFolder(t);
  const files = tree();
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const accepted = await plimsoll(folder, ["check", "own/accepted", "--update-baseline", "--format", "json"]);
  assert.notEqual(accepted.code, null);
  const check = async (...args: readonly string[]): Promise<string> => {
    const { code, out, err } = await plimsoll(folder, ["check", "--format", "json", ...args]);
    assert.equal(code, 1, err);
    return out;
  };
  const whole = await check();
  const report = JSON.parse(whole) as JsonReport;
  assert.equal(report.files.length, files.size);
  assert.match(whole, /"by": "baseline"/);

  const cache = join(beside, "cache");
  assert.equal(await check("--cache-location", cache), whole, "a cold cache");
  assert.equal(await check("--cache-location", cache), whole, "a warm cache");

  const parts: string[] = [];
  for (const shard of ["1/3", "2/3", "3/3"]) {
    const part = join(beside, `${shard.replace("/", "-")}.json`);
    const { code, out, err } = await plimsoll(folder, ["check", "--format", "json", "--shard", shard]);
    assert.ok(code === 0 || code === 1, err);
    writeFileSync(part, out);
    parts.push(part);
  }
  assert.equal((await plimsoll(folder, ["merge", ...parts])).out, whole, "shards merged");

  const client = await startClient({ folder, initializationOptions: { filesThroughClient: false } });
  t.after(() => client.stop());
  const audited = await client.connection.sendRequest<AuditResult>("plimsoll/audit", {
    folders: [pathToFileURL(folder).toString()],
    reportFormat: "json",
  });
  // The one is a released build, the other is not.
  const ofServer = JSON.parse(audited.report ?? "") as JsonReport;
  assert.equal(
    JSON.stringify({ ...ofServer, tool: report.tool }),
    JSON.stringify(report),
    "the editor's audit",
  );

  for (const { path } of report.files) {
    if (path === "plimsoll.yaml") continue;
    const uri = pathToFileURL(join(folder, path)).toString();
    const languageId = path.endsWith(".yaml") ? "dockercompose" : "dockerfile";
    await client.open(uri, readFileSync(join(folder, path), "utf8"), languageId);
    const shown = (await client.diagnostics(uri)).map(({ code, message, range }) => [code, message, range]);
    const findings = report.findings.filter((finding) => finding.path === path);
    const expected = findings.map(({ rule, message, range }) => [
      rule,
      message,
      {
        start: { line: range.start.line - 1, character: range.start.column - 1 },
        end: { line: range.end.line - 1, character: range.end.column - 1 },
      },
    ]);
    assert.deepEqual(shown, expected, path);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }
});
