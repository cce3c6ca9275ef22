import assert from "node:assert/strict";
import test from "node:test";
import MarkdownIt from "markdown-it";
import { maxMarkdownLength } from "../../../server/src/limits";
import { renderMarkdown } from "../../../server/src/report/markdown";
import { fileWithMessage, resultWith, sample, troubled } from "./sample";

/** Renders with HTML and links let through, as GitHub does before it cleans up. */
const reader = new MarkdownIt({ html: true, linkify: true });

/** The cells of the table's rows, as HTML. */
function rowsOf(markdown: string): readonly (readonly string[])[] {
  const body = /<tbody>([\s\S]*?)<\/tbody>/.exec(reader.render(markdown))?.[1] ?? "";
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map((row) =>
    [...row[1]!.matchAll(/<td>([\s\S]*?)<\/td>/g)].map((cell) => cell[1]!),
  );
}

test("a finding has its place, its message, its fix and a link to its rule", () => {
  const row = rowsOf(renderMarkdown(sample)).find((cells) => cells[3]?.includes("final-stage-user-root"));
  assert.equal(row?.[0], "<strong>high</strong>");
  assert.match(row[1]!, /^<code>a b\/.*\/Dockerfile<\/code>:6$/);
  assert.match(row[2]!, /^.+<br>Fix: .+$/);
  assert.match(row[3]!, /^<a href="https:\/\/[^"]+\/final-stage-user-root\.md">final-stage-user-root<\/a>$/);
});

test("the worst come first", () => {
  const files = [fileWithMessage("a/Dockerfile", "m"), fileWithMessage("b/Dockerfile", "m")];
  assert.deepEqual(
    rowsOf(renderMarkdown(resultWith(files))).map(([severity, place]) => `${severity} ${place?.[6]}`),
    ["<strong>critical</strong>", "<strong>high</strong>", "medium", "low", "info"].flatMap((severity) => [
      `${severity} a`,
      `${severity} b`,
    ]),
  );
});

const hostile = [
  "a | b",
  "a \\| b",
  "`code` ``more``",
  "<script>alert(1)</script><img src=x onerror=y>",
  "</code></td><!-- ",
  "[text](https://evil.example) ![image](https://evil.example/x.png)",
  "https://evil.example and www.evil.example",
  "**bold** __bold__ _it_ *it* ~~gone~~",
  "&lt;b&gt; &#64;",
  "\\",
  "line\nbreak\r\n| x | y |",
];

for (const text of hostile) {
  test(`${JSON.stringify(text)} is shown as it is, and does nothing`, () => {
    const rows = rowsOf(renderMarkdown(resultWith([fileWithMessage(text, text)])));
    assert.equal(rows.length, 5);
    for (const cells of rows) {
      assert.equal(cells.length, 4);
      const [, place, message] = cells;
      assert.equal(read(place!), `${text.replaceAll("\n", "␊").replaceAll("\r", "␍")}:2`);
      assert.equal(read(message!.split("<br>")[0]!), text.replaceAll("\n", "␊").replaceAll("\r", "␍"));
      assert.doesNotMatch(`${place}${message}`, /<(?!\/?code>|br>|\/?span>)/);
    }
  });
}

/** The text of an element, as it is seen. */
function read(html: string): string {
  return html
    .replace(/<\/?(?:code|span)>/g, "")
    .replace(
      /&(?:lt|gt|amp|quot);/g,
      (entity) => ({ "&lt;": "<", "&gt;": ">", "&quot;": '"' })[entity] ?? "&",
    )
    .replaceAll("\u200b", "");
}

test("nobody is mentioned, no issue is linked, and no formula begins", () => {
  const [row] = rowsOf(
    renderMarkdown(
      resultWith([fileWithMessage("Dockerfile", "@octo/team fixes #12 for $x$ and you@there.example")]),
    ),
  );
  const noSpace = "\u200b";
  assert.equal(
    row?.[2]?.split("<br>")[0],
    `@${noSpace}octo/team fixes #${noSpace}12 for <span>$</span>x<span>$</span> and you@${noSpace}there.example`,
  );
});

test("failures stand above the findings, what was not checked stands below", () => {
  const html = reader.render(renderMarkdown(troubled));
  assert.ok(html.indexOf("This report is not complete") < html.indexOf("<table>"));
  assert.ok(html.indexOf("<summary>Not checked: 4</summary>") > html.indexOf("</table>"));
  assert.match(html, /<li><code>x\/Dockerfile<\/code>: the rule broken-rule failed/);
});

test("nothing found is said only where everything was seen", () => {
  assert.match(renderMarkdown(resultWith([])), /^<!-- plimsoll -->\n## Plimsoll: nothing found\n/);
  const unsure = resultWith([], { notChecked: [{ path: "x", reason: "y" }] });
  assert.match(renderMarkdown(unsure), /nothing found, but not everything could be judged\n/);
});

test("fits into a comment, with the rest counted", () => {
  const files = Array.from({ length: 400 }, (_, index) =>
    fileWithMessage(`${"`<&|".repeat(100)}${index}/Dockerfile`, "<".repeat(1_000)),
  );
  const gaps = files.map(({ path }) => ({ path, reason: "|".repeat(500) }));
  const failures = files.map(({ path }) => ({ path, error: "@".repeat(500) }));
  const report = renderMarkdown(resultWith(files, { notChecked: gaps, failures }));
  assert.ok(report.length <= maxMarkdownLength, String(report.length));
  assert.ok(report.length > maxMarkdownLength - 10_000, String(report.length));
  const shown = rowsOf(report).length;
  const left = Number(/… and (\d+) more findings/.exec(report)?.[1]);
  assert.equal(shown + left, 2_000);
  assert.equal(report.match(/… and \d+ more\n/g)?.length, 2);
});
