import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { CompletionItem, CompletionList, TextEdit } from "vscode-languageserver/node";
import { applyTo, type Client, fullCapabilities, startClient, temporaryFolder } from "./client";

/** What is completed at the end of a document. */
async function completedAtEnd(client: Client, uri: string, text: string): Promise<CompletionList> {
  const lines = text.split("\n");
  return client.connection.sendRequest("textDocument/completion", {
    textDocument: { uri },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  });
}

const withCompletion = {
  ...fullCapabilities,
  textDocument: {
    ...fullCapabilities.textDocument,
    completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown" as const] } },
  },
};

test("images that plimsoll.yaml approves are completed, and follow the file", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "app"));
  writeFileSync(join(folder, "plimsoll.yaml"), "images:\n  approved: [ghcr.io/team/base]\n");
  const client = await startClient({ folder, capabilities: withCompletion });
  const provider = client.initialized.capabilities.completionProvider;
  assert.ok(provider?.resolveProvider && provider.triggerCharacters?.includes(":"));
  const uri = pathToFileURL(join(folder, "app", "Dockerfile")).toString();
  const text = "FROM gh";
  await client.open(uri, text);
  const { items, isIncomplete } = await completedAtEnd(client, uri, text);
  assert.equal(isIncomplete, false);
  assert.deepEqual(
    items.map(({ label }) => label),
    ["ghcr.io/team/base"],
  );
  assert.equal(applyTo(text, [items[0]?.textEdit as TextEdit]), "FROM ghcr.io/team/base");
  writeFileSync(join(folder, "plimsoll.yaml"), "images:\n  approved: [ghcr.io/team/other]\n");
  const changes = [{ uri: pathToFileURL(join(folder, "plimsoll.yaml")).toString(), type: 2 }];
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  await client.once("workspace/diagnostic/refresh");
  const later = await completedAtEnd(client, uri, text);
  assert.deepEqual(
    later.items.map(({ label }) => label),
    ["ghcr.io/team/other"],
  );
  await client.stop();
});

test("the page of a rule comes when its id is looked at", async () => {
  const client = await startClient({ capabilities: withCompletion });
  const uri = "file:///rules/Dockerfile";
  const text = "FROM debian:13\n# plimsoll-ignore sudo";
  await client.open(uri, text);
  const { items } = await completedAtEnd(client, uri, text);
  const item = items.find(({ label }) => label === "sudo-in-run");
  assert.ok(item !== undefined && item.documentation === undefined);
  const resolved: CompletionItem = await client.connection.sendRequest("completionItem/resolve", item);
  assert.ok(typeof resolved.documentation === "object" && resolved.documentation.value.includes("sudo"));
  const unknown = { label: "x", data: { a: 1 } };
  assert.deepEqual(await client.connection.sendRequest("completionItem/resolve", unknown), unknown);
  await client.stop();
});

test("places to fill in go to clients that know snippets only", async () => {
  const text = "FROM debian:13\nRUN --mount=";
  for (const [capabilities, format, expected] of [
    [withCompletion, 2, "type=secret,id=${1:token},env=${2:TOKEN}"],
    [fullCapabilities, 1, "type=secret,id=token,env=TOKEN"],
  ] as const) {
    const client = await startClient({ capabilities });
    await client.open("file:///mounts/Dockerfile", text);
    const { items } = await completedAtEnd(client, "file:///mounts/Dockerfile", text);
    const [first] = items;
    assert.equal(first?.insertTextFormat, format);
    assert.equal(first?.textEdit?.newText, expected);
    assert.equal(typeof first?.documentation, format === 2 ? "object" : "string");
    await client.stop();
  }
});

test("a document that is not checked, or not open, completes nothing", async () => {
  const client = await startClient({ settings: () => ({ enable: false }) });
  const uri = "file:///off/Dockerfile";
  await client.open(uri, "FROM node:");
  assert.deepEqual((await completedAtEnd(client, uri, "FROM node:")).items, []);
  assert.deepEqual((await completedAtEnd(client, "file:///closed/Dockerfile", "FROM node:")).items, []);
  await client.stop();
});
