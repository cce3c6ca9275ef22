import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createDice, type Dice } from "../fuzz/dice";
import { knownLines } from "../fuzz/grammars/examples";
import { makeTextInput } from "../fuzz/makeInput";
import { randomEdit } from "../fuzz/mutate";
import { type Client, startClient } from "../lsp/client";

export interface SoakPlan {
  readonly documents: number;
  readonly changes: number;
  readonly seed: number;
  /** Whether memory must be flat: a short run is all warm-up. */
  readonly watchMemory: boolean;
  /** Called now and then with what has happened, for a person. */
  tell(line: string): void;
}

/**
 * Changes before memory is watched, in two hundred documents: until then the remembered scripts (a thousand, see
 * `maxShellCacheEntries`) fill up, documents grow to their usual length, and the engine compiles what is used often.
 */
const warmUp = 8_000;

/** How much the used heap may grow between the warm-up and the end. */
export const mostGrowth = 1.1;

/** The UTF-16 units that a document begins with at most. */
const longestText = 10_000;

/**
 * By how many UTF-16 units a document may grow before it is set back to what it was, as by an undo of all: edits add
 * more than they take away, and memory can only be flat where the documents are no longer in the end than before.
 */
const mostAdded = 200;

const profiles = ["recommended", "strict", "all", "cis"] as const;

interface Soak {
  readonly plan: SoakPlan;
  readonly dice: Dice;
  readonly folder: string;
  readonly documents: TextDocument[];
  readonly firstTexts: readonly string[];
  profile: (typeof profiles)[number];
  client: Client;
}

/**
 * Edits many documents of one server for a long time. In the first half of the changes memory is watched; in the second
 * the server is restarted now and then. Settings change all along.
 * @throws AssertionError where the heap grows, a diagnostic is lost or stale in the end, or a handler has failed
 */
export async function soak(plan: SoakPlan): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-soak-"));
  try {
    await soakIn(folder, plan);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function soakIn(folder: string, plan: SoakPlan): Promise<void> {
  const dice = createDice(plan.seed);
  const documents = Array.from({ length: plan.documents }, (_, index) => makeDocument(dice, folder, index));
  const firstTexts = documents.map((document) => document.getText());
  const at: Soak = {
    ...{ plan, dice, folder, documents, firstTexts, profile: "recommended" },
    client: undefined as unknown as Client,
  };
  at.client = await start(at);
  try {
    await openAll(at);
    const half = Math.ceil(plan.changes / 2);
    const heaps: number[] = [];
    if (plan.watchMemory) await change(at, warmUp);
    for (let part = 0; part < 5; part++) {
      await change(at, Math.ceil(half / 5));
      heaps.push(await usedHeap(at));
      plan.tell(
        `${(part + 1) * Math.ceil(half / 5)} changes: ${(heaps.at(-1)! / 1e6).toFixed(1)} MB of heap in use, ${documents.reduce((sum, document) => sum + document.getText().length, 0)} units of text`,
      );
    }
    const [warm = 0, ...later] = heaps;
    for (const heap of plan.watchMemory ? later : [])
      assert.ok(heap <= warm * mostGrowth, `the heap has grown from ${warm} to ${heap} bytes`);
    for (let restart = 0; restart < 5; restart++) {
      await stop(at);
      at.client = await start(at);
      await openAll(at);
      await change(at, Math.ceil((plan.changes - half) / 5));
      plan.tell(`restarted ${restart + 1} times`);
    }
    const found = await findings(at);
    await stop(at);
    at.client = await start(at);
    await openAll(at);
    assert.deepEqual(found, await findings(at), "in the end the editor shows what a fresh server finds");
    plan.tell(`${found.flat().length} findings in the end, as a fresh server finds them`);
  } finally {
    await stop(at);
  }
}

function makeDocument(dice: Dice, folder: string, index: number): TextDocument {
  const isCompose = index % 3 === 2;
  const { text } = makeTextInput(dice, isCompose ? "compose" : "dockerfile");
  const place = join(folder, String(index));
  mkdirSync(place);
  const path = join(place, isCompose ? "compose.yaml" : "Dockerfile");
  return TextDocument.create(
    pathToFileURL(path).toString(),
    isCompose ? "dockercompose" : "dockerfile",
    1,
    text.slice(0, longestText),
  );
}

/** A server that tells its heap on a signal, after collecting what nobody needs. */
function start(at: Omit<Soak, "client">): Promise<Client> {
  const preload = join(at.folder, "heap.cjs");
  writeFileSync(
    preload,
    `require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
process.on("SIGUSR2", () => {
  gc();
  gc();
  require("node:fs").writeFileSync(${JSON.stringify(heapFile(at))}, String(process.memoryUsage().heapUsed));
});
`,
  );
  return startClient({
    folder: at.folder,
    preload,
    settings: () => ({ profile: at.profile }),
    initializationOptions: { filesThroughClient: false },
  });
}

async function stop({ client }: Soak): Promise<void> {
  if (client.process.exitCode !== null) return;
  assert.deepEqual(
    client.log.filter((line) => line.includes("failed")),
    [],
    "no handler has failed",
  );
  assert.equal(await client.stop(), 0);
}

async function openAll({ client, documents }: Soak): Promise<void> {
  for (const document of documents) await client.open(document.uri, document.getText(), document.languageId);
}

async function change(at: Soak, count: number): Promise<void> {
  const { client, dice, documents, firstTexts } = at;
  for (let done = 1; done <= count; done++) {
    const index = dice.below(documents.length);
    const document = documents[index]!;
    const text = document.getText();
    const {
      start: from,
      end,
      text: typed,
    } = text.length > (firstTexts[index]?.length ?? 0) + mostAdded
      ? { start: 0, end: text.length, text: firstTexts[index] ?? "" }
      : randomEdit(dice, text, knownLines(index % 3 === 2 ? "compose" : "dockerfile"));
    const range = { start: document.positionAt(from), end: document.positionAt(end) };
    const contentChanges = [{ range, text: typed }];
    TextDocument.update(document, contentChanges, document.version + 1);
    const { uri, version } = document;
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
    if (dice.once(5)) await client.diagnostics(uri);
    if (dice.once(50))
      await client.connection.sendRequest("textDocument/hover", {
        textDocument: { uri },
        position: range.start,
      });
    if (dice.once(50)) await client.actions(uri, range);
    if (dice.once(2_000)) {
      at.profile = dice.pick(profiles);
      await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }
  }
  // Each measurement is to see the same: all documents checked with their last text.
  at.profile = "all";
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await findings(at);
}

async function findings({ client, documents }: Soak): Promise<readonly (readonly unknown[])[]> {
  const all: (readonly unknown[])[] = [];
  for (const { uri } of documents) all.push((await client.diagnostics(uri)).map(plain));
  return all;
}

function plain({ code, message, range, severity }: Diagnostic): unknown {
  return { code, message, range, severity };
}

function heapFile({ folder }: Pick<Soak, "folder">): string {
  return join(folder, "heap.txt");
}

async function usedHeap(at: Soak): Promise<number> {
  const file = heapFile(at);
  writeFileSync(file, "");
  at.client.process.kill("SIGUSR2");
  for (;;) {
    // A server that collects its heap answers when it has.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const told = readFileSync(file, "utf8");
    if (told !== "") return Number(told);
    assert.equal(at.client.process.exitCode, null, "the server lives");
  }
}
