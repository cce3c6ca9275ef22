import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { RegistrationParams, UnregistrationParams } from "vscode-languageserver/node";
import { applyTo, editsFor, fullCapabilities, rangeOf, startClient } from "./client";

const text = "#!/bin/sh\nset -e\ndocker run -d \\\n  --privileged \\\n  app:1\n";

const capabilities = {
  ...fullCapabilities,
  textDocument: {
    ...fullCapabilities.textDocument,
    synchronization: { dynamicRegistration: true },
    diagnostic: { dynamicRegistration: true },
    codeAction: { ...fullCapabilities.textDocument?.codeAction, dynamicRegistration: true },
    hover: { ...fullCapabilities.textDocument?.hover, dynamicRegistration: true },
  },
};

test("scripts are asked for and checked while the setting is on, and given back when it is off again", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  let settings = {};
  const client = await startClient({ folder, capabilities, settings: () => settings });
  const asked: string[] = [];
  let heard = (): void => {};
  const next = (): Promise<void> => new Promise((resolve) => (heard = resolve));
  client.connection.onRequest("client/registerCapability", ({ registrations }: RegistrationParams) => {
    const documents = registrations.filter(({ method }) => method.startsWith("textDocument/"));
    asked.push(...documents.map(({ method }) => method));
    if (documents.length > 0) heard();
    return null;
  });
  client.connection.onRequest("client/unregisterCapability", ({ unregisterations }: UnregistrationParams) => {
    asked.push(...unregisterations.map(({ method }) => `no ${method}`));
    heard();
    return null;
  });
  const uri = pathToFileURL(join(folder, "deploy.sh")).href;
  await client.open(uri, text, "shellscript");
  assert.deepEqual(await client.diagnostics(uri), []);

  const change = async (to: object): Promise<void> => {
    settings = to;
    const waiting = next();
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await waiting;
  };
  await change({ checkCommands: true });
  const methods = ["didOpen", "didChange", "didClose", "diagnostic", "codeAction", "hover"];
  assert.deepEqual(
    asked.splice(0),
    methods.map((method) => `textDocument/${method}`),
  );
  const [diagnostic, ...others] = await client.diagnostics(uri);
  assert.deepEqual(others, []);
  assert.equal(diagnostic?.code, "run-privileged");
  assert.deepEqual(diagnostic.range, rangeOf(text, "--privileged"));

  const actions = await client.actions(uri, diagnostic.range);
  const fix = actions.find(({ title }) => title.startsWith("Remove --privileged"));
  assert.equal(applyTo(text, editsFor(fix?.edit, uri)), "#!/bin/sh\nset -e\ndocker run -d \\\n  app:1\n");
  const ignore = actions.find(({ title }) => title === "Ignore run-privileged on this line");
  const ignored = applyTo(text, editsFor(ignore?.edit, uri));
  assert.ok(ignored.includes("set -e\n# plimsoll-ignore run-privileged\ndocker run -d \\\n"), ignored);

  const markdown = pathToFileURL(join(folder, "README.md")).href;
  await client.open(markdown, "```sh\ndocker run --privileged app:1\n```\n", "markdown");
  assert.deepEqual(await client.diagnostics(markdown), [], "documentation is for audits");

  await change({ checkCommands: false });
  assert.deepEqual(
    asked,
    methods.map((method) => `no textDocument/${method}`),
  );
  assert.deepEqual(await client.diagnostics(uri), []);
  await client.stop();
});
