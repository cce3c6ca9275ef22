import type { ComposeDocument, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { entriesOf } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { addFirstKey } from "../shared/composeFirstKey";
import { unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-logging-none",
  language: "compose",
  title: "Logs are kept, and do not fill the disk",
  why: `With \`driver: none\` nothing of what a service says is kept: after an attack there is nothing to look at. With
\`driver: json-file\` and no \`max-size\` everything is kept in one file for ever, and whoever makes the service talk, with many
wrong logins for example, fills the host's disk until every other service stops.

Write \`driver: local\`, which keeps 100 MB in five files, or \`max-size\` and \`max-file\` below \`options:\`, or send logs to a
place of their own. A service that says nothing of its logs is not reported, since the engine's configuration decides.

The fix writes \`local\` for \`none\`, and \`max-size: "10m"\` otherwise. It is not safe: it takes room on the disk, or drops old
lines.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["cis:2.13", "cwe:778"],
  references: [
    composeKey("logging"),
    {
      title: "Docker: logging drivers",
      url: "https://docs.docker.com/engine/logging/configure/",
    },
    cisDocker,
    cwe(778, "Insufficient logging"),
  ],
  local: true,
  messages: {
    none: (service: string) => `Nothing that ${service} logs is kept, so an attack leaves no trace`,
    unbounded: (service: string) => `The log of ${service} grows until the disk of the host is full`,
  },
  bad: [
    {
      title: "none",
      source:
        "services:\n  a:\n    image: x:1\n    logging:\n      driver: «none» # quiet\n  b: { image: x:1, logging: { driver: «'none'» } }\n",
      fixed:
        "services:\n  a:\n    image: x:1\n    logging:\n      driver: local # quiet\n  b: { image: x:1, logging: { driver: local } }\n",
    },
    {
      title: "no limit",
      source:
        'services:\n  a:\n    image: x:1\n    logging:\n      driver: «json-file»\n  b:\n    image: x:1\n    logging:\n      driver: «"json-file"»\n      options:\n        max-file: "3"\n',
      fixed:
        'services:\n  a:\n    image: x:1\n    logging:\n      options: { max-size: "10m", max-file: "3" }\n      driver: json-file\n  b:\n    image: x:1\n    logging:\n      driver: "json-file"\n      options:\n        max-size: "10m"\n        max-file: "3"\n',
    },
    {
      title: "from an anchor, once",
      source:
        "x-l: &l\n  driver: «none»\nservices:\n  a:\n    image: x:1\n    logging: *l\n  b:\n    image: x:1\n    logging: *l\n",
      fixed:
        "x-l: &l\n  driver: local\nservices:\n  a:\n    image: x:1\n    logging: *l\n  b:\n    image: x:1\n    logging: *l\n",
    },
  ],
  good: [
    {
      title: "limited",
      source:
        "services:\n  a:\n    image: x:1\n    logging:\n      driver: json-file\n      options: { max-size: 10m, max-file: '3' }\n",
    },
    {
      title: "other drivers, and the engine's default",
      source:
        "services:\n  a:\n    image: x:1\n    logging:\n      driver: local\n  b:\n    image: x:1\n    logging: { driver: syslog }\n  c:\n    image: x:1\n  d:\n    image: x:1\n    logging:\n      driver: ${DRIVER}\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part } of distinct(document, faultsOf, ({ at }) => at))
      report(part.state, [shorten(service.name, 40)], {
        at: part.at,
        fixes: fixesFor(document, service, part),
      });
  },
});

interface Fault {
  readonly state: "none" | "unbounded";
  /** The driver's name. */
  readonly at: Span;
}

function faultsOf({ logging }: Service): readonly Fault[] {
  const driver = logging?.driver;
  if (logging === undefined || driver === undefined) return [];
  const name = driver.value?.trim();
  if (name === "none") return [{ state: "none", at: driver.span }];
  const isBounded = logging.options.some(
    (option) => option.name === "max-size" && option.value?.raw !== "-1",
  );
  return name === "json-file" && !isBounded ? [{ state: "unbounded", at: driver.span }] : [];
}

function fixesFor(document: ComposeDocument, service: Service, { state, at }: Fault): readonly Fix[] {
  if (state === "none") return unsafeFix("Keep logs with the driver local", replaceSpan(at, "local"));
  const field = service.fields.get("logging");
  const entries = entriesOf(field?.node);
  const options = entries.find((entry) => entry.key === "options");
  if (field === undefined || entries.some((entry) => entry.key === "<<")) return [];
  if (options !== undefined && entriesOf(options.value).some((entry) => entry.key === "max-size")) return [];
  const edit =
    options === undefined
      ? addFirstKey(document, field.keySpan, "options", '{ max-size: "10m", max-file: "3" }')
      : addFirstKey(document, options.keySpan, "max-size", '"10m"');
  return unsafeFix("Limit the log to 10 MB a file", edit);
}
