import { removeField } from "../../documents/compose/edits";
import { textField } from "../../documents/compose/values";
import { defineRule } from "../../engine/rule";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-build-network-host",
  language: "compose",
  title: "Builds have a network of their own",
  why: `With \`build.network: host\` every step of the build has the network of the machine that builds: it reaches what
listens on its 127.0.0.1 (databases, an engine's API, a cloud's agent with the machine's credentials). The steps run
installers and scripts of packages, which nobody has read. The image also depends on what happens to run there.

Mostly a name could not be resolved: set the engine's \`dns\`, or \`build.extra_hosts\`. For a local package mirror,
publish it on an address that the build reaches. The fix removes the key.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.10", "cwe:653"],
  references: [
    {
      title: "Compose build specification: network",
      url: "https://docs.docker.com/reference/compose-file/build/#network",
    },
    cisDocker,
    cwe(653, "Improper isolation or compartmentalization"),
  ],
  local: true,
  messages: {
    host: (service: string) =>
      `Steps of the build of ${service} reach the 127.0.0.1 of the machine that builds`,
  },
  bad: [
    {
      title: "written out",
      source: 'services:\n  web:\n    build:\n      context: .\n      «network: "host"»\n',
      fixed: "services:\n  web:\n    build:\n      context: .\n",
    },
    {
      title: "from an anchor, once",
      source:
        "x-build: &build\n  context: .\n  «network: ${NET:-host}»\nservices:\n  a:\n    build: *build\n  b:\n    build:\n      <<: *build\n      target: b\n",
      fixed:
        "x-build: &build\n  context: .\nservices:\n  a:\n    build: *build\n  b:\n    build:\n      <<: *build\n      target: b\n",
    },
  ],
  good: [
    { title: "none", source: "services:\n  web:\n    build:\n      context: .\n      network: none\n" },
    {
      title: "the service's network, which is said elsewhere",
      source: "services:\n  web:\n    build: .\n    network_mode: host\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => (one.build === undefined ? undefined : textField(one.build.value.fields, "network")),
      (value) => value === "host",
    ))
      report("host", [shorten(service.name, 32)], {
        at: spanOfField(field),
        fixes: unsafeFix("Build on its own network", removeField(document, field)),
      });
  },
});
