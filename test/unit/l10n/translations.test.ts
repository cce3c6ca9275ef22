import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { readTexts, shippedFiles, textFiles, translatedLanguages } from "../../../scripts/l10n/languages";
import { languages } from "../../../server/src/lsp/languages";

const root = join(__dirname, "../../..");

test("there are only languages that the server knows", () => {
  const known: readonly string[] = languages;
  assert.deepEqual(
    translatedLanguages(root).filter((language) => !known.includes(language)),
    [],
  );
});

for (const language of translatedLanguages(root)) {
  const same = new Set(sameAsEnglish(language));
  for (const file of textFiles) {
    const english = Object.keys(readTexts(root, "en", file));
    const texts = readTexts(root, language, file);
    test(`${language}/${file}.json: every text is translated, and no other`, () => {
      assert.deepEqual(
        {
          missing: english.filter((text) => !(text in texts)),
          unknown: Object.keys(texts).filter((text) => !english.includes(text)),
        },
        { missing: [], unknown: [] },
      );
    });
    test(`${language}/${file}.json: values, code, links and lines are those of the English text`, () => {
      const wrong = Object.entries(texts).filter(([text, other]) => {
        const shape = shapeOf(text);
        return JSON.stringify(shape) !== JSON.stringify(shapeOf(other));
      });
      assert.deepEqual(Object.fromEntries(wrong), {});
    });
    test(`${language}/${file}.json: nothing is empty, and what is English is so on purpose`, () => {
      const wrong = Object.entries(texts).filter(
        ([text, other]) =>
          other.trim() === "" || other !== other.trim() || (other === text && !same.has(text)),
      );
      assert.deepEqual(Object.fromEntries(wrong), {});
    });
  }
  test(`${language}/same.json: names only texts that are there`, () => {
    const all = new Set(textFiles.flatMap((file) => Object.keys(readTexts(root, "en", file))));
    assert.deepEqual(
      [...same].filter((text) => !all.has(text)),
      [],
    );
  });
}

test("every part of the extension gets a file for each language", () => {
  const files = shippedFiles(root);
  const count = (JSON.parse(files.get("server/out/l10n/en.json") ?? "") as { texts: unknown[] }).texts.length;
  assert.ok(count > 1_000);
  const manifest = readFileSync(join(root, "package.nls.json"), "utf8");
  for (const language of translatedLanguages(root)) {
    const texts: unknown = JSON.parse(files.get(`server/out/l10n/${language}.json`) ?? "");
    assert.ok(Array.isArray(texts) && texts.length === count);
    assert.ok(files.has(`client/out/l10n/bundle.l10n.${language}.json`));
    const own = JSON.parse(files.get(`package.nls.${language}.json`) ?? "") as object;
    assert.deepEqual(Object.keys(own), Object.keys(JSON.parse(manifest) as object));
  }
});

test("every key of the manifest has a text", () => {
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  const texts = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as object;
  const keys = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(keys)].sort(), Object.keys(texts).sort());
});

/** Texts that are the same in a language: names, and words that it has from English. */
function sameAsEnglish(language: string): readonly string[] {
  const path = join(root, "l10n", language, "same.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as readonly string[]) : [];
}

/** What a translation must leave as it is, in any order. */
function shapeOf(text: string): Readonly<Record<string, readonly string[]>> {
  const all = (pattern: RegExp): readonly string[] => (text.match(pattern) ?? []).sort();
  return {
    values: all(/\{\d\}/g),
    code: all(/`[^`]*`/g),
    links: all(/\]\([^)]*\)/g),
    lines: all(/\n/g),
    marks: all(/\*\*/g),
  };
}
