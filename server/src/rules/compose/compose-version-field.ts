import { removeField } from "../../documents/compose/edits";
import type { ComposeDocument } from "../../documents/compose/model";
import { entriesOf, type YamlEntry } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan, type TextEdit } from "../../text/edit";

export default defineRule({
  id: "compose-version-field",
  language: "compose",
  title: "The file does without the obsolete key version",
  why: `Compose has not read \`version:\` since its second edition, and warns of it at each start. It once told which keys a
file may use; readers take it for the version of the stack, or believe that a newer number brings a newer feature.

The fix removes the line, and a comment on it stays. It is safe where Compose starts the file. Where services have keys of
a Swarm below \`deploy:\`, it is not, since \`docker stack deploy\` of an older Docker refuses a file without the key.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["dclint:no-version-field"],
  references: [
    {
      title: "Compose file reference: version and name",
      url: "https://docs.docker.com/reference/compose-file/version-and-name/",
    },
  ],
  keys: ["deploy"],
  messages: {
    obsolete: () => "Compose takes no notice of version, and warns of it at each start",
  },
  bad: [
    {
      title: "at the top",
      source: '«version»: "3.8"\nservices:\n  web:\n    image: app:1\n',
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "with a comment",
      source: "# stack\n«version»: '2' # for the old tool\n\nservices:\n  web:\n    image: app:1\n",
      fixed: "# stack\n# for the old tool\n\nservices:\n  web:\n    image: app:1\n",
    },
    {
      title: "in flow style, and last",
      source: "{ services: { web: { image: app:1 } }, «version»: 3 }\n",
      fixed: "{ services: { web: { image: app:1 } } }\n",
    },
    {
      title: "for a Swarm, where the fix is not safe",
      source:
        '«version»: "3.8"\nservices:\n  web:\n    image: app:1\n    deploy:\n      placement:\n        constraints: [node.role == manager]\n',
      fixed:
        "services:\n  web:\n    image: app:1\n    deploy:\n      placement:\n        constraints: [node.role == manager]\n",
    },
  ],
  good: [
    { title: "none", source: "name: shop\nservices:\n  web:\n    image: app:1\n" },
    {
      title: "keys of that name elsewhere",
      source:
        'services:\n  version:\n    image: app:1\n    environment:\n      version: "3"\nx-a:\n  version: 1\n',
    },
    { title: "another tool's file", source: "version: 2\nupdates:\n  - package-ecosystem: docker\n" },
  ],
  check(document, { report }) {
    if (document.form === "not-compose" || document.form === "v1") return;
    for (const { root } of document.tree.documents)
      for (const entry of entriesOf(root))
        if (entry.key === "version")
          report("obsolete", [], { at: entry.keySpan, fixes: fixesFor(document, entry), tag: "deprecated" });
  },
});

function fixesFor(document: ComposeDocument, entry: YamlEntry): readonly Fix[] {
  const edit = removalOf(document, entry);
  const safety = document.services.some(isForSwarm) ? "unsafe" : "safe";
  return edit === undefined ? [] : [{ title: "Remove version", safety, edits: [edit] }];
}

function isForSwarm(service: ComposeDocument["services"][number]): boolean {
  return entriesOf(service.fields.get("deploy")?.node).some(({ key }) => key !== "resources");
}

/** A comment on the line stays, in the place of the key. */
function removalOf(
  document: ComposeDocument,
  { key, keySpan, value, pair }: YamlEntry,
): TextEdit | undefined {
  const { line } = document.lines.at(keySpan.start);
  const comment = document.comments.find((one) => one.line === line && one.span.start > keySpan.end);
  const between = document.text.slice(pair.value.span.end, comment?.span.start);
  if (comment !== undefined && between.trim() === "")
    return deleteSpan({ start: keySpan.start, end: comment.span.start });
  const valueSpan = value.span;
  return removeField(document, {
    name: key,
    keySpan,
    valueSpan,
    value,
    node: value,
    origin: { kind: "own" },
  });
}
