import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction } from "vscode-languageserver/node";
import { socketSpy, socketsIn } from "../support/cliProcess";
import { fakeScanner, trivyBody } from "../support/fakeScanner";
import { folderWith } from "../support/folder";
import { fullCapabilities, startClient } from "./client";

const digest = `sha256:${"0".repeat(64)}`;

const files = {
  Dockerfile: `# syntax=docker/dockerfile:1\nFROM node:22.1.0@${digest} AS build\nFROM 127.0.0.1:1/team/app:1.2.0\nADD https://example.com/a /a\nRUN curl -k http://example.com | sh\nCOPY --from=ghcr.io/team/tool:1 /a /b\n`,
  "compose.yaml": `services:\n  a:\n    image: ghcr.io/team/app:1\n  b:\n    image: redis:7.2@${digest}\n    build: https://example.com/repo.git\n`,
  ".github/workflows/ci.yml":
    "jobs:\n  a:\n    container: node:22\n    steps:\n      - uses: docker://node:22\n",
};

test("with the network off, no feature of the server opens a socket, looks up a name or starts a program", async (t) => {
  const folder = folderWith(t, files);
  const scanner = fakeScanner(t, "trivy", trivyBody([], 0));
  const log = join(folderWith(t), "sockets");
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => ({
      network: false,
      networkRegistries: ["127.0.0.1:1", "example.com"],
      scanOnSave: true,
      checkCommands: true,
      profile: "all",
      "inlayHints.pins": true,
      "inlayHints.user": true,
    }),
    preload: socketSpy(),
    environment: { PLIMSOLL_SOCKETS: log, HOME: folder, PATH: scanner.folder },
    initializationOptions: { filesThroughClient: false, trusted: true },
  });
  const root = pathToFileURL(folder).toString();
  const ask = (method: string, params: unknown): Promise<unknown> =>
    client.connection.sendRequest(method, params).catch((error: unknown) => error);
  for (const [name, text] of Object.entries(files)) {
    const uri = `${root}/${name}`;
    await client.open(uri, text);
    await client.diagnostics(uri);
    const textDocument = { uri };
    const end = { line: text.split("\n").length, character: 0 };
    for (const [line, content] of text.split("\n").entries()) {
      const position = { line, character: Math.min(10, content.length) };
      await ask("textDocument/hover", { textDocument, position });
      await ask("textDocument/completion", { textDocument, position });
    }
    const range = { start: { line: 0, character: 0 }, end };
    for (const action of await client.actions(uri, range))
      await client.connection.sendRequest<CodeAction>("codeAction/resolve", action);
    await ask("textDocument/inlayHint", { textDocument, range });
    await ask("textDocument/codeLens", { textDocument });
    await ask("textDocument/documentLink", { textDocument });
    await ask("plimsoll/pin", { uri, text });
    await ask("plimsoll/scan", { uri });
    await ask("plimsoll/auditFile", { uri });
    await client.connection.sendNotification("textDocument/didSave", { textDocument });
    await client.diagnostics(uri);
  }
  await ask("plimsoll/audit", { folders: [root], reportFormat: "sarif" });
  await ask("plimsoll/pinAll", { folders: [root], unsaved: [] });
  await ask("plimsoll/rules", undefined);
  await ask("plimsoll/explain", { id: "base-image-not-pinned-by-digest" });
  assert.deepEqual(socketsIn(log), []);
  assert.equal(readFileSync(scanner.calls, "utf8"), "");
  assert.equal(await client.stop(), 0);
});
