import assert from "node:assert/strict";
import test from "node:test";
import type { ClientCapabilities, CodeAction, TextDocumentEdit } from "vscode-languageserver/node";
import { applyTo, editsFor, fullCapabilities, rangeOf, startClient } from "./client";

const text =
  'FROM debian:12.11\nADD https://example.com/${A}/x /x\nRUN curl -fsSL https://example.com/i | sh -s -- "$B"\nUSER app\n';

const fillsIn: ClientCapabilities = {
  ...fullCapabilities,
  workspace: {
    ...fullCapabilities.workspace,
    workspaceEdit: {
      ...fullCapabilities.workspace?.workspaceEdit,
      documentChanges: true,
      snippetEditSupport: true,
    },
  },
};

async function actionsAt(
  t: { after(fn: () => Promise<unknown>): void },
  capabilities: ClientCapabilities,
  word: string,
): Promise<readonly CodeAction[]> {
  const client = await startClient({ capabilities });
  t.after(() => client.stop());
  const uri = "file:///fill/Dockerfile";
  await client.open(uri, text);
  return client.actions(uri, rangeOf(text, word), {
    diagnostics: [...(await client.diagnostics(uri))],
    only: ["quickfix"],
  });
}

function fillInOf(actions: readonly CodeAction[]): CodeAction {
  const action = actions.find(({ title }) => title.includes("that you fill in"));
  assert.ok(action, actions.map(({ title }) => title).join("; "));
  return action;
}

test("what only the user knows is a place to fill in, and nothing else is", async (t) => {
  const { edit } = fillInOf(await actionsAt(t, fillsIn, "curl"));
  const [change] = (edit?.documentChanges ?? []) as readonly TextDocumentEdit[];
  const values = change?.edits.map((each) => ("snippet" in each ? each.snippet.value : undefined));
  assert.deepEqual(values, [
    " -o /tmp/install.sh",
    '&& echo "${1:SHA256}  /tmp/install.sh" | sha256sum -c - &&',
    ' /tmp/install.sh "\\$B"',
    " && rm /tmp/install.sh",
  ]);
});

test("an editor without such places gets the words in them", async (t) => {
  const { edit } = fillInOf(await actionsAt(t, fullCapabilities, "https"));
  assert.equal(
    applyTo(text, editsFor(edit, "file:///fill/Dockerfile")).split("\n")[1],
    "ADD --checksum=sha256:SHA256 https://example.com/${A}/x /x",
  );
});

test("such a fix is not made for all of a rule at once", async (t) => {
  const titles = (await actionsAt(t, fillsIn, "curl")).map(({ title }) => title);
  assert.ok(titles.some((title) => title.startsWith("Ignore curl-pipe-shell")));
  assert.deepEqual(
    titles.filter((title) => title.startsWith("Fix all curl-pipe-shell")),
    [],
  );
});
