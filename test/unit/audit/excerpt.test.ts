import assert from "node:assert/strict";
import test from "node:test";
import { excerptsOf } from "../../../server/src/audit/excerpt";
import { fillSecrets, maskText, secretTexts, showFilled } from "../../../server/src/audit/mask";
import { linesOf } from "../../../server/src/text/lines";
import type { Span } from "../../../server/src/text/span";

function spanOfText(text: string, part: string): Span {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

function marked(text: string, part: string, secrets: readonly Span[] = []) {
  const excerpt = excerptsOf(fillSecrets(text, secrets), linesOf(text))(spanOfText(text, part));
  return {
    firstLine: excerpt.firstLine,
    lines: excerpt.lines.map(({ text: line, mark }) =>
      mark ? `${line.slice(0, mark.from)}[${line.slice(mark.from, mark.to)}]${line.slice(mark.to)}` : line,
    ),
  };
}

test("shows two lines around, and marks the span", () => {
  const text = "one\ntwo\nthree\nUSER root\nfive\r\nsix\nseven\n";
  assert.deepEqual(marked(text, "root"), {
    firstLine: 2,
    lines: ["two", "three", "USER [root]", "five", "six"],
  });
});

test("shows no empty line for the end of the file", () => {
  assert.deepEqual(marked("FROM a\n", "a"), { firstLine: 1, lines: ["FROM [a]"] });
});

test("marks a span over several lines from where their text begins", () => {
  assert.deepEqual(marked("RUN a \\\n  && b\n", "a \\\n  && b").lines, ["RUN [a \\]", "  [&& b]"]);
});

test("cuts a long line around the mark", () => {
  const text = `${"x".repeat(5_000)}NEEDLE${"y".repeat(5_000)}`;
  const [line] = marked(text, "NEEDLE").lines;
  assert.match(line!, /^…x{40}\[NEEDLE\]y+…$/);
  assert.ok(line!.length < 200);
});

test("masks secrets, whatever their length, and wherever they stand again", () => {
  const secret = ["hunter", "2000"].join("");
  const text = `ENV PW=${secret}\nRUN login ${secret} now\nUSER root\n`;
  const secrets = [spanOfText(text, secret)];
  assert.deepEqual(marked(text, "root", secrets).lines, [
    `ENV PW=${maskText}`,
    `RUN login ${maskText} now`,
    "USER [root]",
  ]);
  assert.deepEqual(marked(text, secret, secrets).lines[0], `ENV PW=[${maskText}]`);
});

test("a mark after a masked secret is where its text is shown", () => {
  const text = `CMD a ${"s".repeat(50)} root\n`;
  assert.deepEqual(marked(text, "root", [spanOfText(text, "s".repeat(50))]).lines, [
    `CMD a ${maskText} [root]`,
  ]);
});

test("filling in keeps length and line breaks", () => {
  const text = "a\nKEY\r\nMORE\nb";
  const filled = fillSecrets(text, [{ start: 2, end: 11 }]);
  assert.equal(filled.length, text.length);
  assert.equal(showFilled(filled), `a\n${maskText}\r\n${maskText}\nb`);
});

test("a secret in quotes is known without them, a short one is not searched for", () => {
  assert.deepEqual(secretTexts('X="abcdefgh"', [{ start: 2, end: 12 }]), ["abcdefgh"]);
  assert.deepEqual(secretTexts("X=abc", [{ start: 2, end: 5 }]), []);
});

test("spans beyond the text do no harm", () => {
  assert.equal(showFilled(fillSecrets("abc", [{ start: 1, end: 99 }])), `a${maskText}`);
});
