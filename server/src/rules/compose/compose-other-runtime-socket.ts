import { defineRule } from "../../engine/rule";
import { isMeasuringAgent } from "../shared/composeAgents";
import { hostPaths } from "../shared/composeBinds";
import { unsafeFix } from "../shared/composeFix";
import { composeKey, protectSocket } from "../shared/composeReferences";
import { isOtherSocket, isSocketDirectory } from "../shared/engineSockets";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-other-runtime-socket",
  language: "compose",
  title: "No container holds the directory or the pipe of a container engine",
  why: `The engine's socket is also handed over by mounting the directory that it lies in: \`/var/run\` and \`/run\` hold those of
Docker, containerd, CRI-O and systemd, \`/run/user/1000\` that of a rootless engine and the session's bus. Whoever can
connect to one of them starts a privileged container and owns the host; read-only changes nothing about that.

So do the sockets of BuildKit and of the old Docker shim, and the named pipes of containerd on Windows. Those named
\`docker.sock\`, \`containerd.sock\`, \`crio.sock\` and \`podman.sock\` are reported by \`compose-docker-socket\`.

Mount what is needed of the directory. cadvisor and other measuring agents document \`/var/run\`: for them it is medium.
The fix removes the mount.`,
  category: "mounts",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["owasp:RULE#1", "cis:5.32", "cwe:250"],
  references: [
    protectSocket,
    composeKey("volumes"),
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    directory: (name: string, path: string) =>
      `${path} holds the engine's socket, so code in ${name} controls the host`,
    socket: (name: string) => `Whoever runs code in ${name} controls the host through this socket`,
  },
  bad: [
    {
      title: "the directory of sockets",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - «/var/run»:/var/run:ro\n      - data:/data\nvolumes:\n  data:\n",
      fixed: "services:\n  web:\n    image: app:1\n    volumes:\n      - data:/data\nvolumes:\n  data:\n",
    },
    {
      title: "that of containerd, roundabout, and of a user's session",
      source:
        'services:\n  web:\n    image: app:1\n    volumes: ["«/run/./containerd/»:/c", "«/run/user/1000»:/r"]\n',
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "other sockets, long form",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: «/run/buildkit/buildkitd.sock»\n        target: /b.sock\n      - «/var/run/dockershim.sock»:/d.sock\n",
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "a pipe of Windows",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - type: npipe\n        source: «\\\\.\\pipe\\containerd-containerd»\n        target: \\\\.\\pipe\\c\n",
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "a measuring agent, medium",
      source:
        "services:\n  c:\n    image: gcr.io/cadvisor/cadvisor:v0.52.1\n    volumes: ['«/var/run»:/var/run:ro']\n",
      fixed: "services:\n  c:\n    image: gcr.io/cadvisor/cadvisor:v0.52.1\n",
    },
    {
      title: "a volume that is that directory",
      source:
        "volumes:\n  run:\n    driver_opts: { type: none, o: bind, device: «/run» }\nservices:\n  a:\n    image: x:1\n",
    },
  ],
  good: [
    {
      title: "Docker's socket, which is said elsewhere",
      source: "services:\n  a:\n    image: x:1\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n",
    },
    {
      title: "another program's directory",
      source:
        "services:\n  a:\n    image: x:1\n    volumes: ['/run/postgresql:/run/postgresql', '/run/dbus:/run/dbus:ro']\n",
    },
    { title: "an anonymous volume", source: "services:\n  a:\n    image: x:1\n    volumes: [/run]\n" },
    {
      title: "in memory",
      source: "services:\n  a:\n    image: x:1\n    volumes:\n      - type: tmpfs\n        target: /run\n",
    },
  ],
  check(document, { report }) {
    for (const { name, service, path, span, remove } of hostPaths(document)) {
      const kind = isSocketDirectory(path) ? "directory" : isOtherSocket(path) ? "socket" : undefined;
      if (kind === undefined) continue;
      const place = {
        at: span,
        severity: service !== undefined && isMeasuringAgent(service) ? "medium" : "critical",
        fixes: unsafeFix("Remove the mount", remove),
      } as const;
      if (kind === "directory") report("directory", [shorten(name, 32), path], place);
      else report("socket", [shorten(name, 40)], place);
    }
  },
});
