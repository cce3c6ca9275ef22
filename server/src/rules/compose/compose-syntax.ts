import type { ComposeDocument } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { entriesOf, isNull, resolveAlias, type YamlEntry, type YamlNode } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { unsafeFix } from "../shared/composeFix";
import { serviceKeys, topKeys } from "../shared/composeKeys";
import { nameSlips } from "../shared/nameSlips";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-syntax",
  language: "compose",
  title: "Compose can read the file",
  why: `Compose refuses a file with a mistake in its YAML (a tab, a key twice in a map, a bracket that is not closed) or a key that it does
not know. Until it is put right nothing starts, and what a checker reads in such a file may not be what was meant: a
\`read_only\` that is misspelt protects nothing.

Keys that begin with \`x-\` are yours. Where a key is one slip away from one that Compose knows, the fix writes that one; it is
not safe, since the key comes into force then. Other unknown keys are info: a newer Compose may know them. Templates of
other tools and files of Compose's first edition are not looked at.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["dclint:invalid-yaml", "dclint:invalid-schema", "docker-ls:yaml-syntax"],
  references: [
    { title: "Compose file reference", url: "https://docs.docker.com/reference/compose-file/" },
    { title: "YAML 1.2", url: "https://yaml.org/spec/1.2.2/" },
  ],
  local: true,
  messages: {
    yaml: (problem: string) => `Compose cannot read this: ${problem}`,
    unknown: (key: string) => `Compose knows no key ${key} here, and refuses the file`,
    slip: (key: string, meant: string) => `Compose knows no key ${key} here, ${meant} perhaps`,
    shape: (name: string) => `Compose wants a map of keys for ${name}`,
  },
  bad: [
    {
      title: "a key twice",
      source: "services:\n  web:\n    image: app:1\n    «image»: app:2\n",
    },
    {
      title: "slips",
      source:
        "services:\n  web:\n    image: app:1\n    «read_onyl»: true\n    «enviroment»:\n      A: b\n«volume»:\n  data:\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    read_only: true\n    environment:\n      A: b\nvolumes:\n  data:\n",
    },
    {
      title: "unknown keys, and a service that is none",
      source: "services:\n  web:\n    image: app:1\n    «replicas»: 2\n  «db»: postgres\n«tasks»: {}\n",
    },
  ],
  good: [
    {
      title: "known keys and one's own",
      source:
        "name: shop\nx-common: &c\n  restart: always\nservices:\n  web:\n    <<: *c\n    image: app:1\n    x-note: mine\n  api: *c\n",
    },
    { title: "another tool's file", source: "version: 2\njobs:\n  build:\n    docker: []\n" },
    { title: "an empty file", source: "# later\n" },
  ],
  check(document, { report }) {
    for (const { span, message, effect } of document.tree.problems)
      if (effect === "syntax") report("yaml", [oneLine(message)], { at: firstLine(document, span) });
    // Where the text is broken, keys stand in other maps than they were meant for.
    if (document.form !== "spec" || document.tree.problems.length > 0) return;
    for (const { entry, slips, siblings } of unknownKeys(document)) {
      const [meant] = slips(entry.key);
      const shown = shorten(entry.key, 32);
      if (meant === undefined) {
        report("unknown", [shown], { at: entry.keySpan, severity: "info" });
      } else {
        const fixes = siblings.has(meant) ? [] : rename(document, entry, meant);
        report("slip", [shown, meant], { at: entry.keySpan, fixes });
      }
    }
    for (const { name, nameSpan, body } of document.services) {
      const node = resolveAlias(body);
      if (node.kind !== "map" && !isNull(node)) report("shape", [shorten(name, 40)], { at: nameSpan });
    }
  },
});

interface UnknownKey {
  readonly entry: YamlEntry;
  /** The known keys that it may be a slip of. */
  readonly slips: (wrong: string) => readonly string[];
  /** The keys of its map. */
  readonly siblings: ReadonlySet<string>;
}

const topSlips = nameSlips(topKeys);
const serviceSlips = nameSlips(serviceKeys);

function unknownKeys(document: ComposeDocument): readonly UnknownKey[] {
  const bodies = distinct(
    document,
    ({ body }) => [resolveAlias(body)],
    ({ span }) => span,
  );
  return [
    ...document.tree.documents.flatMap(({ root }) => unknownIn(root, topKeys, topSlips)),
    ...bodies.flatMap(({ part }) => unknownIn(part, serviceKeys, serviceSlips)),
  ];
}

function unknownIn(
  map: YamlNode,
  known: ReadonlySet<string>,
  slips: UnknownKey["slips"],
): readonly UnknownKey[] {
  const entries = entriesOf(map);
  const siblings = new Set(entries.map(({ key }) => key));
  return entries
    .filter(({ key }) => !known.has(key) && !key.startsWith("x-") && key !== "")
    .map((entry) => ({ entry, slips, siblings }));
}

function rename(document: ComposeDocument, { key, keySpan }: YamlEntry, meant: string): readonly Fix[] {
  if (document.text.slice(keySpan.start, keySpan.end) !== key) return [];
  return unsafeFix(`Write ${meant}`, replaceSpan(keySpan, meant));
}

/** What the parser says, without the place and the piece of the file that it may add. */
function oneLine(message: string): string {
  const [first = ""] = message.split(/[\r\n]/, 1);
  const text = first
    .replace(/\sat line \d{1,7}, column \d{1,7}:?\s*$/, "")
    .trimEnd()
    .replace(/[.:]$/, "");
  return shorten(text.charAt(0).toLowerCase() + text.slice(1), 80);
}

/** A problem of many lines is marked where it begins. */
function firstLine(document: ComposeDocument, { start, end }: Span): Span {
  const { end: lineEnd } = document.lines.contentOf(document.lines.at(start).line);
  return { start, end: Math.max(start, Math.min(end, lineEnd)) };
}
