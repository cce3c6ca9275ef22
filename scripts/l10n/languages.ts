import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inner } from "./exceptions";

/** Texts by their English: what a translator writes. */
export type Translations = Readonly<Record<string, string>>;

/** The files of a language, in the folder `l10n/<language>`. */
export const textFiles = ["titles", "messages", "phrases", "client", "manifest"] as const;
export type TextFile = (typeof textFiles)[number];

/** The languages that there are translations into. */
export function translatedLanguages(root: string): readonly string[] {
  return readdirSync(join(root, "l10n"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "en")
    .map(({ name }) => name)
    .sort();
}

/** One file of a language; an empty one where it is missing. */
export function readTexts(root: string, language: string, file: TextFile): Translations {
  const path = join(root, "l10n", language, `${file}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Translations) : {};
}

/** What the extension ships of a language, by path; English stands wherever a translation is missing. */
export function shippedFiles(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const add = (path: string, value: unknown): void => void files.set(path, JSON.stringify(value));
  const english = serverTexts(root);
  add("server/out/l10n/en.json", { texts: english, inner: inner.length });
  const manifest = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Translations;
  for (const language of translatedLanguages(root)) {
    const all: Translations = Object.assign(
      {},
      ...(["titles", "messages", "phrases"] as const).map((file) => readTexts(root, language, file)),
    );
    add(
      `server/out/l10n/${language}.json`,
      english.map((text) => all[text] ?? text),
    );
    add(`client/out/l10n/bundle.l10n.${language}.json`, readTexts(root, language, "client"));
    add(`package.nls.${language}.json`, manifestTexts(root, language, manifest));
  }
  return files;
}

/** The texts of the server in the order of its files; those that only stand inside of others come last. */
export function serverTexts(root: string): readonly string[] {
  const texts = (["titles", "messages", "phrases"] as const).flatMap((file) =>
    Object.keys(readTexts(root, "en", file)),
  );
  const last = new Set(inner.map(numbered));
  return [...texts.filter((text) => !last.has(text)), ...last];
}

/** A setting of a rule is described by the rule's title, and most of them with its severity behind it. */
const ofRule = /^(.*?)( \((?:critical|high|medium|low|info)\))?$/;

function manifestTexts(root: string, language: string, english: Translations): Translations {
  const texts = readTexts(root, language, "manifest");
  const titles = readTexts(root, language, "titles");
  return Object.fromEntries(
    Object.entries(english).map(([key, text]) => {
      const [, title = text, severity = ""] = ofRule.exec(text) ?? [];
      const translated = titles[title];
      return [key, translated === undefined ? (texts[text] ?? text) : translated + severity];
    }),
  );
}

/** Whether a text of the manifest is made from the title of a rule. */
export function isOfRule(text: string, titles: ReadonlySet<string>): boolean {
  return titles.has(ofRule.exec(text)?.[1] ?? text);
}

/** A text with the numbers of its values in place of their names. */
export function numbered(text: string): string {
  let count = 0;
  return text.replace(/\{\w+\}/g, () => `{${count++}}`);
}
