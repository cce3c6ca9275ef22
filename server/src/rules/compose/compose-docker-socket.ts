import type { VolumeMount } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { programOf, unsafeFix } from "../shared/composeFix";
import { composeKey, protectSocket } from "../shared/composeReferences";
import { isEngineSocketPath, purposeOfSocket } from "../shared/engineSockets";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-docker-socket",
  language: "compose",
  title: "No container holds the engine's socket",
  why: `Whoever can write to \`/var/run/docker.sock\` can tell the engine to start a privileged container with the host's
disk in it: that is root on the host, for every hole in the service. Mounting it read-only (\`:ro\`) changes nothing,
since one still connects to it and sends commands.

Most services that want it only list containers. Put a proxy in front that lets nothing but \`GET\` requests through
(for example \`tecnativa/docker-socket-proxy\`) on a network of its own, and give the service its address in
\`DOCKER_HOST\`. For builds take a rootless engine, for tests a virtual machine.

For images whose purpose is the engine (traefik, portainer, cadvisor, watchtower and the like) the same is said as
medium, for a proxy as low. Sockets of containerd, CRI-O and Podman count too. The fix removes the mount.`,
  category: "mounts",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:docker_socket_mounted_in_container",
    "semgrep:exposing-docker-socket-volume",
    "semgrep:dockerfile-dockerd-socket-mount",
    "docker-bench:5.32",
    "owasp:RULE#1",
    "docksec:compose-docker-socket-mount",
    "cis:5.32",
    "cwe:250",
    "cwe:284",
  ],
  references: [
    protectSocket,
    composeKey("volumes"),
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    socket: (service: string) =>
      `Whoever runs code in ${service} controls the engine, and through it the host`,
    purpose: (service: string) =>
      `${service} needs the engine, yet a hole in it is root on the host; a socket proxy would bound it`,
    proxy: (service: string) =>
      `${service} holds the engine's socket for others; let it answer only what they need`,
  },
  bad: [
    {
      title: "read-only is no help",
      source:
        "services:\n  ci:\n    image: runner:1\n    volumes:\n      - «/var/run/docker.sock»:/var/run/docker.sock:ro\n      - data:/data\nvolumes:\n  data:\n",
      fixed: "services:\n  ci:\n    image: runner:1\n    volumes:\n      - data:/data\nvolumes:\n  data:\n",
    },
    {
      title: "long form",
      source:
        'services:\n  ci:\n    image: runner:1\n    volumes:\n      - type: bind\n        source: «"/run/docker.sock"»\n        target: /var/run/docker.sock\n',
      fixed: "services:\n  ci:\n    image: runner:1\n",
    },
    {
      title: "a service made for it",
      source:
        'services:\n  proxy:\n    image: traefik:v3.5\n    volumes: ["«/var/run/docker.sock»:/var/run/docker.sock:ro"]\n',
      fixed: "services:\n  proxy:\n    image: traefik:v3.5\n",
    },
    {
      title: "the place in a variable",
      source:
        "services:\n  ci:\n    image: runner:1\n    volumes:\n      - «${DOCKER_SOCK:-/var/run/docker.sock}:/var/run/docker.sock»\n",
      fixed: "services:\n  ci:\n    image: runner:1\n",
    },
    {
      title: "from an anchor, once",
      source:
        "x-v: &v\n  - «/var/run/docker.sock»:/s\n  - ./a:/a\nservices:\n  a:\n    image: x:1\n    volumes: *v\n  b:\n    image: x:2\n    volumes: *v\n",
      fixed:
        "x-v: &v\n  - ./a:/a\nservices:\n  a:\n    image: x:1\n    volumes: *v\n  b:\n    image: x:2\n    volumes: *v\n",
    },
  ],
  good: [
    {
      title: "the engine through a proxy",
      source:
        "services:\n  ci:\n    image: runner:1\n    environment:\n      DOCKER_HOST: tcp://proxy:2375\n",
    },
    {
      title: "another socket",
      source: "services:\n  a:\n    image: x:1\n    volumes: [/run/mysqld/mysqld.sock:/db.sock]\n",
    },
    {
      title: "a volume of that name",
      source: "services:\n  a:\n    image: x:1\n    volumes: ['docker:/data']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: mount } of distinct(
      document,
      (one) => one.volumes,
      (one) => one.span,
    )) {
      if (!mountsSocket(document.text, mount)) continue;
      const purpose = purposeOfSocket(programOf(service));
      report(purpose, [shorten(service.name, 40)], {
        at: mount.sourceSpan,
        severity: purpose === "socket" ? "critical" : purpose === "purpose" ? "medium" : "low",
        fixes: unsafeFix("Remove the socket's mount", removeItem(document, mount.node)),
      });
    }
  },
});

/** By the source; where that stands in a variable, by what is written, or by the place in the container. */
function mountsSocket(text: string, mount: VolumeMount): boolean {
  if (mount.source !== undefined) return isEngineSocketPath(mount.source);
  if (mount.sourceKnown) return false;
  const written = text.slice(mount.sourceSpan.start, mount.sourceSpan.end);
  return isEngineSocketPath(mount.target ?? "") || /docker\.sock\b/.test(written);
}
