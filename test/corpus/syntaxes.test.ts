import assert from "node:assert/strict";
import test from "node:test";
import { corpusFiles, corpusMissing, samplePaths } from "../support/corpus";
import { builtInExtensions, type Token, tokenizer } from "../support/grammars";
import { colouredLines } from "../support/targets";

const extensions = builtInExtensions();

test("in real Dockerfiles everything but what is ours keeps its scopes", async (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  if (extensions === undefined)
    return t.skip("no grammars of VS Code here: npm run test:vscode installs them");
  const plain = await tokenizer(extensions, false);
  const ours = await tokenizer(extensions, true);
  const sample = samplePaths();
  const files = corpusFiles("dockerfile").filter(({ path }) => sample.has(path));
  let compared = 0;
  for (const { path, text } of files.slice(0, 200)) {
    const before = await plain("source.dockerfile", text);
    const after = await ours("source.dockerfile", text);
    const coloured = colouredLines(text);
    for (const [line, tokens] of before.entries()) {
      // From a lone quote on, VS Code's own grammar takes all for a string, up to the next one.
      if (beginsInString(tokens)) break;
      if (coloured.has(line)) continue;
      assert.deepEqual(after[line], tokens, `${path}:${line + 1}`);
      compared++;
    }
  }
  assert.ok(compared > 1_500, `only ${compared} lines`);
});

function beginsInString([first]: readonly Token[]): boolean {
  return first?.scopes.some((scope) => scope.startsWith("string.")) === true && !/^["']/.test(first.text);
}
