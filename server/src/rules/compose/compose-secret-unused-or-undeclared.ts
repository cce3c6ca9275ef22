import { removeField } from "../../documents/compose/edits";
import type { ComposeDocument } from "../../documents/compose/model";
import {
  entriesOf,
  scalarOf,
  type YamlEntry,
  type YamlNode,
  type YamlScalar,
} from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { unsafeFix } from "../shared/composeFix";
import { itemNodes } from "../shared/composeNodes";
import { composeKey, composeSecrets } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-secret-unused-or-undeclared",
  language: "compose",
  title: "Every secret is declared, granted, and for its reader alone",
  why: `Compose refuses a file that grants a secret which is declared nowhere. One that is declared and granted to nobody is a file
with a password that lies about for nothing, or a service that gets its password in another way than somebody believes. And a
\`mode:\` with rights for all lets every process in the container read it, that of a compromised helper too.

Nothing is said of unused and undeclared secrets where other files take part: \`include\`, an \`extends\` from a file, or
services without image and build. The fix removes an unused declaration or writes \`mode: "0400"\`. It is not safe: another
file may use the one, and a program that does not run as the owner cannot read the other.`,
  category: "secrets",
  severity: "low",
  marksNoSecret: true,
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:7.4", "cwe:732"],
  references: [
    composeSecrets,
    composeKey("secrets"),
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  keys: ["secrets", "build"],
  messages: {
    unused: (secret: string) => `The secret ${secret} is granted to no service`,
    undeclared: (secret: string) => `The secret ${secret} is declared nowhere, so Compose does not start`,
    readable: (mode: string) => `With mode ${mode} every process in the container reads the secret`,
  },
  bad: [
    {
      title: "unused",
      source:
        "services:\n  a:\n    image: x:1\n    secrets: [db]\nsecrets:\n  db:\n    file: ./db.txt\n  «old»:\n    file: ./old.txt\n",
      fixed: "services:\n  a:\n    image: x:1\n    secrets: [db]\nsecrets:\n  db:\n    file: ./db.txt\n",
    },
    {
      title: "undeclared",
      source:
        "services:\n  a:\n    image: x:1\n    secrets:\n      - «db»\n      - source: «key»\n        target: /k\n  b:\n    build:\n      context: .\n      secrets: [«npm»]\n",
    },
    {
      title: "for all",
      source:
        'services:\n  a:\n    image: x:1\n    secrets:\n      - source: db\n        mode: «0444»\n      - { source: db, mode: «"0o644"» }\nsecrets:\n  db:\n    environment: DB\n',
      fixed:
        'services:\n  a:\n    image: x:1\n    secrets:\n      - source: db\n        mode: "0400"\n      - { source: db, mode: "0400" }\nsecrets:\n  db:\n    environment: DB\n',
    },
  ],
  good: [
    {
      title: "as it should be",
      source:
        "services:\n  a:\n    image: x:1\n    secrets:\n      - db\n      - source: key\n        mode: 0440\n  b:\n    build:\n      context: .\n      secrets:\n        - npm\n        - source: pip\nsecrets:\n  db:\n    file: ./db.txt\n  key:\n    external: true\n  npm:\n    environment: NPM_TOKEN\n  pip:\n    file: ./pip.conf\n",
    },
    {
      title: "with other files",
      source:
        "include: [other.yaml]\nservices:\n  a:\n    image: x:1\n    secrets: [db]\nsecrets:\n  key:\n    file: ./key\n",
    },
  ],
  check(document, { report }) {
    const grants = grantsIn(document);
    for (const { mode } of grants)
      if (mode !== undefined && /^0o?[0-7]{2,3}[1-7]$/.test(mode.value))
        report("readable", [mode.value], {
          at: mode.span,
          fixes: unsafeFix("For the owner alone", replaceSpan(mode.span, '"0400"')),
        });
    if (!isAlone(document)) return;
    const declared = new Set(document.secrets.map(({ name }) => name));
    const granted = new Set(grants.map(({ name }) => name.value));
    for (const { name } of grants)
      if (!declared.has(name.value) && !name.value.includes("$"))
        report("undeclared", [shorten(name.value, 40)], { at: name.span });
    if ([...granted].some((name) => name.includes("$"))) return;
    const declarations = declarationsIn(document);
    for (const { name, nameSpan } of document.secrets)
      if (!granted.has(name))
        report("unused", [shorten(name, 40)], {
          at: nameSpan,
          tag: "unnecessary",
          fixes: removal(document, declarations.get(name)),
        });
  },
});

interface Grant {
  readonly name: YamlScalar;
  readonly mode: YamlScalar | undefined;
}

function grantsIn(document: ComposeDocument): readonly Grant[] {
  const items = itemNodes(document, ({ fields, build }) => [
    fields.get("secrets")?.node,
    build?.value.fields.get("secrets")?.node,
  ]);
  return items.flatMap(({ part }) => grantOf(part) ?? []);
}

function grantOf(item: YamlNode): Grant | undefined {
  const part = (key: string): YamlScalar | undefined =>
    scalarOf(entriesOf(item).find((entry) => entry.key === key)?.value);
  const name = item.kind === "map" ? part("source") : scalarOf(item);
  return name === undefined ? undefined : { name, mode: part("mode") };
}

/** Whether the file shows all services and secrets that there are. */
function isAlone({ services, includes, form, problems, project }: ComposeDocument): boolean {
  if (
    form !== "spec" ||
    project.files.some(({ kind }) => kind === "compose") ||
    includes.length > 0 ||
    problems.length > 0
  )
    return false;
  return services.length > 0 && services.every(({ overlay, complete }) => complete && !overlay);
}

/** Where each secret is declared; the first place of a name that is declared twice. */
function declarationsIn(document: ComposeDocument): ReadonlyMap<string, YamlEntry> {
  const entries = document.tree.documents
    .flatMap(({ root }) => entriesOf(root).filter(({ key }) => key === "secrets"))
    .flatMap(({ value }) => entriesOf(value).map((entry): [string, YamlEntry] => [entry.key, entry]));
  return new Map(entries.reverse());
}

function removal(document: ComposeDocument, entry: YamlEntry | undefined): readonly Fix[] {
  if (entry === undefined) return [];
  const { key: name, keySpan, value } = entry;
  const field = {
    name,
    keySpan,
    valueSpan: value.span,
    value,
    node: value,
    origin: { kind: "own" },
  } as const;
  return unsafeFix("Remove the declaration", removeField(document, field));
}
