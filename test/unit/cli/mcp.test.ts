import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { folderWith } from "../../support/folder";
import { installedCommandLine } from "../../support/installed";

interface Answer {
  readonly complete: boolean;
  readonly summary: { readonly filesChecked: number };
  readonly findings: readonly {
    readonly path: string;
    readonly rule: string;
    readonly severity: string;
    readonly start: { readonly line: number; readonly offset: number };
    readonly fixes: readonly {
      readonly safety: string;
      readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
    }[];
  }[];
  readonly findingsLeftOut: number;
  readonly notChecked: readonly { readonly path: string; readonly reason: string }[];
}

interface Agent {
  readonly client: Client;
  audit(tool: string, args: Record<string, unknown>): Promise<Answer>;
  /** The sentence of a call that is refused. */
  refused(tool: string, args: Record<string, unknown>): Promise<string>;
}

/** An agent with the protocol's own client, at a real process in a folder. */
async function agentIn(t: TestContext, folder: string, args: readonly string[] = []): Promise<Agent> {
  const client = new Client({ name: "test", version: "1" });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [await installedCommandLine(), "mcp", ...args],
    cwd: folder,
  });
  await client.connect(transport);
  t.after(() => client.close());
  const call = async (name: string, input: Record<string, unknown>) =>
    client.callTool({ name, arguments: input });
  return {
    client,
    audit: async (tool, input) => {
      const result = await call(tool, input);
      assert.ok(!result.isError, JSON.stringify(result.content));
      const [first] = result.content as { readonly type: string; readonly text: string }[];
      assert.deepEqual(JSON.parse(first!.text), result.structuredContent);
      return result.structuredContent as unknown as Answer;
    },
    refused: async (tool, input) => {
      const result = await call(tool, input);
      assert.ok(result.isError, JSON.stringify(result));
      return (result.content as { readonly text: string }[])[0]!.text;
    },
  };
}

const dockerfile = "FROM debian:13\nRUN sudo apt-get update\nUSER root\n";

test("tells its tools, which only read", async (t) => {
  const { client } = await agentIn(t, folderWith(t));
  assert.equal(client.getServerVersion()?.name, "plimsoll");
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name }) => name),
    ["audit_path", "audit_text", "explain_rule"],
  );
  for (const { annotations } of tools)
    assert.ok(annotations?.readOnlyHint === true && annotations.openWorldHint === false);
});

test("audits a folder and a file: findings the gravest first, with fixes as edits", async (t) => {
  const folder = folderWith(t, {
    "app/Dockerfile": dockerfile,
    "compose.yaml": "services:\n  a:\n    image: x:1\n    privileged: true\n",
    "bad/Dockerfile": new Uint8Array([0xff, 0xfe, 0x41, 0]),
  });
  const agent = await agentIn(t, folder);
  const all = await agent.audit("audit_path", { path: "." });
  assert.equal(all.complete, true);
  assert.equal(all.summary.filesChecked, 2);
  assert.equal(all.findings[0]?.rule, "compose-privileged");
  assert.deepEqual(
    all.notChecked.map(({ path }) => path),
    ["bad/Dockerfile"],
  );
  const one = await agent.audit("audit_path", { path: "app/Dockerfile", minSeverity: "low" });
  const sudo = one.findings.find(({ rule }) => rule === "sudo-in-run");
  assert.equal(sudo?.path, "app/Dockerfile");
  const edit = sudo.fixes[0]!.edits[0]!;
  assert.match(dockerfile.slice(edit.start, edit.end), /sudo/);
  assert.ok(one.findings.every(({ severity }) => severity !== "info"));
});

test("audits a text by what it would be called, under the configuration there", async (t) => {
  const folder = folderWith(t, { "app/plimsoll.yaml": "rules:\n  sudo-in-run: off\n" });
  const agent = await agentIn(t, folder);
  const rulesOf = async (input: Record<string, unknown>): Promise<readonly string[]> =>
    (await agent.audit("audit_text", input)).findings.map(({ rule }) => rule);
  assert.ok((await rulesOf({ text: dockerfile })).includes("sudo-in-run"));
  assert.ok((await rulesOf({ text: dockerfile, filename: "Dockerfile" })).includes("final-stage-user-root"));
  assert.ok(!(await rulesOf({ text: dockerfile, filename: "app/Dockerfile" })).includes("sudo-in-run"));
  const strict = await rulesOf({ text: dockerfile, profile: "strict" });
  assert.ok(strict.includes("base-image-not-pinned-by-digest"));
  const nothing = await agent.audit("audit_text", { text: "hello", filename: "hello.txt" });
  assert.deepEqual(nothing.findings, []);
  assert.equal(nothing.notChecked.length, 1);
});

test("never looks beyond its root", async (t) => {
  const outside = folderWith(t, { Dockerfile: dockerfile });
  const folder = folderWith(t, { "in/Dockerfile": dockerfile });
  symlinkSync(outside, join(folder, "link"));
  symlinkSync(join(outside, "Dockerfile"), join(folder, "in", "Dockerfile.link"));
  const agent = await agentIn(t, outside, ["--root", folder]);
  for (const path of [
    "..",
    outside,
    "/etc/passwd",
    "in/../../x",
    "link",
    "in/Dockerfile.link",
    "link/Dockerfile",
  ])
    assert.match(await agent.refused("audit_path", { path }), /outside of the folder/);
  for (const filename of ["../x", ".", "link/Dockerfile", join(outside, "Dockerfile")])
    assert.match(await agent.refused("audit_text", { text: "x", filename }), /outside of the folder/);
  const { findings, summary } = await agent.audit("audit_path", { path: "." });
  assert.equal(summary.filesChecked, 1);
  assert.ok(findings.every(({ path }) => path === "in/Dockerfile"));
});

test("says what is wrong with a call, and goes on", async (t) => {
  const agent = await agentIn(t, folderWith(t));
  assert.match(await agent.refused("audit_path", { path: "nowhere" }), /does not exist/);
  assert.match(await agent.refused("audit_path", {}), /path must be a text/);
  assert.match(await agent.refused("audit_path", { path: 7 }), /path must be a text/);
  assert.match(await agent.refused("audit_text", { text: "x", profile: "lax" }), /profile is one of/);
  assert.match(await agent.refused("audit_text", { text: "x".repeat(2_000_001) }), /longer than/);
  assert.match(await agent.refused("explain_rule", { rule: "sudo-in-rum" }), /did you mean sudo-in-run/);
  assert.match(await agent.refused("format_disk", {}), /no tool format_disk/);
  const page = await agent.client.callTool({ name: "explain_rule", arguments: { rule: "DL3002" } });
  assert.match(JSON.stringify(page.content), /final-stage-user-root/);
});

test("an answer is bounded, and says what it leaves out", async (t) => {
  const folder = folderWith(t);
  for (let i = 0; i < 120; i++) writeFileSync(join(folder, `Dockerfile.${i}`), dockerfile);
  const answer = await (await agentIn(t, folder)).audit("audit_path", { path: "." });
  assert.equal(answer.findings.length, 200);
  assert.ok(answer.findingsLeftOut >= 40);
});

test("wrong arguments end the command before it speaks", async (t) => {
  const program = await installedCommandLine();
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, "mcp", ...args], {
      encoding: "utf8",
      input: "",
    });
  const folder = folderWith(t, { file: "" });
  assert.deepEqual(
    [run("--root", join(folder, "file")).status, run("x").status, run("--root", folder).status],
    [2, 2, 0],
  );
});
