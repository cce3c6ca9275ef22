import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import MarkdownIt from "markdown-it";
import type { CompletionList, Hover, InlayHint, MarkupContent } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, startClient } from "./client";

/** What a file may hold to be taken for markup, a command of the editor, or a terminal's. */
const attacks = [
  "<img/src=x/onerror=alert(1)>",
  "[run](command:workbench.action.terminal.new)",
  "![x](https://evil.example/p.png)",
  "`</code><script>x</script>",
  "**b**\u202etxt\u2066",
  "$(alert)",
  "\u001b[2J\u0007",
];

const dockerfiles = attacks.flatMap((attack) => [
  `FROM ${attack}\nUSER root\n`,
  `FROM debian:${attack} AS ${attack}\nRUN sudo ${attack}\nCOPY --from=${attack} a b\n`,
  `FROM registry.example/${attack}/a:latest\nARG ${attack}_TOKEN=x\nENV ${attack}=${attack}\nLABEL ${attack}="${attack}"\n`,
  `# plimsoll-ignore ${attack}: ${attack}\nFROM debian\nUSER ${attack}\nEXPOSE ${attack}\nWORKDIR ${attack}\n`,
  `FROM debian\n${attack} x\nHEALTHCHECK ${attack}\nSHELL ["${attack}"]\nCMD ["${attack}"]\n`,
]);
const composeFiles = attacks.flatMap((attack) => [
  `services:\n  ${JSON.stringify(attack)}:\n    image: ${JSON.stringify(`a/${attack}:latest`)}\n    privileged: true\n`,
  `services:\n  a:\n    ports: [${JSON.stringify(attack)}]\n    volumes: [${JSON.stringify(`/${attack}:/x`)}]\n    cap_add: [${JSON.stringify(attack)}]\n    environment: { ${JSON.stringify(attack)}: x }\n    ${JSON.stringify(attack)}: 1\n`,
  `services:\n  a:\n    extends: { file: ${JSON.stringify(attack)}, service: ${JSON.stringify(attack)} }\n    network_mode: ${JSON.stringify(attack)}\n    build: { context: ${JSON.stringify(attack)} }\n`,
]);
const configurations = attacks.map(
  (attack) =>
    `extends: ${JSON.stringify(attack)}\nprofile: ${JSON.stringify(attack)}\n${JSON.stringify(attack)}: 1\n`,
);

const documents: readonly (readonly [name: string, language: string, text: string])[] = [
  ...dockerfiles.map((text) => ["Dockerfile", "dockerfile", text] as const),
  ...composeFiles.map((text) => ["compose.yaml", "dockercompose", text] as const),
  ...configurations.map((text) => ["plimsoll.yaml", "yaml", text] as const),
];

let client: Client;
before(async () => {
  client = await startClient({
    settings: () => ({ profile: "all", inlayHints: { user: true, arguments: true } }),
  });
});
after(() => client.stop());

const markdown = new MarkdownIt({ html: true, linkify: false });

/** Whatever an editor draws: no markup of a file, no pictures, and links to secure pages alone. */
function checkMarkdown(text: string): void {
  assert.doesNotMatch(text.replace(/[\n\t]/g, ""), /[\p{Cc}\p{Cf}]/u);
  for (const block of markdown.parse(text, {})) {
    for (const token of [block, ...(block.children ?? [])]) {
      assert.notEqual(token.type, "html_block", text);
      assert.notEqual(token.type, "html_inline", text);
      assert.notEqual(token.type, "image", text);
      if (token.type === "link_open") assert.match(String(token.attrGet("href")), /^https:\/\/[\w.-]+\//);
    }
  }
}

function checkPlain(text: string): void {
  assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
}

function checkContent(content: string | MarkupContent | undefined): void {
  if (content === undefined) return;
  const { kind, value } = typeof content === "string" ? { kind: "plaintext", value: content } : content;
  if (kind === "markdown") checkMarkdown(value);
  else checkPlain(value.replace(/\n/g, ""));
}

test("names and values of a file are never drawn as markup, nor do they act on a terminal", async () => {
  let drawn = 0;
  for (const [index, [name, language, text]] of documents.entries()) {
    const uri = `file:///injection/${index}/${name}`;
    await client.open(uri, text, language);
    for (const { message, relatedInformation = [] } of await client.diagnostics(uri)) {
      checkContent(message);
      for (const related of relatedInformation) checkPlain(related.message);
    }
    const document = TextDocument.create(uri, language, 1, text);
    const whole = { start: document.positionAt(0), end: document.positionAt(text.length) };
    for (const { title } of await client.actions(uri, whole)) checkPlain(title);
    const textDocument = { uri };
    for (let offset = 0; offset <= text.length; offset += 4) {
      const params = { textDocument, position: document.positionAt(offset) };
      const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", params);
      if (hover === null) continue;
      checkContent(Array.isArray(hover.contents) ? undefined : (hover.contents as MarkupContent));
      drawn++;
    }
    const hints = await client.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
      textDocument,
      range: whole,
    });
    for (const { label, tooltip } of hints) {
      checkPlain(typeof label === "string" ? label : label.map(({ value }) => value).join(""));
      checkContent(tooltip);
    }
    const params = { textDocument, position: document.positionAt(text.length) };
    const { items } = await client.connection.sendRequest<CompletionList>("textDocument/completion", params);
    for (const { detail, documentation } of items) {
      checkPlain(detail ?? "");
      checkContent(documentation);
    }
    await client.connection.sendNotification("textDocument/didClose", { textDocument });
  }
  assert.ok(drawn > 100, `only ${drawn} hovers were shown, so that this tests little`);
  assert.deepEqual(
    client.log.filter((line) => line.includes("failed")),
    [],
  );
});
