import { maxLanguageTexts } from "../limits";
import type { LanguageFiles } from "./protocol";
import { createSay, type Say } from "./say";

/** The languages that there are beside English, as VS Code names them. */
export const languages = ["de", "es", "fr", "ja", "ko", "pt-br", "zh-cn"] as const;
export type DisplayLanguage = (typeof languages)[number];

/** Where a language is spoken in several ways, the one that there is; others are shown in English. */
const nearest: ReadonlyMap<string, DisplayLanguage> = new Map([
  ["pt", "pt-br"],
  ["zh", "zh-cn"],
  ["zh-hans", "zh-cn"],
  ["zh-sg", "zh-cn"],
]);

/**
 * The language of a locale: `de-AT` is German, `zh-TW` none of ours. Editors write them as `pt-BR`, as `pt_BR.UTF-8` or in
 * small letters.
 * @returns `undefined` for English and for what there is no translation into
 */
export function languageOf(locale: string | undefined): DisplayLanguage | undefined {
  const tag = (locale ?? "").slice(0, 40).toLowerCase().split(/[.@]/, 1)[0]!.replaceAll("_", "-");
  const known = (name: string): DisplayLanguage | undefined =>
    languages.find((language) => language === name) ?? nearest.get(name);
  const base = tag.split("-", 1)[0]!;
  if (known(tag) !== undefined) return known(tag);
  if (tag.startsWith("zh-hans-")) return "zh-cn";
  return base === "zh" && tag !== base ? undefined : known(base);
}

/**
 * Makes the translation from the two files of a language.
 * @returns `undefined` where they do not belong together
 */
export function sayFrom({ english, translated }: LanguageFiles): Say | undefined {
  const source: unknown = JSON.parse(english);
  const target: unknown = JSON.parse(translated);
  if (typeof source !== "object" || source === null || !("texts" in source && "inner" in source))
    return undefined;
  const { texts, inner } = source;
  if (!isTexts(texts) || !isTexts(target) || texts.length !== target.length) return undefined;
  return typeof inner === "number" ? createSay({ english: texts, translated: target, inner }) : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= maxLanguageTexts &&
    value.every((text) => typeof text === "string")
  );
}
