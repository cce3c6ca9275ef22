import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { createWordSearch } from "../../../server/src/engine/wordSearch";

function found(
  words: readonly string[],
  text: string,
): { readonly words: readonly string[]; whole: boolean } {
  const met = new Set<string>();
  const whole = createWordSearch(words)(text, 0, text.length, (word) => met.add(words[word]!));
  return { words: [...met].sort(), whole };
}

test("words are found in any case, within others, and one within another", () => {
  const words = ["curl", "url", "apt-get", "get"];
  assert.deepEqual(found(words, "RUN CURLrc").words, ["curl", "url"]);
  assert.deepEqual(found(words, "RUN apt-get").words, ["apt-get", "get"]);
  assert.deepEqual(found(words, "RUN cur l ap-t").words, []);
});

test("words are found across quotes, escapes and continuations", () => {
  for (const text of ['cu"r"l', "cu\\rl", "'cu'rl", "cur\\\nl", "cur\\\r\nl", "cur`\nl"])
    assert.deepEqual(found(["curl"], text), { words: ["curl"], whole: true }, text);
});

test("a text is told apart in which a word goes on where no search follows", () => {
  for (const text of [
    "cur\\\n# why\nl",
    "cur\\ \nl",
    "cur\\\n\nl",
    "cur\\\n  \nl",
    "cur`\r\n\r\nl",
    "\\u0063url",
  ])
    assert.equal(found(["curl"], text).whole, false, JSON.stringify(text));
  for (const text of ["curl \\\n# why\n-k", "a\n# b\nc", "a\\\nb", "a\\\n  b"])
    assert.equal(found(["curl"], text).whole, true, JSON.stringify(text));
});

test("only the part that is named is searched", () => {
  const met: number[] = [];
  createWordSearch(["curl"])("curl wget curl", 1, 13, (word) => met.push(word));
  assert.deepEqual(met, []);
});

test("all words are found that a plain search finds, and no others", () => {
  const letters = fc.constantFrom("a", "b", "-", "A");
  const word = fc.string({ unit: fc.constantFrom("a", "b", "-"), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { maxLength: 8 }),
      fc.string({ unit: fc.oneof(letters, fc.constantFrom(" ", "\u0451")), maxLength: 40 }),
      (words, text) => {
        const expected = words.filter((one) => text.toLowerCase().includes(one)).sort();
        assert.deepEqual(found(words, text), { words: expected, whole: true });
      },
    ),
  );
});
