import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { type Client, startClient, temporaryFolder } from "./client";

interface Project {
  readonly client: Client;
  uri(path: string): string;
  write(path: string, text: string): void;
  /** Replaces the whole text of an open document. */
  type(path: string, version: number, text: string): Promise<void>;
  /** Tells the server that a file on the disk was changed (2) or made (1). */
  told(path: string, type: number): Promise<void>;
}

async function project(t: TestContext, texts: Readonly<Record<string, string>>): Promise<Project> {
  const folder = temporaryFolder(t);
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(texts)) write(path, text);
  const client = await startClient({ folder, settings: () => ({ profile: "all" }) });
  t.after(() => client.stop());
  const uri = (path: string): string => pathToFileURL(join(folder, path)).toString();
  return {
    client,
    uri,
    write,
    type: (path, version, text) =>
      client.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: uri(path), version },
        contentChanges: [{ text }],
      }),
    told: (path, type) =>
      client.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: uri(path), type }],
      }),
  };
}

const compose = "services:\n  web:\n    build: app\n    user: root\n";
const dockerfile = 'FROM node:22\nUSER node\nCMD ["node", "a.js"]\n';

test("a finding in a Compose file leads to the place in the Dockerfile that it builds", async (t) => {
  const { client, uri } = await project(t, { "compose.yaml": compose, "app/Dockerfile": dockerfile });
  await client.open(uri("compose.yaml"), compose, "dockercompose");
  const found = (await client.diagnostics(uri("compose.yaml"))).find(
    ({ code }) => code === "compose-user-root",
  );
  assert.match(String(found?.message), /Dockerfile takes care to run as node/);
  const [related] = found?.relatedInformation ?? [];
  assert.equal(related?.location.uri, uri("app/Dockerfile"));
  assert.deepEqual(related?.location.range, {
    start: { line: 1, character: 5 },
    end: { line: 1, character: 9 },
  });
});

test("what is typed in a Dockerfile counts in the Compose file that builds it, and the other way round", async (t) => {
  const { client, uri, type } = await project(t, { "compose.yaml": compose, "app/Dockerfile": dockerfile });
  const messages = async (path: string, code: string): Promise<readonly string[]> =>
    (await client.diagnostics(uri(path)))
      .filter((one) => one.code === code)
      .map(({ message }) => String(message));
  await client.open(uri("compose.yaml"), compose, "dockercompose");
  await client.open(uri("app/Dockerfile"), dockerfile);
  assert.match((await messages("compose.yaml", "compose-user-root"))[0] ?? "", /as node/);
  assert.deepEqual(await messages("app/Dockerfile", "missing-user-instruction"), []);

  await type("app/Dockerfile", 2, 'FROM node:22\nCMD ["node", "a.js"]\n');
  await client.once("workspace/diagnostic/refresh");
  assert.match((await messages("compose.yaml", "compose-user-root"))[0] ?? "", /whatever user/);
  assert.match(
    (await messages("app/Dockerfile", "missing-user-instruction"))[0] ?? "",
    /the program runs as root/,
  );

  await type("compose.yaml", 2, compose.replace("root", "'1000'"));
  await client.once("workspace/diagnostic/refresh");
  assert.match(
    (await messages("app/Dockerfile", "missing-user-instruction"))[0] ?? "",
    /user that its services give/,
  );
});

test("an override that is made and changed on the disk counts in its base", async (t) => {
  const text = "services:\n  web:\n    image: node:22\n    user: '1000'\n";
  const { client, uri, write, told } = await project(t, { "compose.yaml": text });
  await client.open(uri("compose.yaml"), text, "dockercompose");
  const lacks = async (): Promise<boolean> =>
    (await client.diagnostics(uri("compose.yaml"))).some(({ code }) => code === "compose-memory-unlimited");
  assert.equal(await lacks(), true);
  write("compose.override.yaml", "services:\n  web:\n    mem_limit: 1g\n");
  await told("compose.override.yaml", 1);
  await client.once("workspace/diagnostic/refresh");
  assert.equal(await lacks(), false);
  write("compose.override.yaml", "services:\n  web:\n    restart: always\n");
  await told("compose.override.yaml", 2);
  await client.once("workspace/diagnostic/refresh");
  assert.equal(await lacks(), true);
});

test("a variable counts as the .env beside the file sets it, and as it is changed there", async (t) => {
  const text = "services:\n  web:\n    image: app:1\n    privileged: ${PRIVILEGED:-false}\n";
  const { client, uri, write, told } = await project(t, {
    "compose.yaml": text,
    ".env": "A=1\nPRIVILEGED=true\n",
  });
  await client.open(uri("compose.yaml"), text, "dockercompose");
  const found = async (): Promise<readonly string[]> =>
    (await client.diagnostics(uri("compose.yaml")))
      .filter(({ code }) => code === "compose-privileged")
      .flatMap(({ relatedInformation = [] }) =>
        relatedInformation.map(
          ({ location, message }) => `${location.uri} ${location.range.start.line} ${message}`,
        ),
      );
  assert.deepEqual(await found(), [`${uri(".env")} 1 PRIVILEGED is set here`]);
  write(".env", "PRIVILEGED=false\n");
  await told(".env", 2);
  assert.deepEqual(await found(), []);
});

test("Compose files are checked against the schema where the setting says so", async (t) => {
  const text = "services:\n  web:\n    image: app:1\n    build: { context: ., file: x }\n";
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "compose.yaml"), text);
  const uri = pathToFileURL(join(folder, "compose.yaml")).toString();
  for (const [validateCompose, expected] of [
    ["on", 1],
    ["auto", 0],
    ["off", 0],
  ] as const) {
    const client = await startClient({ folder, settings: () => ({ validateCompose }) });
    t.after(() => client.stop());
    await client.open(uri, text, "dockercompose");
    const found = (await client.diagnostics(uri)).filter(({ code }) => code === "compose-schema");
    assert.equal(found.length, expected, validateCompose);
  }
});
