import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction } from "vscode-languageserver/node";
import { folderWith } from "../support/folder";
import { putIndex, startTestRegistry } from "../support/registry";
import { applyTo, editsFor, fullCapabilities, rangeOf, startClient } from "./client";

test("an image is pinned, its age is told and its pin is updated in every place that can name one", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const created = new Date(Date.now() - 23 * 86_400_000).toISOString();
  const before = putIndex(registry, "team/app", { created, user: "1" }, "1.2.0");
  const name = `${host}/team/app`;
  // What stands around an image is what people and their bots write there.
  const places: Readonly<Record<string, (image: string) => string>> = {
    "from/Dockerfile": (image) =>
      `# renovate: datasource=docker\nFROM --platform=linux/amd64 ${image} AS base # 1.2.0\n`,
    "copy/Dockerfile": (image) => `FROM scratch\nCOPY --from=${image} /a /b\n`,
    "mount/Dockerfile": (image) => `FROM scratch\nRUN --mount=type=bind,from=${image},target=/x \\\n  true\n`,
    "syntax/Dockerfile": (image) => `# syntax=${image}\nFROM scratch\n`,
    "arg/Dockerfile": (image) => `ARG BASE="${image}"\nFROM \${BASE}\n`,
    "compose.yaml": (image) => `services:\n  a:\n    image: '${image}' # renovate: keep\n`,
    ".devcontainer/devcontainer.json": (image) => `{\r\n  // the base\r\n  "image": "${image}",\r\n}\r\n`,
    ".github/workflows/ci.yml": (image) => `jobs:\n  a:\n    container:\n      image: ${image} # v1.2.0\n`,
    "action.yml": (image) => `runs:\n  using: docker\n  image: "docker://${image}" # dependabot\n`,
    ".gitlab-ci.yml": (image) => `job:\n  services:\n    - { name: "${image}", alias: db } # db\n`,
  };
  const folder = folderWith(t, {});
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => ({
      ...{ network: true, networkRegistries: [host], checkCommands: true },
      "inlayHints.pins": true,
    }),
    environment: { HOME: folder, XDG_CACHE_HOME: join(folder, ".cache") },
  });
  const languageOf = (path: string): string =>
    path.endsWith("Dockerfile") ? "dockerfile" : path === "compose.yaml" ? "dockercompose" : "yaml";
  const uriOf = (path: string): string => pathToFileURL(join(folder, path)).toString();
  /** The text after the first action about the image whose title begins so. */
  const after = async (path: string, text: string, word: string, title: string): Promise<string> => {
    const uri = uriOf(path);
    await client.open(uri, text, languageOf(path));
    const at = path.startsWith("arg/") ? "${BASE}" : word;
    const actions = await client.actions(uri, rangeOf(text, at));
    const action = actions.find((one) => one.title.startsWith(title));
    assert.ok(action !== undefined, `${path}: ${actions.map((one) => one.title)}`);
    const { edit } = await client.connection.sendRequest<CodeAction>("codeAction/resolve", action);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    return applyTo(text, editsFor(edit, uri));
  };
  for (const [path, text] of Object.entries(places))
    assert.equal(
      await after(path, text(`${name}:1.2.0`), "team/app", "Pin "),
      text(`${name}:1.2.0@${before}`),
      `${path} is pinned`,
    );

  // The registry's answers are kept for a while, so that another tag has moved.
  const old = putIndex(registry, "team/tool", { created, user: "1" }, "2.0.0");
  const moved = putIndex(registry, "team/tool", { user: "2" }, "2.0.0", "2.0.1", "2.1.0");
  const tool = `${host}/team/tool:2.0.0`;
  for (const [path, text] of Object.entries(places)) {
    const uri = uriOf(path);
    const pinned = text(`${tool}@${old}`);
    const answered = client.once("workspace/inlayHint/refresh");
    await client.open(uri, pinned, languageOf(path));
    await answered;
    const hints = await client.connection.sendRequest<readonly { label: string }[]>(
      "textDocument/inlayHint",
      {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } },
      },
    );
    assert.ok(
      hints.some(({ label }) => label === "3 weeks old · tag has moved · 2 newer"),
      `${path}: ${JSON.stringify(hints)}`,
    );
    const codes = (await client.diagnostics(uri)).map(({ code }) => String(code));
    const isFound = codes.some((code) => code.endsWith("-pin-outdated"));
    assert.equal(isFound, true, `${path}: ${codes}`);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    const updated = await after(path, pinned, "team/tool", "Update the pin");
    assert.equal(updated, text(`${tool}@${moved}`), `${path} is updated`);
  }
  assert.equal(await client.stop(), 0);
});
