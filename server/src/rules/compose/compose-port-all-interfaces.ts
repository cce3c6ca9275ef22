import { defineRule } from "../../engine/rule";
import { servesSsh } from "../shared/composeAgents";
import { unsafeFix } from "../shared/composeFix";
import { bindToLoopback } from "../shared/composeLoopback";
import { programBehind } from "../shared/composePrograms";
import { isOpenToAll, nameOfPort, publishedPorts } from "../shared/composePublished";
import { composeKey, portPublishing } from "../shared/composeReferences";
import { sensitivePort } from "../shared/composeSensitivePorts";
import { siblingsUsing } from "../shared/composeSiblings";
import { cisDocker, cwe } from "../shared/references";
import { knownImage } from "../shared/serviceNeeds";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-port-all-interfaces",
  language: "compose",
  title: "Published ports say which of the host's addresses they are for",
  why: `\`"5432:5432"\` opens the port on every address of the host, that of the café's network and the public one
included, and Docker writes its own firewall rules before those of ufw and firewalld: a port that the firewall seems
to close is open. Databases found that way are emptied and held to ransom within hours.

Write \`127.0.0.1:5432:5432\` for what only you use, or no \`ports:\` at all where only other services connect: they
reach each other by name. Debuggers, databases, caches, brokers and consoles are medium; other ports are low, since a
web server's 443 may be meant for everybody, and so are SSH of Git servers and ports for which Docker picks the host's. Then write \`0.0.0.0\` out in an ignore comment's reason, or the address
of the one interface.

Nothing is reported where the address is in a variable or its default, and for the host's network, where Compose
ignores ports. The fix binds to 127.0.0.1, from where other machines cannot connect.`,
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
    "cwe:693",
  ],
  references: [
    portPublishing,
    composeKey("ports"),
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  keys: ["ports", "network_mode", "net", "image", "build", "environment", "depends_on"],
  messages: {
    sensitive: (port: string, what: string) =>
      `Port ${port}, usually ${what}, is open on every address of the host, past its firewall`,
    other: (port: string) => `Port ${port} is open on every address of the host, past its firewall`,
  },
  bad: [
    {
      title: "a database",
      source: 'services:\n  db:\n    image: postgres:17\n    ports:\n      - «"5432:5432"»\n',
      fixed: 'services:\n  db:\n    image: postgres:17\n    ports:\n      - "127.0.0.1:5432:5432"\n',
    },
    {
      title: "unquoted, a range, and only the container's port",
      source:
        "services:\n  web:\n    build: .\n    ports:\n      - «8080:80»\n      - «3000-3005:3000-3005»\n      - «9229»\n",
      fixed:
        "services:\n  web:\n    build: .\n    ports:\n      - 127.0.0.1:8080:80\n      - 127.0.0.1:3000-3005:3000-3005\n      - 127.0.0.1::9229\n",
    },
    {
      title: "every address written out",
      source:
        "services:\n  db:\n    image: app:1\n    ports: [«'0.0.0.0:6379:6379'», «\"[::]:53:53/udp\"»]\n",
      fixed: "services:\n  db:\n    image: app:1\n    ports: ['127.0.0.1:6379:6379', \"[::1]:53:53/udp\"]\n",
    },
    {
      title: "long form",
      source: "services:\n  web:\n    build: .\n    ports:\n      - «target: 80\n        published: 8080»\n",
      fixed:
        "services:\n  web:\n    build: .\n    ports:\n      - target: 80\n        published: 8080\n        host_ip: 127.0.0.1\n",
    },
    {
      title: "the port in a variable",
      source:
        'services:\n  db:\n    image: app:1\n    ports:\n      - «"${DB_PORT:-3306}:3306"»\n      - «"${WEB_PORT}:80"»\n',
      fixed:
        'services:\n  db:\n    image: app:1\n    ports:\n      - "127.0.0.1:${DB_PORT:-3306}:3306"\n      - "127.0.0.1:${WEB_PORT}:80"\n',
    },
  ],
  good: [
    {
      title: "one address",
      source:
        "services:\n  db:\n    image: postgres:17\n    ports: ['127.0.0.1:5432:5432', '127.0.0.1::80', '[::1]:53:53/udp']\n",
    },
    {
      title: "in the default of a variable",
      source: "services:\n  web:\n    build: .\n    ports: ['${FORWARD:-127.0.0.1:8000}:8000']\n",
    },
    {
      title: "in a variable",
      source: "services:\n  web:\n    build: .\n    ports: ['${BIND}:8000', '${IP}:80:80']\n",
    },
    {
      title: "the host's network",
      source: "services:\n  web:\n    build: .\n    network_mode: host\n    ports: ['80:80']\n",
    },
    {
      title: "a port of a program that the image tells, which is said elsewhere",
      source: "services:\n  admin:\n    image: adminer:5\n    ports: ['8080:8080']\n",
    },
    {
      title: "only for other services",
      source: "services:\n  db:\n    image: postgres:17\n    expose: ['5432']\n",
    },
    {
      title: "long form",
      source:
        "services:\n  web:\n    build: .\n    ports:\n      - target: 80\n        published: 8080\n        host_ip: 127.0.0.1\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: port } of publishedPorts(document)) {
      if (!isOpenToAll(port)) continue;
      const what = sensitivePort(port);
      const fixes = unsafeFix("Bind to 127.0.0.1", bindToLoopback(document, port));
      const shown = shorten(nameOfPort(port), 24);
      // A port that Docker picks anew at each start is not found by those who look for the known one.
      const severity = port.published === undefined ? "low" : "medium";
      // What the image says of a port is said by the rules that know it.
      if (what === undefined && programBehind(service) !== undefined) continue;
      // A proxy asks who comes in before it passes anything on to what usually listens there.
      const isMeant = knownImage(service)?.isFrontDoor === true || (what === "SSH" && servesSsh(service));
      if (what === undefined || isMeant) {
        report("other", [shown], { at: port.span, fixes, severity: "low" });
        continue;
      }
      const siblings = siblingsUsing(document, service, port);
      report("sensitive", [shown, what], {
        at: port.span,
        severity,
        related: siblings.related,
        fixes: [...fixes, ...siblings.fixes],
      });
    }
  },
});
