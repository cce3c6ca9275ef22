import assert from "node:assert/strict";
import test from "node:test";
import { languageOf, sayFrom } from "../../../server/src/lsp/languages";

test("locales of editors come to the language that there is", () => {
  const expected: Readonly<Record<string, string | undefined>> = {
    de: "de",
    "de-AT": "de",
    "de_CH.UTF-8": "de",
    "pt-BR": "pt-br",
    pt: "pt-br",
    "pt-pt": "pt-br",
    "zh-cn": "zh-cn",
    "zh-Hans": "zh-cn",
    "zh-Hans-CN": "zh-cn",
    zh: "zh-cn",
    "ja_JP.eucJP": "ja",
    "zh-tw": undefined,
    "zh-Hant": undefined,
    en: undefined,
    "en-GB": undefined,
    tlh: undefined,
    C: undefined,
    "": undefined,
    "../../etc/passwd": undefined,
  };
  for (const [locale, language] of Object.entries(expected))
    assert.equal(languageOf(locale), language, locale);
  assert.equal(languageOf(undefined), undefined);
});

test("files that do not belong together are not used", () => {
  const english = JSON.stringify({ texts: ["a b", "{0} c"], inner: 0 });
  assert.equal(sayFrom({ english, translated: '["x", "{0} y"]' })?.("z c"), "z y");
  assert.equal(sayFrom({ english, translated: '["x"]' }), undefined);
  assert.equal(sayFrom({ english, translated: '[1, "y"]' }), undefined);
  assert.equal(sayFrom({ english: "[]", translated: "[]" }), undefined);
  assert.throws(() => sayFrom({ english, translated: "" }));
});
