import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { root } from "../../../scripts/bundles";
import { installedCommandLine } from "../../support/installed";
import { runHere } from "../../support/terminal";

async function run(folder: string, ...args: readonly string[]): Promise<string> {
  const ended = spawnSync(process.execPath, [await installedCommandLine(), ...args], {
    cwd: folder,
    maxBuffer: 1 << 26,
    encoding: "utf8",
  });
  assert.equal(ended.stderr, "");
  return ended.stdout;
}

test("what npm ships says the same as its sources: reports with rules' texts, pages, the list", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-package-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "Dockerfile"), "FROM ubuntu\nRUN curl http://example.org | sh\n");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  for (const args of [
    ["check", "--format", "sarif"],
    ["check", "--format", "text"],
    ["explain", "base-image-mutable-tag"],
    ["rules", "--format", "json"],
  ])
    assert.ok(
      (await run(folder, ...args)) === (await runHere(folder, args, { version })).out,
      args.join(" "),
    );
});

test("the language server that npm ships finds what is wrong in a document", async (t) => {
  const child = spawn(process.execPath, [await installedCommandLine(), "lsp", "--stdio"]);
  t.after(() => child.kill());
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const text = "FROM ubuntu\n";
  const uri = "file:///folder/Dockerfile";
  let said = "";
  const found = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("base-image-no-tag")) resolve();
    });
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  send({ method: "initialized", params: {} });
  const textDocument = { uri, languageId: "dockerfile", version: 1, text };
  send({ method: "textDocument/didOpen", params: { textDocument } });
  await found;
  send({ id: 2, method: "shutdown" });
  send({ method: "exit" });
  child.stdin.end();
});
