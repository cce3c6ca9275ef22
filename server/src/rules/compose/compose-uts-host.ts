import { removeField } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-uts-host",
  language: "compose",
  title: "Every service has a host name of its own",
  why: `With \`uts: host\` a container shares the host's name: with SYS_ADMIN it can change it, under the feet of
certificates, clusters and logs that go by it.

What only wants to know the name can be told: \`hostname: "\${HOSTNAME}"\`, or an environment variable. The fix removes
the key.`,
  category: "privilege",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.21", "cis:5.21", "cwe:668"],
  references: [composeKey("uts"), cisDocker, cwe(668, "Exposure of resource to wrong sphere")],
  local: true,
  messages: {
    host: (service: string) => `${service} shares the host's name, which it may then be able to change`,
  },
  bad: [
    {
      title: "written out",
      source: "services:\n  web:\n    image: app:1\n    «uts: host»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "quoted, in flow style",
      source: 'services:\n  web: { image: "app:1", «uts: "host"» }\n',
      fixed: 'services:\n  web: { image: "app:1" }\n',
    },
  ],
  good: [
    { title: "a name", source: "services:\n  web:\n    image: app:1\n    hostname: host\n" },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    uts: ${UTS}\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.uts,
      (value) => value === "host",
    ))
      report("host", [shorten(service.name, 40)], {
        at: spanOfField(field),
        fixes: unsafeFix("Remove the host's name", removeField(document, field)),
      });
  },
});
