import type { ComposeDocument } from "../../documents/compose/model";
import { scalarOf, type YamlScalar } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { itemNodes } from "../shared/composeNodes";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-ports-unquoted",
  language: "compose",
  title: "Ports are written in quotes",
  why: `In YAML 1.1 two numbers with a colon are one number to the base of 60: \`22:22\` is 1342, so that a tool which reads it
so publishes another port, or none. Compose itself reads YAML 1.2 today, but linters, converters and older editions do not,
and a port such as \`3306\` becomes a number where text was meant.

Quotes end the doubt. Low where the number really has that other reading (all parts after the first below 60), else info:
for uniform writing only. The fix adds double quotes and changes nothing else.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["dclint:require-quotes-in-ports", "cwe:704"],
  references: [
    composeKey("ports"),
    { title: "YAML 1.1: integers to the base of 60", url: "https://yaml.org/type/int.html" },
    cwe(704, "Incorrect type conversion or cast"),
  ],
  local: true,
  messages: {
    sexagesimal: (port: string, number: string) =>
      `Without quotes ${port} is the number ${number} to tools that read YAML 1.1`,
    plain: (port: string) => `Without quotes ${port} may be read as something else than text`,
  },
  bad: [
    {
      title: "a number to the base of 60",
      source: "services:\n  git:\n    image: app:1\n    ports:\n      - «22:22» # ssh\n      - «2222:22»\n",
      fixed: 'services:\n  git:\n    image: app:1\n    ports:\n      - "22:22" # ssh\n      - "2222:22"\n',
    },
    {
      title: "others, and expose",
      source:
        "services:\n  web:\n    image: app:1\n    ports:\n      - «8080:80»\n      - «127.0.0.1:${PORT}:443/tcp»\n    expose: [«3000», '3001']\n",
      fixed:
        'services:\n  web:\n    image: app:1\n    ports:\n      - "8080:80"\n      - "127.0.0.1:${PORT}:443/tcp"\n    expose: ["3000", \'3001\']\n',
    },
    {
      title: "from an anchor, once",
      source:
        "x-p: &p\n  - «80:80»\nservices:\n  a:\n    image: x:1\n    ports: *p\n  b:\n    image: x:1\n    ports: *p\n",
      fixed:
        'x-p: &p\n  - "80:80"\nservices:\n  a:\n    image: x:1\n    ports: *p\n  b:\n    image: x:1\n    ports: *p\n',
    },
  ],
  good: [
    {
      title: "quoted",
      source:
        "services:\n  web:\n    image: app:1\n    ports: ['8080:80', \"443:443\"]\n    expose:\n      - '80'\n",
    },
    {
      title: "long form",
      source:
        "services:\n  web:\n    image: app:1\n    ports:\n      - target: 80\n        published: 8080\n",
    },
  ],
  check(document, { report }) {
    const items = itemNodes(document, ({ fields }) => [
      fields.get("ports")?.node,
      fields.get("expose")?.node,
    ]);
    for (const { part } of items) {
      const port = scalarOf(part);
      if (port?.style !== "plain") continue;
      const number = sexagesimal(port.value);
      const place = { at: port.span, fixes: quote(document, port) };
      const shown = shorten(port.value, 40);
      if (number === undefined) report("plain", [shown], { ...place, severity: "info" });
      else report("sexagesimal", [shown, `${number}`], place);
    }
  },
});

/** The value of `22:22` by YAML 1.1; undefined for what it takes for text. */
function sexagesimal(text: string): number | undefined {
  if (!/^[1-9]\d{0,5}(?::[0-5]?\d){1,3}$/.test(text)) return undefined;
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

function quote({ text }: ComposeDocument, { span, value, tag }: YamlScalar): readonly Fix[] {
  const written = text.slice(span.start, span.end);
  if (written !== value || /["\\]/.test(value) || tag !== undefined) return [];
  return [{ title: "Put the port in quotes", safety: "safe", edits: [replaceSpan(span, `"${value}"`)] }];
}
