import { join } from "node:path";
import type { Rule } from "../../server/src/engine/rule";
import { choices, composed, inner, notForPeople, unreadFiles } from "./exceptions";
import { textsOf } from "./sources";

/** English texts, each with a hint for translators: which rule says it, or the file that it is in. */
export type Texts = Readonly<Record<string, string>>;

/** What the server says, in the three files that translators get it in. */
export interface Catalogue {
  readonly titles: Texts;
  readonly messages: Texts;
  readonly phrases: Texts;
}

/** Folders of the server in which texts for the editor stand. */
const folders = "rules lsp engine knowledge documents audit registry completion".split(" ");

/** How many rules or files a hint names. */
const mostHints = 3;

/** Collects every text that the server may show in an editor. */
export function catalogueOf(root: string, rules: readonly Rule[]): Catalogue {
  const messages = new Map<string, string[]>();
  const phrases = new Map<string, string[]>();
  for (const folder of folders) {
    for (const { path, ...texts } of textsOf(join(root, "server/src", folder))) {
      if (unreadFiles.some((pattern) => pattern.test(path))) continue;
      const hint = path.slice(path.lastIndexOf("/") + 1, -".ts".length);
      for (const text of texts.messages.flatMap(ways)) note(messages, text, hint);
      for (const text of texts.phrases.flatMap(ways))
        if (isWhole(text)) note(phrases, text.replace(listMark, ""), hint);
    }
  }
  for (const text of [...composed, ...inner]) note(phrases, text, "");
  const titles = new Map<string, string[]>();
  for (const { id, title } of rules) note(titles, title, id);
  for (const text of [...messages.keys(), ...titles.keys()]) phrases.delete(text);
  for (const text of titles.keys()) messages.delete(text);
  return { titles: sorted(titles), messages: sorted(messages), phrases: sorted(phrases) };
}

/** What stands before each item of a list; the item alone is what is translated. */
const listMark = /^- /;

/** Whether a text is shown as it is: what begins with a blank or a comma is the end of another one. */
function isWhole(text: string): boolean {
  return !notForPeople.has(text) && !/^[ ,;]/.test(text);
}

/** A text, or each text that it becomes with one of the words that it can take. */
function ways(text: string): readonly string[] {
  let texts: readonly string[] = [text];
  for (const [name, words] of Object.entries(choices[text] ?? {}))
    texts = texts.flatMap((each) => words.map((word) => each.replace(`{${name}}`, word)));
  return texts;
}

/**
 * Notes a text with numbers in place of its names, so that a text that two files have is one, and stays the same where a
 * variable is renamed. The names are told to translators.
 */
function note(into: Map<string, string[]>, text: string, file: string): void {
  const names: string[] = [];
  const numbered = text.replace(/\{(\w+)\}/g, (_, name: string) => `{${names.push(name) - 1}}`);
  const values = names.map((name, index) => `{${index}}: ${name}`).join(", ");
  const hint = [file, values].filter((part) => part !== "").join("; ");
  const hints = into.get(numbered) ?? [];
  if (!hints.includes(hint)) hints.push(hint);
  into.set(numbered, hints);
}

function sorted(texts: ReadonlyMap<string, readonly string[]>): Texts {
  const entries = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([text, hints]) => [
      text,
      hints.slice(0, mostHints).join(" | ") + (hints.length > mostHints ? " | …" : ""),
    ]),
  );
}
