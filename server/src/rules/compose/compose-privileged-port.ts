import type { PortMapping, PortRange } from "../../documents/compose/model";
import { defineRule } from "../../engine/rule";
import { publishedPorts } from "../shared/composePublished";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "compose-privileged-port",
  language: "compose",
  title: "Services use ports from 1024 up",
  why: `Ports below 1024 are those of a system's own services, and by custom only root may open them. A service that opens one
in the container starts as root or keeps NET_BIND_SERVICE, and one that takes the host's can stand in for the host's own
mail, name or login service.

Let the program listen on a port such as 8080, and put a proxy before it that alone has 80 and 443. Nearly every web
server's image listens on 80, so the rule is in the profile of the CIS benchmark alone, where 80 and 443 are info. There
is no fix, since the program's configuration names the port too.`,
  category: "network",
  severity: "low",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["kics:privileged_ports_mapped_in_container", "docker-bench:5.8", "cis:5.8", "cwe:269"],
  references: [composeKey("ports"), cisDocker, cwe(269, "Improper privilege management")],
  local: true,
  messages: {
    host: (port: string) => `Port ${port} of the host is one of the system's own, below 1024`,
    container: (port: string) => `To open port ${port}, below 1024, the service needs a right of root's`,
  },
  bad: [
    {
      title: "of the host and of the container",
      source:
        'services:\n  web:\n    build: .\n    ports:\n      - «"80:8080"»\n      - «8025:25»\n      - «443»\n      - «"127.0.0.1:53:53/udp"»\n',
    },
    {
      title: "a range, and the long form",
      source:
        "services:\n  web:\n    build: .\n    ports:\n      - «1000-1030:2000-2030»\n      - «target: 22\n        published: 2222»\n",
    },
  ],
  good: [
    {
      title: "above",
      source: "services:\n  web:\n    build: .\n    ports: ['8080:8080', '1024:1024', '127.0.0.1::3000']\n",
    },
    { title: "in variables", source: "services:\n  web:\n    build: .\n    ports: ['${PORT}:${PORT}']\n" },
    {
      title: "the host's network",
      source: "services:\n  web:\n    build: .\n    network_mode: host\n    ports: ['80:80']\n",
    },
  ],
  check(document, { report }) {
    for (const { part: port } of publishedPorts(document)) {
      const ofHost = privileged(port.published);
      const low = ofHost ?? privileged(port.target);
      if (low === undefined) continue;
      report(ofHost === undefined ? "container" : "host", [`${low}`], {
        at: port.span,
        severity: low === 80 || low === 443 ? "info" : "low",
      });
    }
  },
});

function privileged(range: PortMapping["published"]): number | undefined {
  return range !== undefined && range !== "unknown" && isLow(range) ? range.from : undefined;
}

function isLow({ from }: PortRange): boolean {
  return from > 0 && from < 1024;
}
