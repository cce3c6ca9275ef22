import { removeField } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-network-mode-bridge",
  language: "compose",
  title: "Services are on networks of their project",
  why: `\`network_mode: bridge\` puts a container on the engine's default network, \`docker0\`, together with every container of
every other project that was started without a network: they all reach each other's ports, published or not. Names are
not resolved there either, which leads to \`links\` and fixed addresses.

Without the key, Compose makes a network for the project, where services find each other by name. The fix removes the
key; a service that relies on \`links\` to a container of another project must then join that one's network.`,
  category: "network",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.30", "owasp:RULE#5", "cis:5.30", "cwe:653"],
  references: [
    composeKey("network_mode"),
    { title: "Docker: bridge network driver", url: "https://docs.docker.com/engine/network/drivers/bridge/" },
    owaspDocker,
    cisDocker,
    cwe(653, "Improper isolation or compartmentalization"),
  ],
  local: true,
  messages: {
    bridge: (service: string) =>
      `${service} is on the engine's default network, within reach of other projects' containers`,
  },
  bad: [
    {
      title: "written out",
      source: "services:\n  web:\n    image: app:1\n    «network_mode: bridge»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "the first format",
      source: 'web:\n  image: app:1\n  «net: "bridge"»\n',
      fixed: "web:\n  image: app:1\n",
    },
    {
      title: "in flow style",
      source: "services:\n  web: { image: 'app:1', «network_mode: bridge» }\n",
      fixed: "services:\n  web: { image: 'app:1' }\n",
    },
  ],
  good: [
    {
      title: "a network of that driver",
      source:
        "services:\n  web:\n    image: app:1\n    networks: [front]\nnetworks:\n  front:\n    driver: bridge\n",
    },
    { title: "none", source: "services:\n  web:\n    image: app:1\n    network_mode: none\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.networkMode,
      (value) => value === "bridge",
    ))
      report("bridge", [shorten(service.name, 40)], {
        at: spanOfField(field),
        fixes: unsafeFix("Use the project's network", removeField(document, field)),
      });
  },
});
