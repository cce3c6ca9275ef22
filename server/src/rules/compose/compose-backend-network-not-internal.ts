import type { ComposeDocument, Service } from "../../documents/compose/model";
import { createResolver } from "../../documents/compose/resolve";
import { itemsOf, scalarOf } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { addFirstKey } from "../shared/composeFirstKey";
import { unsafeFix } from "../shared/composeFix";
import { programBehind } from "../shared/composePrograms";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-backend-network-not-internal",
  language: "compose",
  title: "Networks of databases lead nowhere else",
  why: `A network on which databases, caches and brokers meet those who use them needs no way out. With \`internal: true\` the
engine gives it none: who breaks into the database cannot fetch tools or send data away, and a port that somebody
publishes by mistake stays closed.

Reported are networks where every service is a database or the like, by its image, or has another network for its
own way out, and where nothing is published. Databases that fetch plugins or send their backups away do need a way out. The
fix adds the key.`,
  category: "network",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["cis:5.30", "cwe:653"],
  references: [
    {
      title: "Compose file reference: internal",
      url: "https://docs.docker.com/reference/compose-file/networks/#internal",
    },
    cisDocker,
    cwe(653, "Improper isolation or compartmentalization"),
  ],
  keys: ["networks", "image", "build", "ports"],
  messages: {
    open: (network: string) => `Whoever breaks into a service of ${network} can send its data anywhere`,
  },
  bad: [
    {
      title: "an empty network",
      source:
        "services:\n  app:\n    build: .\n    networks: [front, back]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  «back»: # databases\n",
      fixed:
        "services:\n  app:\n    build: .\n    networks: [front, back]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back: # databases\n    internal: true\n",
    },
    {
      title: "with keys, and joined in map form",
      source:
        "services:\n  app:\n    build: .\n    networks: { front: , back: { aliases: [a] } }\n  db:\n    image: redis:8\n    networks:\n      back:\nnetworks:\n  front: {}\n  «back»:\n    driver: bridge\n",
      fixed:
        "services:\n  app:\n    build: .\n    networks: { front: , back: { aliases: [a] } }\n  db:\n    image: redis:8\n    networks:\n      back:\nnetworks:\n  front: {}\n  back:\n    internal: true\n    driver: bridge\n",
    },
  ],
  good: [
    {
      title: "internal",
      source:
        "services:\n  app:\n    build: .\n    networks: [front, back]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back:\n    internal: true\n",
    },
    {
      title: "the only network of a service that may need a way out",
      source:
        "services:\n  app:\n    build: .\n    networks: [back]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  back:\n",
    },
    {
      title: "something is published",
      source:
        "services:\n  app:\n    build: .\n    networks: [front, back]\n  db:\n    image: postgres:17\n    networks: [back]\n    ports: ['127.0.0.1:5432:5432']\nnetworks:\n  front:\n  back:\n",
    },
    {
      title: "made elsewhere",
      source:
        "services:\n  app:\n    build: .\n    networks: [front, back]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back: { external: true }\n",
    },
  ],
  check(document, { report }) {
    if (document.networks.length === 0) return;
    const members = membersOf(document);
    for (const { name, nameSpan, fields } of document.networks) {
      const joined = members.get(name) ?? [];
      if (fields.has("internal") || fields.has("external") || joined.length < 2) continue;
      if (!joined.some(({ service }) => isStore(service)) || !joined.every(needsNoWayOut)) continue;
      report("open", [shorten(name, 40)], {
        at: nameSpan,
        fixes: unsafeFix("Make the network internal", addFirstKey(document, nameSpan, "internal", "true")),
      });
    }
  },
});

interface Member {
  readonly service: Service;
  /** How many networks it has. */
  readonly networks: number;
}

function membersOf(document: ComposeDocument): ReadonlyMap<string, readonly Member[]> {
  const { fieldsOf } = createResolver();
  const members = new Map<string, Member[]>();
  for (const service of document.services) {
    const node = service.fields.get("networks")?.node;
    const names =
      node?.kind === "map"
        ? [...fieldsOf(node).keys()]
        : itemsOf(node).flatMap((item) => scalarOf(item)?.value ?? []);
    for (const name of names)
      members.set(name, [...(members.get(name) ?? []), { service, networks: names.length }]);
  }
  return members;
}

function isStore(service: Service): boolean {
  return programBehind(service)?.kind === "store";
}

function needsNoWayOut({ service, networks }: Member): boolean {
  return isStore(service) ? service.ports.length === 0 : networks > 1 && service.complete;
}
