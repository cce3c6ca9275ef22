import type { CommandValue, Field, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import type { Span } from "../../text/span";
import { servesSsh } from "../shared/composeAgents";
import { unsafeFix } from "../shared/composeFix";
import { nameOfPort, publishedPorts } from "../shared/composePublished";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-ssh-published",
  language: "compose",
  title: "No SSH server runs in a container",
  why: `An SSH server in a container is a second way in beside the service, with users, passwords and keys of its own that
nobody renews, and often with a root login. Published ports 22 are tried by robots all day long.

To look into a container there is \`docker compose exec web sh\`, and for another machine
\`docker context create far --docker host=ssh://…\`, with the host's own SSH and its rules.

Git servers, SFTP and bastions are there for SSH: for them it is low. The fix
publishes the port no more; users, keys and the server itself are for you to take out.`,
  category: "network",
  severity: "medium",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.7", "docksec:compose-port-bound-all-interfaces", "cis:5.7", "cwe:284"],
  references: [
    composeKey("ports"),
    {
      title: "Docker: docker compose exec",
      url: "https://docs.docker.com/reference/cli/docker/compose/exec/",
    },
    cisDocker,
    cwe(284, "Improper access control"),
  ],
  local: true,
  messages: {
    published: (service: string, port: string) =>
      `${service} has an SSH server as a second way in, at port ${port}`,
    started: (service: string) => `${service} starts an SSH server as a second way in`,
  },
  bad: [
    {
      title: "published",
      source:
        'services:\n  dev:\n    build: .\n    ports:\n      - «"2222:22"»\n      - «127.0.0.1::22»\n      - "8022:8080"\n',
      fixed: 'services:\n  dev:\n    build: .\n    ports:\n      - "8022:8080"\n',
    },
    {
      title: "long form, for Git",
      source:
        "services:\n  git:\n    image: gitea/gitea:1.24\n    ports:\n      - «target: 22\n        published: 222»\n",
      fixed: "services:\n  git:\n    image: gitea/gitea:1.24\n",
    },
    {
      title: "started",
      source:
        'services:\n  a:\n    build: .\n    command: «/usr/sbin/sshd -D»\n  b:\n    build: .\n    entrypoint: «["sh", "-c", "service ssh start && app"]»\n',
    },
  ],
  good: [
    {
      title: "another port of the container",
      source: "services:\n  web:\n    build: .\n    ports: ['22:8080', '8080:2200']\n",
    },
    {
      title: "a client",
      source:
        "services:\n  tunnel:\n    build: .\n    command: [ssh, -N, -L, '5432:db:5432', bastion]\n    volumes: ['./sshd:/x']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: port } of publishedPorts(document)) {
      if (
        port.target === "unknown" ||
        port.target.from > 22 ||
        port.target.to < 22 ||
        port.protocol === "udp"
      )
        continue;
      report("published", [shorten(service.name, 32), shorten(nameOfPort(port), 24)], {
        at: port.span,
        fixes: unsafeFix("Do not publish the port", removeItem(document, port.node)),
        severity: servesSsh(service) ? "low" : "medium",
      });
    }
    for (const { service, part: span } of distinct(document, startedServers, (one) => one))
      report("started", [shorten(service.name, 40)], {
        at: span,
        severity: servesSsh(service) ? "low" : "medium",
      });
  },
});

function startedServers(service: Service): readonly Span[] {
  return [service.command, service.entrypoint].flatMap((field) =>
    field !== undefined && startsServer(field) ? [field.valueSpan] : [],
  );
}

function startsServer(field: Field<CommandValue>): boolean {
  const line = field.value.words.map((word) => word.raw).join(" ");
  return (
    /(?:^|[\s;&|/"'])sshd(?=$|[\s;&|"'])/.test(line) ||
    /\bservice\s{1,4}sshd?\s{1,4}(?:re)?start\b/.test(line)
  );
}
