import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import fc from "fast-check";
import { renderHtml } from "../../../server/src/report/html";
import { markdownToHtml } from "../../../server/src/report/html/markdown";
import { sha256Base64 } from "../../../server/src/report/html/sha256";
import { rules } from "../../../server/src/rules/index";
import { auditedFile, hostilePath, resultWith, sample } from "./sample";

const page = renderHtml(sample, rules, "2026-11-21");

test("lets nothing run or load but its own style and script, whose hashes it names", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
  assert.match(policy, /^default-src 'none'; /);
  for (const [tag, directive] of [
    ["style", "style-src"],
    ["script", "script-src"],
  ] as const) {
    const contents = [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))].map(
      (match) => match[1]!,
    );
    assert.equal(contents.length, 1, `one ${tag}`);
    const hash = createHash("sha256").update(contents[0]!).digest("base64");
    assert.ok(policy.includes(`${directive} 'sha256-${hash}'`), directive);
  }
  assert.equal(
    / style=| on[a-z]+=|<img|<link|<iframe|src=/.test(page.replace(/&lt;img src=x&gt;/g, "")),
    false,
  );
});

test("what comes from files is text", () => {
  assert.equal(page.includes("<script>alert"), false);
  assert.equal(page.includes("<img"), false);
  assert.ok(page.includes("&lt;img src=x&gt;"));
  assert.equal(page.includes(hostilePath), false);
  assert.equal(/[\u001b\u202e]/.test(page), false);
});

test("every link and every button leads somewhere in the page, and ids are unique", () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
  assert.equal(new Set(ids).size, ids.length);
  const targets = [...page.matchAll(/(?:href="#|popovertarget="|aria-labelledby=")([^"]+)"/g)].map(
    (match) => match[1]!,
  );
  assert.ok(targets.length > 5);
  assert.deepEqual(
    targets.filter((target) => !ids.includes(target)),
    [],
  );
});

test("elements are closed in the order they are opened", () => {
  const body = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
  const open: string[] = [];
  for (const [, slash, name, rest] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)([^<>]*)>/g)) {
    if (slash === "/") assert.equal(open.pop(), name);
    else if (!["meta", "input", "circle", "path"].includes(name!) && !rest!.endsWith("/")) open.push(name!);
  }
  assert.deepEqual(open, []);
});

test("each finding has its place, its code, its rule's explanation and its fix", () => {
  const file = auditedFile("Dockerfile", "FROM busybox:1.37\nCOPY a b\nADD app.py /app.py\nUSER 1\n");
  const report = renderHtml(resultWith([file]), rules);
  assert.equal(file.findings.length, 1);
  for (const part of [
    "line 3, column 1",
    "<mark>ADD</mark> app.py /app.py",
    'popovertarget="rule-add-local-file"',
    'id="rule-add-local-file"',
    "<del>− ADD app.py /app.py</del>",
    "<ins>+ COPY app.py /app.py</ins>",
    "(safe fix)",
  ]) {
    assert.ok(report.includes(part), part);
  }
});

test("nothing found is said only where everything was seen", () => {
  assert.ok(renderHtml(resultWith([]), rules).includes("Nothing found."));
  const failed = resultWith([], { failures: [{ path: "x", error: "boom" }] });
  assert.equal(renderHtml(failed, rules).includes("Nothing found."), false);
});

test("SHA-256 is what the platform says it is", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: "grapheme" }), (text) => {
      assert.equal(sha256Base64(text), createHash("sha256").update(text).digest("base64"));
    }),
  );
});

const markdown: readonly (readonly [string, string])[] = [
  ["one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>"],
  ["- a\n  b\n- c", "<ul><li>a b</li><li>c</li></ul>"],
  ["1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"],
  ["## Why", "<h4>Why</h4>"],
  ["```sh\na < b\n\n- c\n```\nend", "<pre><code>a &lt; b\n\n- c</code></pre>\n<p>end</p>"],
  ["`a**b**` and **bold**", "<p><code>a**b**</code> and <strong>bold</strong></p>"],
  ["a ` b", "<p>a ` b</p>"],
  [
    "[x](https://a.example/?q=1&r=2)",
    '<p><a href="https://a.example/?q=1&amp;r=2" rel="noreferrer">x</a></p>',
  ],
  ["[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"],
  ["<b>&</b>", "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"],
  ["```\nopen", "<pre><code>open</code></pre>"],
  ["", ""],
];

for (const [source, html] of markdown) {
  test(`Markdown ${JSON.stringify(source)}`, () => {
    assert.equal(markdownToHtml(source), html);
  });
}
