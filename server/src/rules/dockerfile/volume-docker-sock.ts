import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerfileReference, owaspDocker } from "../shared/references";
import { removeValue } from "../shared/removeValue";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "volume-docker-sock",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["VOLUME"] },
  title: "No image asks for the Docker socket",
  why: `Who can write to the socket of the container runtime can start a container with the machine's whole disk in it:
that is root on the machine. VOLUME does not give the socket, an image cannot: it makes an empty folder there. What it
does is to tell everybody that the image wants the socket to be mounted, which people then do.

A build tool can work without the socket (BuildKit rootless, kaniko, buildah). What only looks at containers can ask a
proxy that lets no other request through. Where an image does need the socket, its documentation says so better.

The fix deletes the entry. It is not called safe, since containers lose the empty folder.`,
  category: "mounts",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["semgrep:dockerfile-dockerd-socket-mount", "cis:5.32", "cwe:250"],
  references: [
    dockerfileReference("VOLUME", "volume"),
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    socket: () => "VOLUME gives no socket, it only asks people to mount it, which is root on their machine",
  },
  bad: [
    {
      title: "the socket",
      source: "FROM docker:28\nVOLUME «/var/run/docker.sock»\nVOLUME /data «/run/docker.sock»\nUSER app\n",
      fixed: "FROM docker:28\nVOLUME /data\nUSER app\n",
    },
    {
      title: "as a mount is written, in JSON form, of other runtimes",
      source:
        'FROM docker:28\nVOLUME «/var/run/docker.sock:/var/run/docker.sock»\nVOLUME [«"/run/podman/podman.sock"», "/data"]\nONBUILD VOLUME «/run/containerd/containerd.sock»\nUSER app\n',
      fixed: 'FROM docker:28\nVOLUME ["/data"]\nUSER app\n',
    },
  ],
  good: [
    {
      title: "other paths",
      source: "FROM docker:28\nVOLUME /var/lib/docker /var/run /app/docker.socket /run/mysqld/mysqld.sock\n",
    },
    { title: "other instructions", source: "FROM docker:28\nENV DOCKER_HOST=unix:///var/run/docker.sock\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "VOLUME") continue;
      instruction.values.forEach(({ span, expanded, text }, index) => {
        const path = expanded.state === "known" ? expanded.value : text;
        if (!socket.test(path)) return;
        const edit = removeValue(document, instruction, index);
        report("socket", [], {
          at: span,
          fixes: edit ? [{ title: "Delete this volume", safety: "unsafe", edits: [edit] }] : [],
        });
      });
    }
  },
});

const socket = /(?:^|[/\\])(?:(?:docker|containerd|podman|crio|balena-engine)\.sock|docker_engine)(?:$|:)/;
