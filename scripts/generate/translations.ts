import type { Rule } from "../../server/src/engine/rule";
import { catalogueOf, type Texts } from "../l10n/catalogue";
import { clientTexts } from "../l10n/clientTexts";
import { isOfRule } from "../l10n/languages";

/**
 * The English texts that translators translate, one file for each part of the extension.
 * @param manifest the texts of the manifest, by key
 */
export function englishTexts(
  root: string,
  rules: readonly Rule[],
  manifest: Readonly<Record<string, string>>,
): ReadonlyMap<string, Texts> {
  const { titles, messages, phrases } = catalogueOf(root, rules);
  const ruleTitles = new Set(Object.keys(titles));
  const ofManifest = new Map<string, string>();
  for (const [key, text] of Object.entries(manifest))
    if (!isOfRule(text, ruleTitles) && !ofManifest.has(text)) ofManifest.set(text, key);
  const files = {
    titles,
    messages,
    phrases,
    client: clientTexts(root),
    manifest: Object.fromEntries(ofManifest),
  };
  return new Map(Object.entries(files).map(([name, texts]) => [`l10n/en/${name}.json`, texts]));
}
