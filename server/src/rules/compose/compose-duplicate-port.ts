import type { ComposeDocument, PortMapping, PortRange, Service } from "../../documents/compose/model";
import { placeIn } from "../../documents/compose/places";
import { defineRule } from "../../engine/rule";
import { maxEntriesOfPort, maxPortsCompared } from "../../ruleLimits";
import type { Span } from "../../text/span";
import { mayRunTogether } from "../shared/composeProfiles";
import { isOpenToAll, nameOfRange, publishedPorts } from "../shared/composePublished";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-duplicate-port",
  language: "compose",
  title: "Each port of the host is published once",
  why: `A port of the host belongs to one container. Where two services publish it, the second one does not start ("port is
already allocated"), and which one is second changes from time to time: clients then talk to the wrong service, or to
none.

Give one of them another port, or put both behind a proxy. The same number for TCP and UDP, or on different addresses,
is fine, and so are services that are never up together, in different \`profiles\`; they are not reported. There is no fix,
since clients must be told the new port.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["dclint:no-duplicate-exported-ports", "cwe:694"],
  references: [composeKey("ports"), cwe(694, "Use of multiple resources with duplicate identifier")],
  keys: ["ports", "network_mode", "net", "profiles"],
  messages: {
    twice: (port: string, service: string) =>
      `Port ${port} is also published by ${service}, so one of them does not start`,
  },
  bad: [
    {
      title: "two services",
      source:
        'services:\n  a:\n    image: x:1\n    ports:\n      - "8080:80"\n  b:\n    image: x:1\n    ports:\n      - «127.0.0.1:8080:3000»\n',
    },
    {
      title: "within a range, and the long form",
      source:
        "services:\n  a:\n    image: x:1\n    ports: ['3000-3005:3000-3005', '9000:9000/tcp']\n  b:\n    image: x:1\n    ports:\n      - «'3003:80'»\n      - «target: 80\n        published: \"9000\"»\n",
    },
    {
      title: "with a service of a file that is included",
      source: "include: [db/compose.yaml]\nservices:\n  a:\n    image: x:1\n    ports: [«'5432:80'»]\n",
      context: {
        neighbours: {
          "db/compose.yaml": "services:\n  db:\n    image: postgres:17\n    ports: ['5432:5432']\n",
        },
      },
    },
    {
      title: "in an override, whose base publishes the port for the same service",
      source: "services:\n  web:\n    ports: [«'8080:81'»]\n",
      context: {
        name: "compose.override.yaml",
        neighbours: { "compose.yaml": "services:\n  web:\n    image: x:1\n    ports: ['8080:80']\n" },
      },
    },
    {
      title: "twice in one service",
      source: "services:\n  a:\n    image: x:1\n    ports: ['80:80', «'80:8080'»]\n",
    },
  ],
  good: [
    {
      title: "other ports",
      source:
        "services:\n  a:\n    image: x:1\n    ports: ['8080:80']\n  b:\n    image: x:1\n    ports: ['8081:80', '80', '127.0.0.1::80']\n",
    },
    {
      title: "another protocol or address",
      source:
        "services:\n  a:\n    image: x:1\n    ports: ['53:53', '127.0.0.1:80:80']\n  b:\n    image: x:1\n    ports: ['53:53/udp', '127.0.0.2:80:80']\n",
    },
    {
      title: "never up together",
      source:
        "services:\n  a:\n    image: x:1\n    profiles: [dev]\n    ports: ['80:80']\n  b:\n    image: x:1\n    profiles: [prod]\n    ports: ['80:80']\n",
    },
    {
      title: "a pattern for others, and an addition to another file",
      source: "services:\n  base:\n    image: x:1\n    ports: ['80:80']\n  web:\n    extends: base\n",
    },
    {
      title: "in a variable",
      source: "services:\n  a:\n    image: x:1\n    ports: ['${P}:80', '${P}:81']\n",
    },
    {
      title: "said again in an override",
      source: "services:\n  web:\n    ports: ['8080:80']\n",
      context: {
        name: "compose.override.yaml",
        neighbours: { "compose.yaml": "services:\n  web:\n    image: x:1\n    ports: ['8080:80']\n" },
      },
    },
  ],
  check(document, { report }) {
    for (const { port, other } of clashes(document)) {
      const { published } = port.mapping;
      if (published === undefined || published === "unknown") continue;
      report("twice", [nameOfRange(published), shorten(other.service.name, 40)], {
        at: port.mapping.span,
        related: [{ span: spanOf(other), message: "Published here first" }],
      });
    }
  },
});

interface Published {
  readonly service: Service;
  readonly mapping: PortMapping;
}

function spanOf(port: Published): Span {
  return port.mapping.span;
}

function clashes(
  document: ComposeDocument,
): readonly { readonly port: Published; readonly other: Published }[] {
  const found: { port: Published; other: Published }[] = [];
  const byPort = new Map<number, Published[]>();
  let left = maxPortsCompared;
  for (const { service, part: mapping } of publishedPorts(together(document))) {
    const { published } = mapping;
    if (published === undefined || published === "unknown") continue;
    left -= published.to - published.from + 1;
    if (left < 0) break;
    const port = { service, mapping };
    const numbers = portsOf(published);
    const other = numbers.flatMap((number) => byPort.get(number) ?? []).find((one) => clash(one, port));
    if (other !== undefined) found.push({ port, other });
    for (const number of numbers)
      byPort.set(number, [...(byPort.get(number) ?? []), port].slice(0, maxEntriesOfPort));
  }
  return found;
}

/**
 * The document with the services of the files that it includes or is merged over before its own, so that the finding
 * stands here. What an override adds is found there.
 */
function together(document: ComposeDocument): ComposeDocument {
  const { project, services } = document;
  const others = project.otherServices.filter(
    ({ nameSpan }) => !project.overrides.includes(placeIn(document, nameSpan)?.file.path ?? ""),
  );
  if (project.overrides.length === 0) return { ...document, services: [...others, ...services] };
  const own = services.map((service) => ({
    ...service,
    ports: service.ports.filter(({ origin }) => origin.kind !== "file"),
  }));
  return { ...document, services: [...others, ...own] };
}

function portsOf({ from, to }: PortRange): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function clash(a: Published, b: Published): boolean {
  if (isSameMapping(a, b)) return false;
  if (a.mapping.protocol !== b.mapping.protocol || !mayRunTogether(a.service, b.service)) return false;
  if (a.mapping.hostIp === "unknown" || b.mapping.hostIp === "unknown") return false;
  return isOpenToAll(a.mapping) || isOpenToAll(b.mapping) || a.mapping.hostIp === b.mapping.hostIp;
}

/** Compose takes what two files say of one service alike as said once. */
function isSameMapping(
  { mapping: a, service }: Published,
  { mapping: b, service: other }: Published,
): boolean {
  if (service !== other || (a.origin.kind === "own") === (b.origin.kind === "own")) return false;
  return (
    a.hostIp === b.hostIp &&
    JSON.stringify([a.published, a.target]) === JSON.stringify([b.published, b.target])
  );
}
