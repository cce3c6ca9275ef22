import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { commandsMentioning } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import {
  enablesSshServer,
  isRemovedAgain,
  type SshPackage,
  sshPackages,
  startsSshServer,
} from "../shared/sshServer";
import { finalStages } from "../shared/stages";
import { systemCommandOf } from "../shared/systemPackages";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "ssh-server-installed",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "CMD", "ENTRYPOINT"], words: ["ssh", "dropbear"] },
  title: "The image holds no SSH server",
  why: `An SSH server in a container is a second way in, with host keys that all containers of the image share, passwords
or keys to manage, and updates of its own; what is typed in it is in no log of the platform. \`docker exec\` and
\`kubectl exec\` do the same under the platform's own control.

Install the client alone where Git or scp is what you need (\`openssh-client\`, \`openssh-clients\`). The packages
\`openssh\` of Alpine and SUSE and \`ssh\` of Debian bring the server too; they are low. An installed server that
nothing here starts is medium, one that is started is high.

A Git server, an SFTP server or a node of an MPI cluster is right to have one: say so in an ignore comment. Stages that
are not part of the final image are not reported, nor is what the same step removes again.

The fix takes the package out of the list; where it is the only one, there is none.`,
  category: "network",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["dockerfile_lint:installing_ssh", "docker-bench:5.7", "cis:5.7", "cwe:284"],
  references: [cisDocker, cwe(284, "Improper access control")],
  messages: {
    installed: (name: string) =>
      `The package ${name} is an SSH server, a second way into the container past the platform's control`,
    both: (name: string) => `The package ${name} brings an SSH server into the image, not only the client`,
    started: () =>
      "An SSH server is started here, a second way into the container past the platform's control",
  },
  bad: [
    {
      title: "installed",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get install -y curl «openssh-server» && rm -rf /x\nRUN apt-get install -y «dropbear»\n",
      fixed:
        "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /x\nRUN apt-get install -y dropbear\n",
    },
    {
      title: "with a version, by other package managers, over lines",
      source:
        'FROM fedora:43\nRUN dnf install -y \\\n    git \\\n    «openssh-server-9.9p1-7.fc43» \\\n    vim\nRUN sudo microdnf install git «openssh-server»\nRUN ["yum", "-y", "install", «"openssh-server"»]\nONBUILD RUN zypper in -y git «openssh-server»\n',
      fixed:
        'FROM fedora:43\nRUN dnf install -y \\\n    git \\\n    vim\nRUN sudo microdnf install git\nRUN ["yum", "-y", "install", "openssh-server"]\nONBUILD RUN zypper in -y git\n',
    },
    {
      title: "along with the client, low",
      source: "FROM alpine:3.22\nRUN apk add --no-cache git «openssh»\nRUN apt install git «ssh»\n",
      fixed: "FROM alpine:3.22\nRUN apk add --no-cache git\nRUN apt install git\n",
    },
    {
      title: "started",
      source:
        'FROM registry.example.com/sshd:1\nRUN «systemctl» enable sshd\nCMD [«"/usr/sbin/sshd"», "-D"]\n',
    },
    {
      title: "started by a script, and with the system",
      source:
        "FROM debian:12\nRUN «systemctl» enable --now nginx ssh.service\nENTRYPOINT «service» ssh start && exec app\nCMD sh -c '«dropbear» -F'\n",
    },
  ],
  good: [
    {
      title: "the client",
      source:
        "FROM debian:12\nRUN apt-get install -y openssh-client ssh-import-id\nRUN apk add openssh-client dropbear-ssh; yum install openssh openssh-clients; pacman -S openssh\n",
    },
    {
      title: "a stage that is thrown away",
      source:
        "FROM debian:12 AS test\nRUN apt-get install -y openssh-server\nCMD /usr/sbin/sshd -D\nFROM debian:12\n",
    },
    {
      title: "removed again",
      source:
        "FROM alpine:3.22\nRUN apk add openssh && make test && apk del openssh\nRUN apk add -t .test git openssh-server && make && apk del .test\n",
    },
    {
      title: "other uses of the words",
      source:
        'FROM debian:12\nRUN echo openssh-server; apt-get purge -y openssh-server; sshd -t\nCMD ["/usr/sbin/sshd", "-T"]\n',
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const { instruction, command } of commandsMentioning(
      document,
      ["ssh", "dropbear"],
      concernsSsh,
      keywords,
    )) {
      if (!kept.has(instruction.stageIndex) && !instruction.onbuild) continue;
      if (instruction.keyword !== "RUN") {
        if (startsSshServer(command)) report("started", [], { at: command.unwrapped.name!.span });
        continue;
      }
      if (enablesSshServer(command)) report("started", [], { at: command.unwrapped.name!.span });
      for (const found of sshPackages(command)) {
        if (isRemovedAgain(instruction.script, command, found.name)) continue;
        report(found.bringsClient ? "both" : "installed", [found.name], {
          at: found.word.span,
          severity: found.bringsClient ? "low" : "medium",
          fixes: fixesOf(document, command, found),
        });
      }
    }
  },
});

const keywords = ["RUN", "CMD", "ENTRYPOINT"] as const;

function concernsSsh(command: ShellCommand): boolean {
  return startsSshServer(command) || enablesSshServer(command) || sshPackages(command).length > 0;
}

/** Takes the package out where others stay. */
function fixesOf(document: DockerfileDocument, command: ShellCommand, { word }: SshPackage): readonly Fix[] {
  if ((systemCommandOf(command)?.operands.length ?? 0) < 2 || !word.exact) return [];
  const words = command.unwrapped.arguments;
  const previous = words[words.indexOf(word) - 1];
  const span = previous && withBlanksBefore(document, previous.span, word.span);
  return span ? [{ title: "Do not install this package", safety: "unsafe", edits: [deleteSpan(span)] }] : [];
}
