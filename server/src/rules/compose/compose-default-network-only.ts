import { defineRule } from "../../engine/rule";
import { isWhole } from "../shared/composeHardening";
import { programBehind } from "../shared/composePrograms";
import { isLoopback } from "../shared/composePublished";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

/** With fewer, a network of one's own for each pair is what they have already. */
const fewestServices = 3;

export default defineRule({
  id: "compose-default-network-only",
  language: "compose",
  title: "Services reach only those that they need",
  why: `Without \`networks:\` all services of a file are on one network, where each reaches every port of each other. Whoever
breaks into the web server in front then stands before the database, the cache and every console behind it.

Make networks for those that need each other, and join only these: \`front\` for the proxy and the application, \`back\`
for the application and its database, the latter with \`internal: true\`.

One mark for the whole file, where at least three services share the default network, one of them is published, and
one is a database or the like. There is no fix, since the file does not say who talks to whom.`,
  category: "network",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: [
    "docker-bench:5.30",
    "owasp:RULE#5",
    "docksec:compose-no-network-segmentation",
    "cis:5.30",
    "cwe:653",
  ],
  references: [
    {
      title: "Docker: networking in Compose, custom networks",
      url: "https://docs.docker.com/compose/how-tos/networking/#specify-custom-networks",
    },
    owaspDocker,
    cisDocker,
    cwe(653, "Improper isolation or compartmentalization"),
  ],
  keys: ["networks", "image", "build", "provider", "ports", "network_mode", "net"],
  messages: {
    shared: (front: string, store: string, count: number) =>
      `${front}, which others reach, shares one network with ${store} and all ${count} services`,
  },
  bad: [
    {
      title: "three services",
      source:
        "services:\n  «proxy»:\n    image: nginx:1.29\n    ports: ['80:80']\n  app:\n    build: .\n  db:\n    image: postgres:17\n",
    },
    {
      title: "the published one is not the first",
      source:
        "services:\n  db:\n    image: mongo:8\n  app:\n    build: .\n  «web»:\n    build: web\n    ports:\n      - 443:443\n  cache:\n    image: redis:8\n",
    },
  ],
  good: [
    {
      title: "networks",
      source:
        "services:\n  proxy:\n    image: nginx:1.29\n    ports: ['80:80']\n    networks: [front]\n  app:\n    build: .\n    networks: [front, back]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back:\n",
    },
    {
      title: "two services",
      source: "services:\n  app:\n    build: .\n    ports: ['80:80']\n  db:\n    image: postgres:17\n",
    },
    {
      title: "only this machine reaches it",
      source:
        "services:\n  proxy:\n    image: nginx:1.29\n    ports: ['127.0.0.1:80:80']\n  app:\n    build: .\n  db:\n    image: postgres:17\n",
    },
    {
      title: "the first format, which has no networks",
      source:
        "proxy:\n  image: nginx:1.29\n  ports: ['80:80']\napp:\n  build: .\ndb:\n  image: postgres:17\n",
    },
  ],
  check(document, { report }) {
    const { services } = document;
    if (document.form !== "spec" || services.length < fewestServices || !services.every(isWhole)) return;
    if (services.some((service) => service.fields.has("networks") || service.networkMode !== undefined))
      return;
    const front = services.find((service) => service.ports.some((port) => !isLoopback(port)));
    const store = services.find((service) => service !== front && programBehind(service)?.kind === "store");
    if (front === undefined || store === undefined) return;
    report("shared", [shorten(front.name, 24), shorten(store.name, 24), services.length], {
      at: front.nameSpan,
    });
  },
});
