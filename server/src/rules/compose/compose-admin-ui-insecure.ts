import type { Service, Text } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { bindToLoopback } from "../shared/composeLoopback";
import { removeNamed } from "../shared/composeNamed";
import { programBehind } from "../shared/composePrograms";
import { isOpenToAll, nameOfPort, publishedPorts } from "../shared/composePublished";
import { composeKey, portPublishing } from "../shared/composeReferences";
import { sensitivePort } from "../shared/composeSensitivePorts";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-admin-ui-insecure",
  language: "compose",
  title: "Consoles are not open to every network",
  why: `Adminer, phpMyAdmin, mongo-express, Portainer, Kafka UI and other consoles are made to change everything in what they
manage. Some ask for no password at all, the others have a login page with a long list of known holes. Published without
an address they are open on every address of the host, past its firewall: medium.

Traefik's \`--api.insecure=true\` serves its dashboard and API on a port of their own without a login, which shows every
route and service: high where that port (8080) is published to all, else low.

Bind consoles to 127.0.0.1 and come through SSH or a VPN, or put them behind a proxy that asks who one is. Keep them out
of production: \`profiles: [debug]\`. The fix binds to 127.0.0.1, or removes the option.`,
  category: "network",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [
    "kics:container_traffic_not_bound_to_host_interface",
    "dclint:no-unbound-port-interfaces",
    "cis:5.14",
    "cwe:306",
  ],
  references: [
    portPublishing,
    composeKey("ports"),
    {
      title: "Traefik: API and dashboard",
      url: "https://doc.traefik.io/traefik/reference/install-configuration/api-dashboard/",
    },
    cisDocker,
    cwe(306, "Missing authentication for critical function"),
  ],
  local: true,
  messages: {
    console: (program: string, port: string) =>
      `${program}, which manages other services, is open on every address of the host at port ${port}`,
    traefik: (service: string) => `The dashboard and API of ${service} ask nobody for a password`,
  },
  bad: [
    {
      title: "a database's console",
      source: "services:\n  admin:\n    image: phpmyadmin:5\n    ports:\n      - «8080:80»\n",
      fixed: "services:\n  admin:\n    image: phpmyadmin:5\n    ports:\n      - 127.0.0.1:8080:80\n",
    },
    {
      title: "of another registry, in flow style",
      source:
        'services:\n  ui: { image: "docker.io/provectuslabs/kafka-ui:v0.7.2", ports: [«"8080:8080"»] }\n',
      fixed:
        'services:\n  ui: { image: "docker.io/provectuslabs/kafka-ui:v0.7.2", ports: ["127.0.0.1:8080:8080"] }\n',
    },
    {
      title: "Traefik's",
      source:
        'services:\n  proxy:\n    image: traefik:v3.5\n    command:\n      - --providers.docker\n      - «"--api.insecure=true"»\n    ports: ["80:80", "8080:8080"]\n',
      fixed:
        'services:\n  proxy:\n    image: traefik:v3.5\n    command:\n      - --providers.docker\n    ports: ["80:80", "8080:8080"]\n',
    },
    {
      title: "Traefik's, by its environment and on one line",
      source:
        "services:\n  a:\n    image: traefik:v3.5\n    environment:\n      «TRAEFIK_API_INSECURE: true»\n      TZ: UTC\n  b:\n    image: traefik:v3.5\n    command: «--api.insecure --providers.docker»\n",
      fixed:
        "services:\n  a:\n    image: traefik:v3.5\n    environment:\n      TZ: UTC\n  b:\n    image: traefik:v3.5\n    command: --api.insecure --providers.docker\n",
    },
  ],
  good: [
    {
      title: "one address",
      source: "services:\n  admin:\n    image: adminer:5\n    ports: ['127.0.0.1:8080:8080']\n",
    },
    {
      title: "behind a proxy",
      source: "services:\n  admin:\n    image: adminer:5\n    labels: [traefik.enable=true]\n",
    },
    {
      title: "a dashboard with a login",
      source:
        "services:\n  proxy:\n    image: traefik:v3.5\n    command: [--api.dashboard=true, --api.insecure=false]\n",
    },
    {
      title: "another program",
      source:
        "services:\n  web:\n    image: nginx:1.29\n    ports: ['8080:80']\n    command: [--api.insecure=true]\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: port } of publishedPorts(document)) {
      const program = programBehind(service);
      if (program?.kind !== "console" || !isOpenToAll(port) || sensitivePort(port) !== undefined) continue;
      report("console", [program.name, shorten(nameOfPort(port), 16)], {
        at: port.span,
        severity: "medium",
        fixes: unsafeFix("Bind to 127.0.0.1", bindToLoopback(document, port)),
      });
    }
    for (const { service, part: word } of distinct(document, insecureWords, (one) => one.span))
      report("traefik", [shorten(service.name, 40)], {
        at: word.span,
        severity: publishesDashboard(service) ? "high" : "low",
        fixes: unsafeFix("Remove the option", removeItem(document, word.node)),
      });
    for (const { service, part: named } of distinct(
      document,
      (one) => (isTraefik(one) ? one.environment : []),
      (one) => one.span,
    )) {
      if (named.name !== "TRAEFIK_API_INSECURE" || named.value?.value?.toLowerCase() !== "true") continue;
      report("traefik", [shorten(service.name, 40)], {
        at: named.span,
        severity: publishesDashboard(service) ? "high" : "low",
        fixes: unsafeFix("Remove the variable", removeNamed(document, named)),
      });
    }
  },
});

function isTraefik(service: Service): boolean {
  return /(?:^|\/)traefik$/.test(service.image?.value.reference?.path ?? "");
}

function insecureWords(service: Service): readonly Text[] {
  if (!isTraefik(service)) return [];
  return (service.command?.value.words ?? []).filter((word) =>
    /(?:^|\s)--api\.insecure(?:=true)?(?:\s|$)/i.test(word.raw),
  );
}

/** Whether the port of the dashboard, 8080, is open to all; it is unless the entry point `traefik` moves it. */
function publishesDashboard(service: Service): boolean {
  return service.ports.some(
    (port) =>
      isOpenToAll(port) && port.target !== "unknown" && port.target.from <= 8080 && port.target.to >= 8080,
  );
}
