import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction } from "vscode-languageserver/node";
import type { AuditResult } from "../../server/src/lsp/protocol";
import { socketSpy, socketsIn } from "../support/cliProcess";
import { folderWith } from "../support/folder";
import { startGuardedRegistry } from "../support/guardedRegistry";
import { putIndex } from "../support/registry";
import { cosign, signingKey } from "../support/signing";
import { applyTo, editsFor, fullCapabilities, rangeOf, startClient } from "./client";

test("hover, hints, findings, pins, audit and completion ask the registry that is named and its token server, and nobody else", async (t) => {
  const { registry, realm } = await startGuardedRegistry(t);
  const { host } = registry;
  const alice = signingKey();
  const before = putIndex(registry, "team/app", { user: "1" }, "1.0.0");
  const digest = putIndex(registry, "team/app", { user: "2" }, "1.0.0", "1.0.1");
  cosign(registry, "team/app", digest, alice);
  const pinned = `${host}/team/app:1.0.0@${before}`;
  const text = `# syntax=docker.example.com/dockerfile:1
FROM ${pinned}
FROM 169.254.169.254/team/app:1
RUN curl https://example.com/install.sh | sh
COPY --from=ghcr.example.com/team/tool:1 /a /b
`;
  const folder = folderWith(t, {
    Dockerfile: text,
    "plimsoll.yaml": "images: { require: { maxAge: 30, nonRoot: true, signature: { keys: cosign.pub } } }\n",
    "cosign.pub": alice.pem,
  });
  const log = join(folderWith(t), "sockets");
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => ({ network: true, networkRegistries: [host], "inlayHints.pins": true }),
    preload: socketSpy(),
    environment: { PLIMSOLL_SOCKETS: log, HOME: folder, XDG_CACHE_HOME: join(folder, ".cache") },
  });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  const answered = client.once("workspace/inlayHint/refresh");
  await client.open(uri, text);
  await answered;
  const codes = (await client.diagnostics(uri)).map(({ code }) => code);
  for (const code of ["base-image-pin-outdated", "base-image-unverified"])
    assert.ok(codes.includes(code), `${code} of ${codes}`);
  const hover = async (line: number): Promise<string> => {
    const answer = await client.connection.sendRequest<{ contents: { value: string } } | null>(
      "textDocument/hover",
      { textDocument: { uri }, position: { line, character: 8 } },
    );
    const said = answer?.contents.value ?? "";
    return said.includes("nothing yet") ? hover(line) : said;
  };
  assert.match(await hover(1), /Signatures: none found/);
  assert.match(await hover(2), /169\.254\.169\.254 is not among the registries that may be asked/);
  const hints = await client.connection.sendRequest<readonly { label: string }[]>("textDocument/inlayHint", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } },
  });
  assert.ok(
    hints.some(({ label }) => /tag has moved · 1 newer/.test(label)),
    JSON.stringify(hints),
  );
  await client.connection.sendRequest("textDocument/completion", {
    textDocument: { uri },
    position: { line: 1, character: 5 },
  });
  const actions = await client.actions(uri, rangeOf(text, pinned));
  const update = actions.find(({ title }) => title.startsWith("Update the pin"));
  const { edit } = await client.connection.sendRequest<CodeAction>("codeAction/resolve", update);
  assert.equal(applyTo(text, editsFor(edit, uri)), text.replace(before, digest));
  const folderUri = pathToFileURL(folder).toString();
  const audited = await client.connection.sendRequest<AuditResult>("plimsoll/audit", {
    folders: [folderUri],
  });
  assert.equal(audited.images?.length, 4);
  await client.connection.sendRequest("plimsoll/pinAll", { folders: [folderUri], unsaved: [] });
  assert.deepEqual([...socketsIn(log)].sort(), [`connect ${host}`, `connect ${realm}`].sort());
  assert.equal(await client.stop(), 0);
});
