import { addServiceKeys } from "../../documents/compose/edits";
import { distinct } from "../../documents/compose/select";
import { entriesOf, scalarOf, type YamlEntry } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { isWhole } from "../shared/composeHardening";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-ulimits-unset",
  language: "compose",
  title: "Open files and processes of a service are limited",
  why: `Without \`ulimits\` a service has the engine's limits, which on many machines are a million open files or none at all. A
program that forgets to close its connections then takes the kernel's memory, and some programs (old daemons that close
every possible file at the start) hang for minutes.

Write \`ulimits: { nofile: { soft: 1024, hard: 65536 } }\`. \`nproc\` counts the processes of a user over all containers, so
that \`pids_limit\` is the better limit there. The engine's configuration can set defaults for all (\`default-ulimits\`).

Nearly no file has it, and the engine's limits may well do: so that is info, and only in the profile that has every rule. A
limit written as -1 is low. The fix writes the figures above.`,
  category: "resources",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["docker-bench:5.19", "owasp:RULE#7", "cis:5.19", "cwe:770"],
  references: [
    composeKey("ulimits"),
    cisDocker,
    cwe(770, "Allocation of resources without limits or throttling"),
  ],
  local: true,
  messages: {
    missing: (service: string) => `${service} may open as many files as the engine allows, which may be all`,
    lifted: (service: string, what: string) => `${service} may have any number of ${what}`,
  },
  bad: [
    {
      title: "nothing said",
      source: "services:\n  «web»:\n    image: app:1\n",
      fixed: "services:\n  web:\n    image: app:1\n    ulimits: { nofile: { soft: 1024, hard: 65536 } }\n",
    },
    {
      title: "lifted",
      source:
        "services:\n  web:\n    image: app:1\n    ulimits:\n      «nofile»: -1\n      «nproc»:\n        soft: 100\n        hard: unlimited\n",
    },
  ],
  good: [
    { title: "limited", source: "services:\n  web:\n    image: app:1\n    ulimits: { nofile: 1024 }\n" },
    {
      title: "memory that is locked",
      source:
        "services:\n  es:\n    image: app:1\n    ulimits:\n      memlock: -1\n      nofile: { soft: 65535, hard: 65535 }\n",
    },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
  ],
  check(document, { report }) {
    for (const service of document.services) {
      if (!isWhole(service) || service.fields.has("ulimits")) continue;
      const value = "{ nofile: { soft: 1024, hard: 65536 } }";
      report("missing", [shorten(service.name, 40)], {
        at: service.nameSpan,
        fixes: unsafeFix("Limit open files", addServiceKeys(document, service, [{ key: "ulimits", value }])),
      });
    }
    for (const { service, part: entry } of distinct(
      document,
      (one) => entriesOf(one.fields.get("ulimits")?.node),
      (one) => one.keySpan,
    )) {
      const what = entry.key === "nofile" ? "open files" : entry.key === "nproc" ? "processes" : undefined;
      if (what !== undefined && isLifted(entry))
        report("lifted", [shorten(service.name, 40), what], { at: entry.keySpan, severity: "low" });
    }
  },
});

function isLifted({ value }: YamlEntry): boolean {
  const hard = value.kind === "map" ? entriesOf(value).find((one) => one.key === "hard")?.value : value;
  return /^(?:-1|unlimited|infinity)$/.test(scalarOf(hard)?.value ?? "");
}
