import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { auditText } from "../../server/src/audit/auditText";
import { renderBaseline } from "../../server/src/engine/baseline";
import { defaultConfig } from "../../server/src/engine/config";
import { unknownFacts } from "../../server/src/engine/facts";
import { rules } from "../../server/src/rules/index";
import { type Client, rangeOf, startClient, temporaryFolder } from "./client";

const text = "FROM busybox:1.37\nRUN sudo make\nUSER 1\n";

async function changed(client: Client, file: string): Promise<void> {
  const changes = [{ uri: pathToFileURL(file).toString(), type: 2 }];
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  await client.once("workspace/diagnostic/refresh");
}

test("a base of any name is watched, and counts as soon as it changes", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "policy"));
  const base = join(folder, "policy", "base.yml");
  writeFileSync(base, "rules: { sudo-in-run: critical }\n");
  const config = join(folder, "plimsoll.yaml");
  writeFileSync(config, "extends: ./policy/base.yml\n");
  const client = await startClient({ folder });
  const registered: unknown[] = [];
  client.connection.onRequest("client/registerCapability", (params: unknown) => {
    registered.push(params);
    return null;
  });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  await client.open(uri, text);
  const severity = async () =>
    (await client.diagnostics(uri)).find(({ code }) => code === "sudo-in-run")?.severity;
  assert.equal(await severity(), 1);
  writeFileSync(base, "rules: { sudo-in-run: off }\n");
  await changed(client, base);
  assert.equal(await severity(), undefined);
  assert.match(JSON.stringify(registered), /\*\*\/policy\/base\.yml/);

  const configUri = pathToFileURL(config).toString();
  const broken = "extends: [./policy/base.yml, ./policy/bse.yml]\n";
  writeFileSync(config, broken);
  await changed(client, config);
  await client.open(configUri, broken, "yaml");
  const [problem] = await client.diagnostics(configUri);
  assert.deepEqual(
    [problem?.code, problem?.message, problem?.range],
    ["unresolved-extends", "This is not extended: it does not exist", rangeOf(broken, "./policy/bse.yml")],
  );
  await client.stop();
});

test("accepted findings are hidden, or faded where the user wants, and back when the baseline goes", async (t) => {
  const folder = temporaryFolder(t);
  const baseline = join(folder, "plimsoll.baseline.json");
  const { findings } = auditText({
    kind: "dockerfile",
    text,
    rules,
    facts: unknownFacts("2026-11-21"),
    config: defaultConfig,
    name: "Dockerfile",
  });
  const entries = findings.map(({ rule, fingerprint, message }) => ({
    rule,
    fingerprint,
    message,
    added: "",
  }));
  assert.ok(entries.some(({ rule }) => rule === "sudo-in-run"));
  writeFileSync(baseline, renderBaseline(new Map([["Dockerfile", entries]])));
  let settings: unknown = null;
  const client = await startClient({ folder, settings: () => settings });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  await client.open(uri, `# above\n\n${text}`);
  assert.deepEqual(await client.diagnostics(uri), []);

  settings = { baseline: "faded" };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.once("workspace/diagnostic/refresh");
  const [faded] = (await client.diagnostics(uri)).filter(({ code }) => code === "sudo-in-run");
  assert.deepEqual([faded?.severity, faded?.tags, faded?.range.start.line], [4, [1], 3]);

  writeFileSync(baseline, renderBaseline(new Map()));
  await changed(client, baseline);
  const [back] = (await client.diagnostics(uri)).filter(({ code }) => code === "sudo-in-run");
  assert.deepEqual([back?.severity, back?.tags], [4, undefined]);
  await client.stop();
});
