import { isOn, optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { protectSocket } from "../shared/composeReferences";
import {
  dockerRun,
  programOfCommand,
  severityHere,
  startedContainers,
  subjectOf,
  withoutOption,
} from "../shared/engineCommands";
import { type EngineMount, mountsOf } from "../shared/engineMounts";
import { isEngineSocketPath, isOtherSocket, purposeOfSocket } from "../shared/engineSockets";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

const severities = { socket: "critical", purpose: "medium", proxy: "low" } as const satisfies Record<
  string,
  Severity
>;

export default defineRule({
  id: "run-docker-socket",
  language: "commands",
  title: "No container is started with the engine's socket",
  why: `Whoever can write to \`/var/run/docker.sock\` can tell the engine to start a privileged container with the host's
disk in it: that is root on the host, for every hole in the program that has it. \`:ro\` changes nothing, since one still
connects to the socket and sends commands. \`--use-api-socket\` hands over the socket and the logins to registries.

What only lists containers can do so through a proxy that lets nothing but \`GET\` requests through. Builds do without
the socket in rootless BuildKit or Buildah, tests in an engine of their own (\`docker:dind-rootless\`).

For images whose purpose is the engine (traefik, portainer, watchtower and the like) it is medium, for a proxy low.
Pipelines and tools that remove themselves (\`--rm\`) are one step milder,
development containers and documentation two; the
Feature \`docker-outside-of-docker\`, which mounts the socket, is low. The fix removes the mount.`,
  category: "mounts",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.32", "owasp:RULE#1", "cis:5.32", "cwe:250"],
  references: [
    protectSocket,
    dockerRun,
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    socket: (name: string) => `Whoever runs code in ${name} controls the engine, and through it the host`,
    purpose: (name: string) =>
      `${name} needs the engine, yet a hole in it is root on the host; a socket proxy would bound it`,
    proxy: (name: string) =>
      `${name} holds the engine's socket for others; let it answer only what they need`,
    feature: () => "This Feature gives the development container the host's engine, and through it the host",
  },
  bad: [
    {
      title: "read-only is no help",
      source: "docker run -d -v «/var/run/docker.sock»:/var/run/docker.sock:ro --name ci runner:1\n",
      fixed: "docker run -d --name ci runner:1\n",
    },
    {
      title: "long forms, a variable, quotes",
      source:
        'docker run --volume=«/run/docker.sock»:/s a:1\ndocker run --mount "type=bind,source=«/var/run/docker.sock»,target=/s" a:1\npodman run -v «"$XDG_RUNTIME_DIR/podman/podman.sock:/s"» a:1\ndocker run «--use-api-socket» a:1\n',
      fixed: "docker run a:1\ndocker run a:1\npodman run a:1\ndocker run a:1\n",
    },
    {
      title: "a program made for it",
      source: 'up:\n\tdocker run -d -v "«/var/run/docker.sock»:/var/run/docker.sock" traefik:v3.5\n',
      fixed: "up:\n\tdocker run -d traefik:v3.5\n",
      context: { format: "makefile" },
    },
    {
      title: "a job and its container",
      source:
        "jobs:\n  test:\n    container:\n      image: app:1\n      volumes:\n        - «/var/run/docker.sock»:/var/run/docker.sock\n    steps: []\n",
      fixed: "jobs:\n  test:\n    container:\n      image: app:1\n    steps: []\n",
      context: { format: "workflow" },
    },
    {
      title: "a development container",
      source:
        '{\n  "mounts": [\n    "source=«/var/run/docker.sock»,target=/var/run/docker.sock,type=bind"\n  ],\n  "features": { «"ghcr.io/devcontainers/features/docker-outside-of-docker:1"»: {} }\n}\n',
      fixed:
        '{\n  "mounts": [\n  ],\n  "features": { "ghcr.io/devcontainers/features/docker-outside-of-docker:1": {} }\n}\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    { title: "the engine through a proxy", source: "docker run -e DOCKER_HOST=tcp://proxy:2375 runner:1\n" },
    { title: "another socket", source: "docker run -v /run/mysqld/mysqld.sock:/db.sock app:1\n" },
    { title: "a volume of that name", source: "docker run -v docker:/data app:1\n" },
    {
      title: "what is said to a person",
      source: "echo 'docker run -v /var/run/docker.sock:/var/run/docker.sock a:1'\n",
    },
  ],
  check(document, { report }) {
    for (const command of startedContainers(document)) {
      const purpose = purposeOfSocket(programOfCommand(command));
      const severity = severityHere(document, command, severities[purpose]);
      for (const mount of mountsOf(command)) {
        if (!isSocket(mount)) continue;
        const fixes = withoutOption("Remove the socket's mount", mount.option);
        report(purpose, [subjectOf(command)], { at: mount.sourceSpan, severity, fixes });
      }
      const own = isOn(command, "use-api-socket");
      if (own !== undefined)
        report(purpose, [subjectOf(command)], {
          at: own.span,
          severity,
          fixes: withoutOption("Remove --use-api-socket", own),
        });
      for (const feature of optionsNamed(command, "feature"))
        if (/\/docker-(?:outside-of-docker|from-docker)(?:$|:)/.test(feature.value?.value ?? ""))
          report("feature", [], { at: feature.span, severity: "low" });
    }
  },
});

/** By the source; where that stands in a variable, by what is written. */
function isSocket({ source, sourceKnown }: EngineMount): boolean {
  if (sourceKnown) return isEngineSocketPath(source) || isOtherSocket(source);
  return /(?:docker|podman|containerd)\.sock\b/.test(source);
}
