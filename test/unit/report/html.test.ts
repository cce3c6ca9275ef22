import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import fc from "fast-check";
import { foldersOf, otherFolders } from "../../../server/src/report/folders";
import { renderHtml } from "../../../server/src/report/html";
import { markdownToHtml } from "../../../server/src/report/html/markdown";
import { sha256Base64 } from "../../../server/src/report/html/sha256";
import { squarify } from "../../../server/src/report/html/squarify";
import { verdictSentence } from "../../../server/src/report/html/verdict";
import { rules } from "../../../server/src/rules/index";
import { auditedFile, fileWithMessage, hostilePath, resultWith, sample, troubled } from "./sample";

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
  const markup = page.replace(/&lt;img src=x&gt;/g, "").replace(/<script>[\s\S]*?<\/script>/, "");
  assert.equal(/ style=| on[a-z]+=|<img|<link|<iframe|src=/.test(markup), false);
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
  const body = page.replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/g, "");
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

test("the verdict is never better than what was seen", () => {
  const clean = auditedFile("Dockerfile", "FROM scratch\n");
  const failures = [{ path: "x", error: "boom" }];
  assert.equal(verdictSentence(resultWith([clean])), "Nothing found.");
  assert.equal(verdictSentence(resultWith([])), "No file was checked, so nothing can be said.");
  assert.match(verdictSentence(resultWith([clean], { failures })), /^Nothing found, but not everything/);
  assert.match(verdictSentence(resultWith([clean], { complete: false })), /but not everything/);
  assert.match(verdictSentence(sample), /^1 critical finding in 1 file: /);
  assert.match(verdictSentence(troubled), /Not everything was looked at: see below\.$/);
});

test("everything that was not checked is said before the findings", () => {
  const text = renderHtml(troubled, rules);
  for (const part of ["it is not valid UTF-8", "the link leads nowhere", "its base is private", "it broke"]) {
    const at = text.indexOf(part);
    assert.ok(at > 0 && at < text.indexOf('id="findings"'), part);
  }
});

test("what was accepted is listed with its reason", () => {
  assert.match(page, /silenced on purpose[\s\S]*sudo-in-run[\s\S]*the image needs it/);
});

test("each stage stands against the controls, and columns that nobody looked at are left out and named", () => {
  const file = auditedFile("Dockerfile", "FROM node:22.1.0-alpine AS app\nUSER root\nCMD node a\n");
  const report = renderHtml(resultWith([file]), rules);
  const row = /<tr><th scope="row">app <code>Dockerfile:1<\/code><\/th>(.*)<\/tr>/.exec(report)?.[1] ?? "";
  const states = [...row.matchAll(/class="state (\w+)/g)].map((match) => match[1]);
  assert.deepEqual(states, ["fail", "pass", "pass", "pass", "pass"]);
  assert.match(row, /data-only="0" data-label="app: Non-root"/);
  assert.match(report, /the rules are off: Image pinned by digest, Health check\./);
});

test("ten thousand findings are data but for the worst hundred, and all of them are there", () => {
  const files = Array.from({ length: 2_000 }, (_, at) =>
    fileWithMessage(`f${at}/Dockerfile`, "m </script> <!--"),
  );
  const report = renderHtml(resultWith(files), rules);
  const data = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(report)?.[1] ?? "";
  const rows = JSON.parse(data) as readonly (readonly [string, string, string, string, number])[];
  assert.equal(rows.length, 10_000);
  assert.ok(rows.every(([html]) => html.includes("m &lt;/script&gt; &lt;!--")));
  const elements = report.replace(data, "");
  assert.equal(elements.split("<article").length - 1, 100);
  assert.match(elements, /9900 more findings can be shown/);
});

test("a rectangle is divided in proportion, without gaps or overlaps", () => {
  const weight = fc.integer({ min: 1, max: 10_000 });
  const weights = fc.array(weight, { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 10, max: 2_000 }), (unordered, width) => {
      const ordered = [...unordered].sort((a, b) => b - a);
      const total = ordered.reduce((sum, one) => sum + one, 0);
      const parts = squarify(ordered, { x: 5, y: 7, width, height: 300 });
      assert.equal(parts.length, ordered.length);
      parts.forEach((part, at) => {
        const area = (ordered[at]! / total) * width * 300;
        assert.ok(Math.abs(part.width * part.height - area) < 1e-6 * width * 300);
        assert.ok(part.x >= 5 - 1e-6 && part.x + part.width <= 5 + width + 1e-6);
        assert.ok(part.y >= 7 - 1e-6 && part.y + part.height <= 307 + 1e-6);
      });
    }),
  );
});

test("folders are grouped as deep as a person can compare them, and none is lost", () => {
  const few = ["a/b/c/Dockerfile", "a/b/d/Dockerfile", "Dockerfile", "/abs/x/Dockerfile"].map((path) =>
    auditedFile(path, "FROM a\n"),
  );
  assert.deepEqual(
    foldersOf(few).map(({ name }) => name),
    [".", "/abs/x", "a/b/c", "a/b/d"],
  );
  const many = Array.from({ length: 60 }, (_, at) => auditedFile(`t${at}/x/Dockerfile`, "FROM a\n"));
  const groups = foldersOf(many);
  assert.equal(groups.length, 24);
  assert.equal(groups.at(-1)?.name, otherFolders);
  assert.equal(
    groups.reduce((sum, { files }) => sum + files.length, 0),
    60,
  );
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
