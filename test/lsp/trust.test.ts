import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction } from "vscode-languageserver/node";
import type { AuditResult } from "../../server/src/lsp/protocol";
import { socketSpy, socketsIn } from "../support/cliProcess";
import { folderWith } from "../support/folder";
import { putIndex, startTestRegistry } from "../support/registry";
import { cosign, signingKey } from "../support/signing";
import { applyTo, editsFor, fullCapabilities, rangeOf, startClient } from "./client";

test("where the policy says whose signatures count, hover and findings verify them, and ask that registry alone", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const [alice, mallory] = [signingKey(), signingKey()];
  cosign(registry, "team/good", putIndex(registry, "team/good", {}, "1"), alice);
  cosign(registry, "team/other", putIndex(registry, "team/other", {}, "1"), mallory);
  const text = `FROM ${host}/team/good:1 AS a\nFROM ${host}/team/other:1\nUSER 1000\n`;
  for (const network of [true, false]) {
    const folder = folderWith(t, {
      Dockerfile: text,
      "plimsoll.yaml": "images: { require: { signature: { keys: cosign.pub } } }\n",
      "cosign.pub": alice.pem,
    });
    const log = join(folderWith(t), "sockets");
    const client = await startClient({
      folder,
      capabilities: fullCapabilities,
      settings: () => ({ network, networkRegistries: [host] }),
      preload: socketSpy(),
      environment: { PLIMSOLL_SOCKETS: log, HOME: folder, XDG_CACHE_HOME: join(folder, ".cache") },
    });
    const answered = network ? client.once("workspace/diagnostic/refresh") : undefined;
    const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
    await client.open(uri, text);
    const hover = async (line: number): Promise<string> => {
      const answer = await client.connection.sendRequest<{ contents: { value: string } } | null>(
        "textDocument/hover",
        { textDocument: { uri }, position: { line, character: 8 } },
      );
      const said = answer?.contents.value ?? "";
      // On a busy machine the answer comes after the hover's own patience, and is there for the next one.
      return said.includes("nothing yet") ? hover(line) : said;
    };
    const unverified = async () =>
      (await client.diagnostics(uri)).filter(({ code }) => code === "base-image-unverified");
    if (network) {
      assert.match(await hover(0), /\n- Signatures: verified \(cosign by a given key\)/);
      assert.match(await hover(1), /\n- Signatures: found, but made by nobody of those given \(cosign\)/);
      await answered;
      assert.deepEqual(
        (await unverified()).map(({ message, range }) => [message, range.start.line]),
        [[`${host}/team/other:1 is signed, but by none of those whom the policy names`, 1]],
      );
      const audited = await client.connection.sendRequest<AuditResult>("plimsoll/audit", {
        folders: [pathToFileURL(folder).toString()],
      });
      assert.deepEqual(
        audited.images?.map(({ image, places, told }) => [image, places, told.at(-1)?.text]),
        [
          [`${host}/team/good:1`, [{ uri, line: 0 }], "verified (cosign by a given key)"],
          [`${host}/team/other:1`, [{ uri, line: 1 }], "found, but made by nobody of those given (cosign)"],
        ],
      );
      assert.match(audited.reportHtml, /<h2>Images<\/h2>/);
      assert.ok(
        audited.files.some(({ findings }) => findings.some(({ rule }) => rule === "base-image-unverified")),
      );
      assert.deepEqual(socketsIn(log), [`connect ${host}`]);
    } else {
      assert.doesNotMatch(await hover(0), /Signatures/);
      assert.deepEqual([await unverified(), socketsIn(log)], [[], []]);
      const audited = await client.connection.sendRequest<AuditResult>("plimsoll/audit", {
        folders: [pathToFileURL(folder).toString()],
      });
      assert.deepEqual([audited.images, socketsIn(log)], [undefined, []]);
      // What was demanded and not asked is told where a person looks.
      assert.deepEqual(
        audited.notChecked.map(({ reason }) => reason.replace(/^.+(good|other):1/, "$1")),
        ["good", "other"].map(
          (name) =>
            `${name} is not known: registries are asked with --online, or where plimsoll.network is on`,
        ),
      );
    }
    assert.equal(await client.stop(), 0);
  }
});

test("while a registry hangs, findings, actions and the hover come, and what the policy demands is not checked", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  let reached = (): void => {};
  const asked = new Promise<void>((done) => (reached = done));
  registry.intercept = () => {
    reached();
    return true;
  };
  const text = `FROM ${host}/team/app:1\nUSER root\n`;
  const folder = folderWith(t, {
    Dockerfile: text,
    "plimsoll.yaml": "images: { require: { maxAge: 30, signature: { keys: cosign.pub } } }\n",
    "cosign.pub": signingKey().pem,
  });
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => ({ network: true, networkRegistries: [host] }),
  });
  const uri = pathToFileURL(join(folder, "Dockerfile")).toString();
  await client.open(uri, text);
  await asked;
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: rangeOf(text, "root"), text: "0" }],
  });
  const codes = (await client.diagnostics(uri)).map(({ code }) => code);
  assert.ok(codes.includes("final-stage-user-root"), String(codes));
  assert.ok(!codes.some((code) => /unverified|too-old/.test(String(code))), String(codes));
  assert.notDeepEqual(await client.actions(uri, rangeOf(text, "root")), []);
  const hover = await client.connection.sendRequest<{ contents: { value: string } } | null>(
    "textDocument/hover",
    { textDocument: { uri }, position: { line: 0, character: 8 } },
  );
  assert.match(hover?.contents.value ?? "", /nothing yet; hover again in a moment/);
  const { notChecked } = await client.connection.sendRequest<{ notChecked: readonly { reason: string }[] }>(
    "plimsoll/auditFile",
    { uri },
  );
  assert.deepEqual(
    notChecked.map(({ reason }) => reason).filter((reason) => reason.includes("registries are asked")).length,
    2,
  );
  await registry.close();
  assert.equal(await client.stop(), 0);
});

test("the newest patch of a line is offered and written in Compose files and pipelines, comments and quotes kept", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  putIndex(registry, "team/app", { user: "1" }, "1.4.0");
  const newest = putIndex(registry, "team/app", { user: "2" }, "1.4.7");
  putIndex(registry, "team/app", { user: "3" }, "1.5.0");
  const old = putIndex(registry, "team/app", { user: "4" }, "1.4.2");
  const image = `${host}/team/app:1.4.2@${old}`;
  const texts = {
    "compose.yaml": `services:\n  a:\n    image: "${image}" # renovate: pinned\n`,
    ".github/workflows/ci.yml": `jobs:\n  a:\n    container: ${image} # v1.4.2\n`,
  };
  const folder = folderWith(t, texts);
  const client = await startClient({
    folder,
    capabilities: fullCapabilities,
    settings: () => ({ network: true, networkRegistries: [host], checkCommands: true }),
  });
  for (const [name, text] of Object.entries(texts)) {
    const uri = pathToFileURL(join(folder, name)).toString();
    await client.open(uri, text, name === "compose.yaml" ? "dockercompose" : "yaml");
    const actions = await client.actions(uri, rangeOf(text, "team/app"));
    const patch = actions.find(({ title }) => title.includes("newest patch"));
    assert.ok(patch !== undefined, name);
    const { edit } = await client.connection.sendRequest<CodeAction>("codeAction/resolve", patch);
    assert.equal(applyTo(text, editsFor(edit, uri)), text.replace(image, `${host}/team/app:1.4.7@${newest}`));
  }
  assert.equal(await client.stop(), 0);
});
