import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { DocumentLink, Hover } from "vscode-languageserver/node";
import { applyTo, type Client, editsFor, rangeOf, startClient, temporaryFolder } from "./client";

const uri = "file:///repository/plimsoll.yaml";

async function hovered(client: Client, text: string, word: string, at = uri): Promise<string | undefined> {
  const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument: { uri: at },
    position: rangeOf(text, word).start,
  });
  if (hover === null) return undefined;
  assert.deepEqual(hover.range, rangeOf(text, word));
  assert.ok(typeof hover.contents === "object" && "value" in hover.contents);
  return hover.contents.value;
}

const text = `profile: strict
rules:
  sudo-in-run: upgrade
  "compose-port-*": off
  labels:
    required: [debian]
overrides:
  - files: test/**
    rules: { curl-pipe-shell: off }
ignore:
  - rule: compose-privileged
    until: 2099-01-01
`;

test("plimsoll.yaml: every id leads to its page, a pattern to its rules, a word to its meaning", async () => {
  const client = await startClient();
  await client.open(uri, text, "yaml");
  for (const id of ["sudo-in-run", "curl-pipe-shell", "compose-privileged"])
    assert.match((await hovered(client, text, id)) ?? "", new RegExp(`\\*\\* — \`${id}\`, `), id);
  assert.match(
    (await hovered(client, text, '"compose-port-*"')) ?? "",
    /^Stands for \d+ rules\.[\s\S]*compose-port-/,
  );
  assert.match(
    (await hovered(client, text, "upgrade")) ?? "",
    /One step worse[\s\S]*`sudo-in-run` itself is medium/,
  );
  assert.match((await hovered(client, text, "required")) ?? "", /Without it: `\[\]`/);
  assert.match((await hovered(client, text, "strict")) ?? "", /Every rule about security/);
  assert.match((await hovered(client, text, "until")) ?? "", /last day/);
  assert.equal(await hovered(client, text, "debian"), undefined);
  await client.stop();
});

test("plimsoll.yaml: an editor that reads our schema is told of rules only", async () => {
  const client = await startClient({
    initializationOptions: { filesThroughClient: false, readsSchemas: true },
  });
  await client.open(uri, text, "yaml");
  assert.match((await hovered(client, text, "sudo-in-run")) ?? "", /sudo-in-run/);
  assert.equal(await hovered(client, text, "until"), undefined);
  assert.equal(await hovered(client, text, "strict"), undefined);
  await client.stop();
});

test("ids lead to their pages, and what is extended to its file", async (t) => {
  const folder = temporaryFolder(t);
  const at = pathToFileURL(join(folder, "app", "plimsoll.yaml")).toString();
  const extending = `extends: [cis, ../base.yaml, ../../outside.yaml]\n${text}`;
  const linksOf = async (client: Client, document: string): Promise<readonly DocumentLink[]> =>
    client.connection.sendRequest("textDocument/documentLink", { textDocument: { uri: document } });
  const client = await startClient({ folder });
  await client.open(at, extending, "yaml");
  const links = await linksOf(client, at);
  assert.deepEqual(
    links.map(({ target }) => target?.split("/").at(-1)),
    [...["sudo-in-run.md", "labels.md", "curl-pipe-shell.md"], ...["compose-privileged.md", "base.yaml"]],
  );
  assert.equal(links.at(-1)?.target, pathToFileURL(join(folder, "base.yaml")).toString());
  const dockerfile = "FROM debian:13\n# hadolint ignore=DL3004\nRUN sudo id\n";
  await client.open("file:///links/Dockerfile", dockerfile);
  const [link] = await linksOf(client, "file:///links/Dockerfile");
  assert.deepEqual(link?.range, rangeOf(dockerfile, "DL3004"));
  assert.ok(link.target?.endsWith("/sudo-in-run.md"));
  await client.stop();

  const own = await startClient({ folder, initializationOptions: { filesThroughClient: false } });
  await own.open(at, extending, "yaml");
  const [first] = await linksOf(own, at);
  assert.equal(first?.target, `command:plimsoll.explainRule?${encodeURIComponent('["sudo-in-run"]')}`);
  await own.stop();
});

test("plimsoll.yaml: what is meant is one action away", async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, "plimsoll.yaml");
  const at = pathToFileURL(file).toString();
  const wrong = [
    "profil: strict",
    "rules:",
    "  DL3004: warning",
    "ignore:",
    "  - rule: sudo-in-run",
    "    until: 2020-01-31",
    "",
  ].join("\n");
  writeFileSync(file, wrong);
  const client = await startClient({ folder });
  await client.open(at, wrong, "yaml");
  const after = async (word: string, title: RegExp): Promise<string> => {
    const action = (await client.actions(at, rangeOf(wrong, word))).find((one) => title.test(one.title));
    assert.ok(action, `no action ${title} on ${word}`);
    return applyTo(wrong, editsFor(action.edit, at));
  };
  assert.equal(await after("profil", /^Write profile/), wrong.replace("profil:", "profile:"));
  assert.equal(await after("DL3004", /^Write sudo-in-run/), wrong.replace("DL3004", "sudo-in-run"));
  assert.equal(
    await after("until", /^Delete the exception/),
    wrong.replace(/ {2}- rule: sudo-in-run\n {4}until.*\n/, ""),
  );
  assert.match(await after("until", /^Let it count until/), /until: 20[3-9]\d|until: 202[6-9]/);
  await client.stop();
});
