import type { PortMapping } from "../../documents/compose/model";
import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { isLoopback, isOpenToAll, publishedPorts } from "../shared/composePublished";
import { composeKey, protectSocket } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-docker-api-published",
  language: "compose",
  title: "No engine's interface is published",
  why: `Ports 2375, 2376 and 2377 belong to the Docker engine and its Swarm, 10250 to Kubernetes' kubelet. Whoever can talk to
such an interface starts a privileged container with the host's disk in it. 2375 asks for nothing at all, and robots that
look for it find an open one within the hour and mine with it; behind the others stands one certificate.

Other services of the file reach the port without \`ports:\`. From your own machine use
\`docker context create far --docker host=ssh://…\`.

Critical for 2375 on every address, high for the others and for one address of a network, medium on 127.0.0.1, where every
local user and every web page that tricks a browser reaches it. The fix removes the port. It is not safe: whoever came that
way is locked out.`,
  category: "network",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["owasp:RULE#1", "docksec:compose-port-bound-all-interfaces", "cis:2.7", "cwe:306"],
  references: [
    protectSocket,
    composeKey("ports"),
    owaspDocker,
    cisDocker,
    cwe(306, "Missing authentication for critical function"),
  ],
  local: true,
  messages: {
    published: (service: string, what: string) =>
      `Whoever reaches this port of ${service} commands ${what}, and so its host`,
  },
  bad: [
    {
      title: "the engine",
      source:
        'services:\n  docker:\n    image: docker:28-dind\n    ports:\n      - «"2375:2375"»\n      - "8080:80"\n  b:\n    image: x:1\n    ports: [«"10.0.0.5:3000:2376"»]\n',
      fixed:
        'services:\n  docker:\n    image: docker:28-dind\n    ports:\n      - "8080:80"\n  b:\n    image: x:1\n',
    },
    {
      title: "within a range, in long form, for this machine",
      source:
        "services:\n  a:\n    image: x:1\n    ports:\n      - «2370-2380:2370-2380»\n      - «target: 10250\n        published: 10250»\n      - «127.0.0.1:2375:2375»\n",
      fixed: "services:\n  a:\n    image: x:1\n",
    },
  ],
  good: [
    {
      title: "other ports",
      source:
        "services:\n  a:\n    image: x:1\n    ports: ['2375:80', '2374:2374', '2376:2376/udp', '${P}:${P}']\n",
    },
    {
      title: "for other services",
      source: "services:\n  a:\n    image: docker:28-dind\n    expose: ['2375']\n",
    },
    {
      title: "the host's network",
      source: "services:\n  a:\n    image: x:1\n    network_mode: host\n    ports: ['2375:2375']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: port } of publishedPorts(document)) {
      const found = interfaces.find(({ number }) => holds(port, number));
      if (found === undefined) continue;
      const isPlain = found.number === 2375;
      report("published", [shorten(service.name, 32), found.what], {
        at: port.span,
        severity: isLoopback(port) ? "medium" : isPlain && isOpenToAll(port) ? "critical" : "high",
        fixes: unsafeFix("Do not publish the port", removeItem(document, port.node)),
      });
    }
  },
});

const interfaces = [
  { number: 2375, what: "its Docker engine" },
  { number: 2376, what: "its Docker engine" },
  { number: 2377, what: "its Swarm" },
  { number: 10250, what: "its kubelet" },
] as const;

/** By the container's port, since that is what listens. */
function holds({ target, protocol }: PortMapping, number: number): boolean {
  return target !== "unknown" && target.from <= number && target.to >= number && protocol !== "udp";
}
