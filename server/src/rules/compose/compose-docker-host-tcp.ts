import type { NamedValue, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { isSocketProxy, variableOf } from "../shared/composeEngine";
import { protectSocket } from "../shared/composeReferences";
import { cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-docker-host-tcp",
  language: "compose",
  title: "Services speak to a Docker engine over TLS or a socket",
  why: `\`DOCKER_HOST=tcp://host:2375\` means that an engine listens without asking who one is: everybody who reaches that port
starts privileged containers and owns its host. What goes over the wire, registry passwords included, can be read and
changed on the way. \`DOCKER_TLS_VERIFY=""\` is the same with encryption for nobody in particular.

Use port 2376 with \`DOCKER_TLS_VERIFY=1\` and certificates, \`ssh://\`, or a socket proxy that lets only harmless calls
through; a service of this file that is one is not reported. For an engine that runs as a service of this file, which only
its networks reach, it is medium.

There is no fix, since the engine must be given certificates first.`,
  category: "network",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["owasp:RULE#1", "cis:2.7", "cwe:306", "cwe:319"],
  references: [protectSocket, owaspDocker, cwe(306, "Missing authentication for critical function")],
  keys: ["environment", "image", "build"],
  messages: {
    plain: (service: string) =>
      `The engine that ${service} uses asks nobody who they are, so whoever reaches it owns its host`,
    unverified: (service: string) =>
      `${service} does not check which engine it talks to, so others can read and change what it does`,
  },
  bad: [
    {
      title: "without TLS",
      source:
        "services:\n  ci:\n    image: docker:28\n    environment:\n      DOCKER_HOST: «tcp://10.0.0.5:2375»\n  b:\n    image: x:1\n    environment:\n      - DOCKER_HOST=«tcp://host.docker.internal:2375»\n      - TZ=UTC\n",
    },
    {
      title: "of a service of this file, by default, without a port",
      source:
        'services:\n  ci:\n    image: docker:28\n    environment: { DOCKER_HOST: «"${HOST:-tcp://dind}"» }\n  dind:\n    image: docker:28-dind\n    privileged: true\n',
    },
    {
      title: "with TLS that is not checked",
      source:
        'services:\n  ci:\n    image: docker:28\n    environment:\n      DOCKER_HOST: tcp://far:2376\n      DOCKER_TLS_VERIFY: «""»\n',
    },
  ],
  good: [
    {
      title: "TLS",
      source:
        "services:\n  a:\n    image: docker:28\n    environment:\n      DOCKER_HOST: tcp://dind:2376\n      DOCKER_TLS_VERIFY: 1\n  b:\n    image: docker:28\n    environment: [DOCKER_HOST=tcp://far:2375, DOCKER_TLS_VERIFY=1]\n",
    },
    {
      title: "sockets and SSH",
      source:
        "services:\n  a:\n    image: docker:28\n    environment:\n      DOCKER_HOST: unix:///var/run/docker.sock\n  b:\n    image: docker:28\n    environment:\n      DOCKER_HOST: ssh://ops@far\n",
    },
    {
      title: "a socket proxy",
      source:
        "services:\n  traefik:\n    image: traefik:v3.5\n    environment:\n      DOCKER_HOST: tcp://guard:2375\n  guard:\n    image: tecnativa/docker-socket-proxy:0.4\n",
    },
    {
      title: "in a variable",
      source: "services:\n  a:\n    image: x:1\n    environment: ['DOCKER_HOST=${D}']\n",
    },
  ],
  check(document, { report }) {
    const byName = new Map(document.services.map((service) => [service.name, service]));
    const found = distinct(
      document,
      (service) => [engineOf(byName, service)],
      ({ at }) => at.valueSpan,
    );
    for (const { service, part } of found)
      report(part.fault, [shorten(service.name, 24)], {
        at: part.at.valueSpan,
        severity: part.isNear ? "medium" : "high",
      });
  },
});

interface Engine {
  readonly fault: "plain" | "unverified";
  readonly at: NamedValue;
  /** Whether it is a service of the same file. */
  readonly isNear: boolean;
}

function engineOf(byName: ReadonlyMap<string, Service>, service: Service): Engine | undefined {
  const address = variableOf(service, "DOCKER_HOST");
  const verify = variableOf(service, "DOCKER_TLS_VERIFY");
  const match = /^tcp:\/\/([\w.-]{1,253}|\[[\da-f:]{2,40}\])(?::(\d{1,5}))?\/?$/i.exec(
    address?.value?.value?.trim() ?? "",
  );
  if (address === undefined || match === null) return undefined;
  const [, host, port = "2375"] = match;
  const target = byName.get(host ?? "");
  // Any text but the empty one switches the check on; without a value it comes from outside.
  const isVerified = verify !== undefined && verify.value?.raw !== "";
  if (isVerified || (target !== undefined && isSocketProxy(target)) || /socket-?proxy/.test(host ?? ""))
    return undefined;
  const isNear = target !== undefined;
  if (port !== "2376") return { fault: "plain", at: address, isNear };
  return verify === undefined ? undefined : { fault: "unverified", at: verify, isNear };
}
