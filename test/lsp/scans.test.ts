import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeLens } from "vscode-languageserver/node";
import { fakeScanner, trivyBody } from "../support/fakeScanner";
import { folderWith } from "../support/folder";
import { putIndex, startTestRegistry } from "../support/registry";
import { type Client, fullCapabilities, rangeOf, startClient } from "./client";

interface Started {
  readonly client: Client;
  readonly uri: string;
  scans(): number;
}

async function start(
  t: TestContext,
  text: string,
  scanner: { readonly folder: string; readonly calls: string },
  settings: Readonly<Record<string, unknown>>,
): Promise<Started> {
  const folder = folderWith(t, { Dockerfile: text });
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => settings,
    environment: { PATH: scanner.folder, HOME: folder, XDG_CACHE_HOME: join(folder, ".cache") },
    initializationOptions: { filesThroughClient: false, trusted: true },
  });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  await client.open(uri, text);
  const scans = (): number => readFileSync(scanner.calls, "utf8").match(/"image"/g)?.length ?? 0;
  return { client, uri, scans };
}

const hoverAt = async ({ client, uri }: Started, character: number): Promise<string> => {
  const answer = await client.connection.sendRequest<{ contents: { value: string } } | null>(
    "textDocument/hover",
    { textDocument: { uri }, position: { line: 0, character } },
  );
  return answer?.contents.value ?? "";
};

test("a scan by command stands on the image, in the lens, the hover and the audit, and is not repeated by typing", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  putIndex(registry, "team/app", {}, "1.2.0");
  const text = `FROM ${host}/team/app:1.2.0\nUSER 1000\n`;
  const scanner = fakeScanner(t, "trivy", trivyBody(["CRITICAL", "HIGH", "HIGH", "LOW"], 2));
  const started = await start(t, text, scanner, { network: true, networkRegistries: [host] });
  const { client, uri } = started;
  const lenses = async (): Promise<readonly (string | undefined)[]> => {
    const params = { textDocument: { uri } };
    const all = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", params);
    return all
      .filter(({ command }) => command?.command === "plimsoll.scanImages")
      .map(({ command }) => command?.title);
  };
  assert.deepEqual([await lenses(), started.scans()], [["Scan image"], 0]);
  const before = (await client.diagnostics(uri)).map(({ code }) => code);
  assert.ok(!before.includes("base-image-vulnerable"));

  const result = await client.connection.sendRequest("plimsoll/scan", { uri });
  assert.deepEqual(result, { scanned: 1, grave: 1, notes: [] });
  const found = (await client.diagnostics(uri)).filter(({ code }) => code === "base-image-vulnerable");
  assert.deepEqual(
    found.map(({ message, range }) => [message, range.start]),
    [
      [
        `${host}/team/app:1.2.0 has 1 critical and 2 high vulnerabilities, 2 fixable (Trivy, just now)`,
        { line: 0, character: 5 },
      ],
    ],
  );
  assert.deepEqual(await lenses(), ["1 critical, 2 high, 2 fixable (Trivy, just now)"]);
  const hover = await hoverAt(started, 8);
  assert.match(hover, /Scanned: 1 critical, 2 high, 2 fixable/);
  assert.match(
    hover,
    /- CVE-2026-1, critical: <code>openssl 3\.0\.1<\/code>, fixed in <code>3\.0\.2<\/code>/,
  );
  assert.doesNotMatch(hover, /CVE-2026-4|no database is asked/);

  const actions = await client.actions(uri, rangeOf(text, "1.2.0"));
  assert.equal(actions.find(({ title }) => title.includes("newest patch"))?.kind, "quickfix");
  const audit = await client.connection.sendRequest("plimsoll/audit", {
    folders: [uri.replace(/\/Dockerfile$/, "")],
  });
  assert.match(JSON.stringify(audit), /1 critical and 2 high vulnerabilities/);

  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: rangeOf(text, "1000"), text: "1001" }],
  });
  await client.diagnostics(uri);
  await client.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  await client.diagnostics(uri);
  assert.equal(started.scans(), 1);
  assert.equal(await client.stop(), 0);
});

test("with the network off, in a workspace that is not trusted, and from the workspace itself nothing is run", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const text = `FROM ${host}/team/app:1.2.0\n`;
  const scanner = fakeScanner(t, "trivy", trivyBody([], 0));
  for (const [settings, expected] of [
    [{ scanOnSave: true, networkRegistries: [host] }, /only where the setting plimsoll\.network is on/],
    [{ network: true, scannerPath: "trivy" }, /trivy is no program outside of the workspace/],
    [{ network: true, scanner: "grype" }, /Grype was not found/],
  ] as const) {
    const started = await start(t, text, scanner, settings);
    const { client, uri } = started;
    const result = await client.connection.sendRequest("plimsoll/scan", { uri });
    assert.match(JSON.stringify(result), expected);
    await client.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
    await client.diagnostics(uri);
    assert.equal(readFileSync(scanner.calls, "utf8"), "");
    assert.equal(await client.stop(), 0);
  }
  assert.deepEqual(registry.requests, []);
});

test("on save, where the user wants that; a scan that is stopped ends its program", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  putIndex(registry, "team/app", {}, "1.2.0");
  const text = `FROM ${host}/team/app:1.2.0\n`;
  const scanner = fakeScanner(t, "trivy", trivyBody(["HIGH"], 0));
  const saved = await start(t, text, scanner, { network: true, networkRegistries: [host], scanOnSave: true });
  await saved.client.connection.sendNotification("textDocument/didSave", {
    textDocument: { uri: saved.uri },
  });
  await saved.client.once("workspace/diagnostic/refresh");
  const codes = (await saved.client.diagnostics(saved.uri)).map(({ code }) => code);
  assert.ok(codes.includes("base-image-vulnerable"));
  assert.equal(await saved.client.stop(), 0);

  const pid = join(scanner.folder, "pid");
  const endless = fakeScanner(
    t,
    "trivy",
    `if (args[0] === "version") say("1"); else {
  require("node:fs").writeFileSync(${JSON.stringify(pid)}, String(process.pid));
  setInterval(() => {}, 1000);
}`,
  );
  const { client, uri } = await start(t, text, endless, { network: true, networkRegistries: [host] });
  const { CancellationTokenSource } = await import("vscode-languageserver/node");
  const source = new CancellationTokenSource();
  const scanning = client.connection
    .sendRequest("plimsoll/scan", { uri }, source.token)
    .catch(() => "cancelled");
  let started: number | undefined;
  while (started === undefined) {
    await new Promise((done) => setTimeout(done, 50));
    try {
      started = Number(readFileSync(pid, "utf8")) || undefined;
    } catch {
      // It has not been started yet.
    }
  }
  source.cancel();
  assert.equal(await scanning, "cancelled");
  const isAlive = (): boolean => {
    try {
      process.kill(started!, 0);
      return true;
    } catch {
      return false;
    }
  };
  while (isAlive()) await new Promise((done) => setTimeout(done, 50));
  assert.equal(await client.stop(), 0);
});
