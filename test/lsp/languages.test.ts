import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import type { CodeLens, Hover, InlayHint } from "vscode-languageserver/node";
import { type Client, fullCapabilities, rangeOf, startClient } from "./client";

const uri = "file:///languages/Dockerfile";
const text = 'FROM debian:12\nADD app.txt /app/\nRUN sudo apt update\nUSER root\nCMD ["app"]\n';

/** A language in which some texts are known, as a client without a disk brings it. */
const languageFiles = {
  english: JSON.stringify({
    texts: [
      "Replace ADD by COPY",
      "ADD would also unpack or download; COPY only copies, so nothing unforeseen gets into the image",
      "The container runs as {0}, so a break-in has every right inside it",
      "Ignore {0} in this file",
      "user: {0}",
      "runs as {0}",
      "{0} of {1} controls",
      "Docker Official Image",
      "Apply all safe fixes of Plimsoll",
    ],
    inner: 0,
  }),
  translated: JSON.stringify([
    "ADD durch COPY ersetzen",
    "ADD würde auch entpacken",
    "Der Container läuft als {0}",
    "{0} in dieser Datei ignorieren",
    "Benutzer: {0}",
    "läuft als {0}",
    "{0} von {1} Kontrollen",
    "Offizielles Docker-Image",
    "Alle sicheren Korrekturen anwenden",
  ]),
};

async function started(t: TestContext, locale: string, files: object | undefined): Promise<Client> {
  const client = await startClient({
    initialize: (folder) => ({
      processId: process.pid,
      rootUri: folder,
      workspaceFolders: null,
      locale,
      capabilities: fullCapabilities,
      initializationOptions: { filesThroughClient: false, ...(files && { languageFiles: files }) },
    }),
    settings: () => ({ askWhenIgnoring: false, inlayHints: { user: true } }),
  });
  t.after(() => client.stop());
  await client.open(uri, text);
  return client;
}

test("findings, actions, lenses, hints and hovers come in the language of the editor", async (t) => {
  const client = await started(t, "de-CH", languageFiles);
  const textDocument = { uri };
  const diagnostics = await client.diagnostics(uri);
  const messages = diagnostics.map(({ message }) => message);
  assert.ok(messages.includes("ADD würde auch entpacken"), messages.join("\n"));
  assert.ok(messages.includes("Der Container läuft als root"));
  assert.ok(
    diagnostics.some(
      ({ code, message }) => code === "sudo-in-run" && String(message).startsWith("sudo does nothing"),
    ),
    "what is not known stays English",
  );

  const add = diagnostics.find(({ code }) => code === "add-local-file");
  assert.ok(add !== undefined);
  const actions = await client.actions(uri, add.range, { diagnostics: [add] });
  const titles = actions.map(({ title }) => title);
  assert.ok(titles.includes("ADD durch COPY ersetzen"), titles.join("\n"));
  assert.ok(titles.includes("add-local-file in dieser Datei ignorieren"));
  const fix = actions.find(({ title }) => title === "ADD durch COPY ersetzen");
  assert.deepEqual(fix?.diagnostics, [add], "the diagnostic is the one that the client knows");
  assert.match(JSON.stringify(fix?.edit), /"newText":"COPY"/);

  const lenses = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
  assert.match(lenses[0]?.command?.title ?? "", /^läuft als root · \d+ von \d+ Kontrollen/);
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const hints = await client.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
    textDocument,
    range,
  });
  assert.equal(hints[0]?.label, "Benutzer: root");
  const hover = await client.connection.sendRequest<Hover>("textDocument/hover", {
    textDocument,
    position: rangeOf(text, "debian").start,
  });
  assert.match((hover.contents as { value: string }).value, /- Offizielles Docker-Image\n/);
});

test("English, a language that there is none of, and files that are broken leave all as it is", async (t) => {
  const english = await started(t, "en-US", languageFiles);
  const expected = await english.diagnostics(uri);
  assert.ok(expected.some(({ message }) => String(message).startsWith("ADD would also unpack")));
  const cases = [
    ["tlh", languageFiles],
    ["de", { english: "{", translated: "[]" }],
    ["de", { english: languageFiles.english, translated: "[]" }],
  ] as const;
  for (const [locale, files] of cases) {
    const client = await started(t, locale, files);
    assert.deepEqual(await client.diagnostics(uri), expected);
    assert.equal(
      client.log.some((line) => line.includes("language")),
      locale === "de",
    );
  }
});
