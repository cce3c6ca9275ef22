import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction, CompletionList, Diagnostic, Position, Range } from "vscode-languageserver/node";
import { type Client, editsFor, startClient, temporaryFolder } from "./client";
import { type EditorProfile, editorProfiles } from "./editorProfiles";

/** A line on which every encoding counts otherwise: two characters beyond the basic plane, one of three bytes. */
const dockerfile = 'FROM debian:13\nRUN echo "🐳🐳é" && sudo apt-get update\nUSER root\nCMD ["a"]\n';
const compose = "services:\n  wéb:\n    image: nginx:1.30\n    privileged: true\n";

for (const editor of editorProfiles) {
  test(`${editor.name}: findings, fixes, completion, edits and settings over plimsoll lsp --stdio`, async (t) => {
    const folder = temporaryFolder(t);
    const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();
    let settings: object = {};
    const client = await startClient({
      program: "command line",
      folder,
      settings: () => settings,
      initialize: (root) => greeting(editor, root),
    });
    const { capabilities } = client.initialized;
    assert.equal(capabilities.positionEncoding, editor.encoding);
    assert.equal(capabilities.diagnosticProvider !== undefined, editor.pulls);

    const uri = uriOf("Dockerfile");
    await client.open(uri, dockerfile, editor.languages[0]);
    const found = await findings(client, editor, uri, (codes) => codes.includes("sudo-in-run"));
    const sudo = found.find(({ code }) => code === "sudo-in-run")!;
    assert.equal(textAt(editor, dockerfile, sudo.range), "sudo");

    const actions = await client.actions(uri, sudo.range, { diagnostics: [sudo] });
    const fix = actions.find(({ isPreferred }) => isPreferred)!;
    const resolved = await resolvedAction(client, editor, fix);
    const edits = editsFor(resolved.edit, uri);
    assert.ok(edits.length > 0);
    // Applied and sent back as the editor counts, the finding is gone.
    const changes = [...edits].reverse().map(({ range, newText }) => ({ range, text: newText }));
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: changes,
    });
    const later = await findings(client, editor, uri, (codes) => !codes.includes("sudo-in-run"));
    assert.ok(later.some(({ code }) => code === "final-stage-user-root"));

    const composeUri = uriOf("compose.yaml");
    await client.open(composeUri, compose, editor.languages[1]);
    const privileged = (
      await findings(client, editor, composeUri, (codes) => codes.includes("compose-privileged"))
    ).find(({ code }) => code === "compose-privileged")!;
    assert.match(textAt(editor, compose, privileged.range), /^(?:privileged: )?true$/);

    const list = await client.connection.sendRequest<CompletionList>("textDocument/completion", {
      textDocument: { uri },
      position: { line: 0, character: "FROM debian:".length },
    });
    assert.ok(list.items.some(({ label }) => label.startsWith("debian:13")));
    const snippets = editor.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    for (const { insertTextFormat } of list.items) assert.ok(snippets || insertTextFormat === 1);

    settings = { rules: { "final-stage-user-root": "off" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: editor.answersConfiguration ? {} : { plimsoll: settings },
    });
    await findings(client, editor, uri, (codes) => !codes.includes("final-stage-user-root"));
    // Nothing failed on the way, and nothing was written where only the protocol may be.
    assert.deepEqual(
      client.log.filter((line) => /failed|error/i.test(line)),
      [],
    );
    assert.equal(await client.stop(), 0);
  });
}

function greeting({ capabilities, withoutFolders, name }: EditorProfile, root: string | null): object {
  return {
    processId: process.pid,
    clientInfo: { name },
    rootUri: root,
    capabilities,
    ...(withoutFolders ? {} : { workspaceFolders: [{ uri: root, name: "folder" }] }),
  };
}

/** The findings as this editor gets them, once they are what is waited for. */
async function findings(
  client: Client,
  { pulls }: EditorProfile,
  uri: string,
  fits: (codes: readonly unknown[]) => boolean,
): Promise<readonly Diagnostic[]> {
  const codes = (items: readonly Diagnostic[]): readonly unknown[] => items.map(({ code }) => code);
  if (!pulls) return (await client.published(uri, ({ diagnostics }) => fits(codes(diagnostics)))).diagnostics;
  const items = await client.diagnostics(uri);
  assert.ok(fits(codes(items)), codes(items).join());
  return items;
}

/** An action with its edit, asked for later by the editors that do so. */
async function resolvedAction(
  client: Client,
  editor: EditorProfile,
  action: CodeAction,
): Promise<CodeAction> {
  if (action.edit !== undefined) return action;
  assert.ok(editor.capabilities.textDocument?.codeAction?.resolveSupport !== undefined);
  return client.connection.sendRequest("codeAction/resolve", action);
}

/** The text in a range, in the units that were agreed upon. */
function textAt({ encoding }: EditorProfile, text: string, { start, end }: Range): string {
  const lines = text.split("\n");
  assert.equal(start.line, end.line);
  const line = lines[start.line]!;
  const cut = ({ character }: Position): number => {
    if (encoding === "utf-16") return character;
    if (encoding === "utf-32") return [...line].slice(0, character).join("").length;
    return Buffer.from(line).subarray(0, character).toString().length;
  };
  return line.slice(cut(start), cut(end));
}
