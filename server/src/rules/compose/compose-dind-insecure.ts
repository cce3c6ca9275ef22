import type { ComposeDocument, Service, Text } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import type { Span } from "../../text/span";
import { isDockerInDocker, variableOf } from "../shared/composeEngine";
import { unsafeFix } from "../shared/composeFix";
import { removeNamed } from "../shared/composeNamed";
import { protectSocket } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-dind-insecure",
  language: "compose",
  title: "Docker in Docker listens with TLS only",
  why: `The image \`docker:dind\` makes certificates by itself and listens on 2376. \`DOCKER_TLS_CERTDIR=""\`, \`--tls=false\` or
\`--host=tcp://0.0.0.0:2375\` take that away: every container on its networks, a compromised web service for example,
commands the engine. And since it runs privileged, it owns the host. \`--insecure-registry\` has it take images over HTTP
from whoever answers: medium.

Take the override away, and give the clients the volume with the certificates (\`/certs/client\`),
\`DOCKER_HOST=tcp://docker:2376\` and \`DOCKER_TLS_VERIFY=1\`. The fix removes the override; it is not safe, since clients that speak
without TLS get no answer then.`,
  category: "network",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:2.7", "cwe:306"],
  references: [
    { title: "Docker Hub: docker, TLS", url: "https://hub.docker.com/_/docker" },
    protectSocket,
    cwe(306, "Missing authentication for critical function"),
  ],
  local: true,
  messages: {
    open: (service: string) =>
      `Every container that reaches ${service} commands an engine that owns the host`,
    registry: (service: string) => `${service} takes images over HTTP from whoever answers for that registry`,
  },
  bad: [
    {
      title: "no certificates",
      source:
        'services:\n  docker:\n    image: docker:28-dind\n    privileged: true\n    environment:\n      «DOCKER_TLS_CERTDIR: ""»\n      TZ: UTC\n  b:\n    image: docker:dind-rootless\n    environment:\n      - «DOCKER_TLS_CERTDIR=»\n',
      fixed:
        "services:\n  docker:\n    image: docker:28-dind\n    privileged: true\n    environment:\n      TZ: UTC\n  b:\n    image: docker:dind-rootless\n",
    },
    {
      title: "options, in words",
      source:
        'services:\n  docker:\n    image: docker:28-dind\n    command:\n      - dockerd\n      - «--tls=false»\n      - «"--insecure-registry=registry:5000"»\n  b:\n    image: docker:28-dind\n    command: ["dockerd", «"--host=tcp://0.0.0.0:2375"»]\n',
      fixed:
        'services:\n  docker:\n    image: docker:28-dind\n    command:\n      - dockerd\n  b:\n    image: docker:28-dind\n    command: ["dockerd"]\n',
    },
    {
      title: "options, in one line",
      source:
        "services:\n  docker:\n    image: docker:28-dind\n    command: «dockerd -H tcp://0.0.0.0:2375 --tlsverify=false»\n",
    },
  ],
  good: [
    {
      title: "as the image comes",
      source:
        "services:\n  docker:\n    image: docker:28-dind\n    environment:\n      DOCKER_TLS_CERTDIR: /certs\n    command: --host=tcp://0.0.0.0:2376 --tlsverify\n",
    },
    {
      title: "the client",
      source: 'services:\n  ci:\n    image: docker:28-cli\n    environment:\n      DOCKER_TLS_CERTDIR: ""\n',
    },
    {
      title: "local sockets, and a variable",
      source:
        "services:\n  docker:\n    image: docker:28-dind\n    command: [dockerd, --host=unix:///var/run/docker.sock, '--host=tcp://127.0.0.1:2375']\n    environment: ['DOCKER_TLS_CERTDIR=${DIR}']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part } of distinct(
      document,
      (one) => faultsOf(document, one),
      ({ at }) => at,
    ))
      report(part.fault, [shorten(service.name, 32)], {
        at: part.at,
        severity: part.severity,
        fixes: part.fixes,
      });
  },
});

interface Fault {
  readonly fault: "open" | "registry";
  readonly severity: Severity;
  readonly at: Span;
  readonly fixes: readonly Fix[];
}

function faultsOf(document: ComposeDocument, service: Service): readonly Fault[] {
  if (!isDockerInDocker(service)) return [];
  const certificates = variableOf(service, "DOCKER_TLS_CERTDIR");
  const words = [service.entrypoint, service.command].flatMap((field) => field?.value.words ?? []);
  const found = words.flatMap((word) => faultOfWord(document, word) ?? []);
  if (certificates?.value?.raw !== "") return found;
  const fixes = unsafeFix("Let the image make certificates", removeNamed(document, certificates));
  return [{ fault: "open", severity: "high", at: certificates.span, fixes }, ...found];
}

/** Beyond the engine's own machine, on the port without TLS or on no port, which means that one. */
const listens = /(?:^|\s|=)tcp:\/\/(?!127\.|localhost|\[::1\])[\w.[\]:*-]{0,60}?(?::2375)?(?=\s|$)/;
const isPlain = /(?:^|\s|=)tcp:\/\/[\w.[\]*-]{0,60}(?::2375)?\/?(?=\s|$)/;

function faultOfWord(document: ComposeDocument, { raw, node, span }: Text): Fault | undefined {
  const isOpen =
    /(?:^|\s)--tls(?:verify)?=false(?=\s|$)/.test(raw) || (listens.test(raw) && isPlain.test(raw));
  const fault = isOpen ? "open" : /(?:^|\s)--insecure-registry[=\s]/.test(raw) ? "registry" : undefined;
  if (fault === undefined) return undefined;
  const isAlone = /^--\S{1,500}$/.test(raw);
  const fixes = isAlone ? unsafeFix("Remove the option", removeItem(document, node)) : [];
  return { fault, severity: isOpen ? "high" : "medium", at: span, fixes };
}
