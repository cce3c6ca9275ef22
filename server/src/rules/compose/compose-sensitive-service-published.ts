import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { bindToLoopback } from "../shared/composeLoopback";
import { programBehind } from "../shared/composePrograms";
import { isOpenToAll, nameOfPort, publishedPorts } from "../shared/composePublished";
import { composeKey, portPublishing } from "../shared/composeReferences";
import { sensitivePort } from "../shared/composeSensitivePorts";
import { siblingsUsing } from "../shared/composeSiblings";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-sensitive-service-published",
  language: "compose",
  title: "Databases, caches, brokers and search engines are not open to every network",
  why: `A database that is published without an address is open on every address of the host, past ufw and firewalld. Many
ask for no password (Redis, MongoDB and Memcached as their images come), others have one that everybody knows. Such
servers are found within hours, emptied and held to ransom.

Other services of the file reach it by its name, without \`ports:\`; those that do are shown beside the finding, and the
second fix takes the port away. For your own tools, bind it to 127.0.0.1, which is what the first fix does.

This rule tells what runs by its image, whatever the port. Where the port alone says it (5432, 6379, 27017 and the like),
\`compose-port-all-interfaces\` does; consoles are reported by \`compose-admin-ui-insecure\`.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:container_traffic_not_bound_to_host_interface",
    "docker-bench:5.14",
    "dclint:no-unbound-port-interfaces",
    "owasp:RULE#5a",
    "docksec:compose-port-bound-all-interfaces",
    "cis:5.14",
    "cwe:668",
    "cwe:306",
  ],
  references: [
    portPublishing,
    composeKey("ports"),
    cisDocker,
    cwe(306, "Missing authentication for critical function"),
  ],
  keys: ["ports", "network_mode", "net", "image", "build", "environment", "depends_on"],
  messages: {
    open: (program: string, port: string) =>
      `${program} is open on every address of the host at port ${port}, past its firewall`,
  },
  bad: [
    {
      title: "a port that says nothing",
      source:
        'services:\n  search:\n    image: getmeili/meilisearch:v1.15\n    ports:\n      - «"7700:7700"»\n',
      fixed:
        'services:\n  search:\n    image: getmeili/meilisearch:v1.15\n    ports:\n      - "127.0.0.1:7700:7700"\n',
    },
    {
      title: "ports in variables, and every address written out",
      source:
        'services:\n  db:\n    image: postgres:17\n    ports: [«"${DB_PORT}:${DB_PORT}"»]\n  s3:\n    image: quay.io/minio/minio:2025\n    ports:\n      - «0.0.0.0:9000:9000»\n',
      fixed:
        'services:\n  db:\n    image: postgres:17\n    ports: ["127.0.0.1:${DB_PORT}:${DB_PORT}"]\n  s3:\n    image: quay.io/minio/minio:2025\n    ports:\n      - 127.0.0.1:9000:9000\n',
    },
    {
      title: "long form",
      source:
        "services:\n  vec:\n    image: qdrant/qdrant:v1.14\n    ports:\n      - «target: 6333\n        published: 6333»\n",
      fixed:
        "services:\n  vec:\n    image: qdrant/qdrant:v1.14\n    ports:\n      - target: 6333\n        published: 6333\n        host_ip: 127.0.0.1\n",
    },
  ],
  good: [
    {
      title: "one address",
      source:
        "services:\n  search:\n    image: getmeili/meilisearch:v1.15\n    ports: ['127.0.0.1:7700:7700', '10.0.0.5:7701:7700']\n",
    },
    {
      title: "a port that says it, which is said elsewhere",
      source: "services:\n  db:\n    image: postgres:17\n    ports: ['5432:5432']\n",
    },
    {
      title: "another program",
      source: "services:\n  web:\n    image: nginx:1.29\n    ports: ['8080:80']\n",
    },
    {
      title: "for other services",
      source: "services:\n  s:\n    image: getmeili/meilisearch:v1.15\n    expose: ['7700']\n",
    },
    { title: "built here", source: "services:\n  redis:\n    build: .\n    ports: ['8000:8000']\n" },
  ],
  check(document, { report }) {
    for (const { service, part: port } of publishedPorts(document)) {
      const program = programBehind(service);
      if (program?.kind !== "store" || !isOpenToAll(port) || sensitivePort(port) !== undefined) continue;
      const siblings = siblingsUsing(document, service, port);
      report("open", [program.name, shorten(nameOfPort(port), 24)], {
        at: port.span,
        severity: port.published === undefined ? "low" : "medium",
        related: siblings.related,
        fixes: [...unsafeFix("Bind to 127.0.0.1", bindToLoopback(document, port)), ...siblings.fixes],
      });
    }
  },
});
