import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { findTokens } from "../../server/src/rules/shared/secrets/tokens";
import { findUrlCredentials } from "../../server/src/rules/shared/secrets/urls";
import { rememberByLines } from "../../server/src/text/rememberByLines";
import { movedSpan, type Span } from "../../server/src/text/span";

/** Runs of digits: a search for which the right answer is plain. */
function digitsIn(text: string): readonly { readonly span: Span; readonly text: string }[] {
  return [...text.matchAll(/\d+/g)].map((match) => ({
    span: { start: match.index, end: match.index + match[0].length },
    text: match[0],
  }));
}

/** Makes a text long enough to be remembered. */
const padding = "-\n".repeat(1_000);

const piece = fc.constantFrom("1", "22", "\n", "\r\n", "a", " ", "333\n", "x4y");
const source = fc.array(piece, { maxLength: 30 }).map((pieces) => padding + pieces.join(""));

test("after any sequence of texts, what is remembered equals a fresh search", () => {
  fc.assert(
    fc.property(fc.array(source, { minLength: 2, maxLength: 8 }), (texts) => {
      const remembered = rememberByLines(digitsIn, (found, by) => ({
        ...found,
        span: movedSpan(found.span, by),
      }));
      for (const text of texts) assert.deepEqual(remembered(text), digitsIn(text));
    }),
    { numRuns: 1000 },
  );
});

test("tokens and credentials in URLs are found as afresh after each edit", () => {
  const token = ["gh", "p_", "R7tKq2LxNv8W", "z4B9mYc3ZkTs6PdFhJ5g", "Ua1E"].join("");
  const parts = fc.constantFrom(
    token,
    "\n",
    " ",
    "ENV A=",
    "https://u:",
    "Xk29vbQ",
    "@host/x",
    token.slice(0, 9),
    token.slice(9),
    "#",
  );
  const document = fc.array(parts, { maxLength: 16 }).map((some) => padding + some.join(""));
  const other = ".".repeat(padding.length);
  fc.assert(
    fc.property(fc.array(document, { minLength: 2, maxLength: 6 }), (texts) => {
      for (const text of texts) {
        const tokens = findTokens(text);
        const credentials = findUrlCredentials(text);
        // A text that shares nothing with the last one is searched as a whole.
        findTokens(other);
        findUrlCredentials(other);
        assert.deepEqual(findTokens(text), tokens);
        assert.deepEqual(findUrlCredentials(text), credentials);
        findTokens(text);
      }
    }),
    { numRuns: 500 },
  );
});
