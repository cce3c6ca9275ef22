import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { changed } from "../shared/fillIn";
import { commandsMentioning } from "../shared/mentions";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { removalOfCommand } from "../shared/removeCommand";

export default defineRule({
  id: "chpasswd-used",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["passwd", "newusers"] },
  title: "No build step sets the password of an account",
  why: `\`echo "root:secret" | chpasswd\` gives every container of the image the same password. It stands in the
repository, in the image's history and the build's log, and its hash in a layer for everybody who can pull the image;
whoever reaches \`su\`, \`sudo\`, sshd or a desktop in the container logs in with it.

Containers need no passwords: work as another user with \`USER\` or \`docker exec --user\`, and let ssh, where it must
be, take keys only. Where there has to be a password, set it when the container starts, from a secret that it mounts.

A literal password is high. A hash, a file and a variable are medium: the layer still keeps the hash. Nothing is
reported where the step mounts a secret, reads one from \`/run/secrets\`, makes the password up at random, or locks
the account. The fix deletes the command: without a password nobody can log in, and a service needs none.`,
  category: "user",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_17", "cis:4.10", "cwe:798"],
  references: [
    { title: "Linux manual: chpasswd", url: "https://man7.org/linux/man-pages/man8/chpasswd.8.html" },
    dockerBuildSecrets,
    cisDocker,
    cwe(798, "Use of hard-coded credentials"),
  ],
  messages: {
    literal: (program: string) =>
      `A password that ${program} sets here is the same in every container of the image`,
    unknown: (program: string) => `The hash of what ${program} sets here stays in a layer of the image`,
  },
  bad: [
    {
      title: "from echo, in a list and over lines",
      source:
        "FROM ubuntu:24.04\nRUN echo 'root:root' | «chpasswd»\nRUN echo 'root:' | sudo «chpasswd»\nRUN apt-get update ;\\\n    apt-get clean ; \\\n    printf 'a:b\\n' | /usr/sbin/«chpasswd» && echo \"lol\"\n",
      fixed: 'FROM ubuntu:24.04\nRUN apt-get update ;\\\n    apt-get clean ; \\\n    echo "lol"\n',
    },
    {
      title: "here documents and strings, groups, and for images built from this one",
      source:
        "FROM ubuntu:24.04\nRUN «chpasswd» <<EOF\napp:app\nEOF\nRUN { echo a:b; echo c:d; } | «chpasswd»\nONBUILD RUN bash -c \"«chpasswd» <<< 'root:root'\"\n",
    },
    {
      title: "a variable, a file and a hash, medium",
      source:
        "FROM ubuntu:24.04\nARG PW\nRUN echo \"app:$PW\" | «chpasswd»\nRUN «chpasswd» < input.txt && cat users | «newusers»\nRUN echo 'app:$6$abc$def' | «chpasswd» -e\n",
      fixed: "FROM ubuntu:24.04\nARG PW\n",
    },
    {
      title: "passwd from a pipe",
      source: "FROM fedora:42\nRUN echo secret | «passwd» --stdin root && echo -e 'a\\na' | «passwd» app\n",
      fixed: "FROM fedora:42\n",
    },
  ],
  good: [
    {
      title: "a secret",
      source:
        'FROM debian:12\nRUN echo "app:$(cat /run/secrets/pw)" | chpasswd\nRUN --mount=type=secret,id=pw,env=PW echo "app:$PW" | chpasswd\n',
    },
    {
      title: "at random",
      source:
        'FROM debian:12\nRUN echo "git:$(head -c 24 /dev/urandom | base64)" | chpasswd\nRUN p=$(openssl rand -hex 16) && echo "git:$p" | chpasswd\n',
    },
    {
      title: "locked",
      source: "FROM debian:12\nRUN echo 'git:*' | chpasswd -e && passwd -l app && echo x | passwd -l b\n",
    },
    {
      title: "text",
      source: "FROM debian:12\nRUN chgrp root /etc/passwd && which chpasswd && chpasswd --help\n",
    },
    {
      title: "when it starts",
      source: 'FROM debian:12\nCMD ["sh", "-c", "chpasswd < /run/secrets/users && exec app"]\n',
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(
      document,
      ["passwd", "newusers"],
      setsPassword,
      ["RUN"],
    )) {
      const severity = severityOf(document, instruction, command);
      const { program, name } = command.unwrapped;
      if (severity === undefined || name === undefined) continue;
      const at = { start: Math.max(name.span.start, name.span.end - program.length), end: name.span.end };
      report(severity === "high" ? "literal" : "unknown", [program], {
        at: name.exact ? at : name.span,
        severity,
        fixes: changed("Set no password", [removalOfCommand(document, instruction, command)]),
      });
    }
  },
});

function setsPassword(command: ShellCommand): boolean {
  const { unwrapped, inputs, redirections } = command;
  if (hasFlag(unwrapped, "", "help") || hasFlag(unwrapped, "", "version")) return false;
  if (unwrapped.program === "chpasswd" || unwrapped.program === "newusers") return true;
  if (unwrapped.program !== "passwd" || /^-[dluSe]/.test(unwrapped.arguments[0]?.value ?? "")) return false;
  return hasFlag(unwrapped, "", "stdin") || inputs.length > 0 || redirections.some(isInput);
}

function isInput({ operator }: ShellCommand["redirections"][number]): boolean {
  return operator === "<" || operator === "<<" || operator === "<<<" || operator === "<<-";
}

/** How bad it is; undefined where the password comes from a secret, is made up, or locks the account. */
function severityOf(
  { text }: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
): Severity | undefined {
  const hashed = hasFlag(command.unwrapped, "e", "encrypted");
  const written = writtenTo(command, text);
  if (hashed && written !== undefined && /^[^:\s]{1,60}:[!*]/.test(written)) return undefined;
  if (written !== undefined && !/[$`]/.test(written)) return hashed ? "medium" : "high";
  return secretOrRandom.test(text.slice(instruction.span.start, instruction.span.end)) ? undefined : "medium";
}

const secretOrRandom =
  /\/run\/secrets\/|type=secret|\/dev\/u?random|openssl\s{1,9}rand\b|\$\{?RANDOM\b|\b(?:pwgen|apg|uuidgen|makepasswd|xkcdpass)\b|\/random\/uuid/;

/** What a command reads as it is written in the file; undefined where that is a file or nothing. */
function writtenTo(command: ShellCommand, text: string): string | undefined {
  const input = command.redirections.find(isInput);
  if (input?.operator === "<") return undefined;
  if (input !== undefined)
    return input.body ? text.slice(input.body.start, input.body.end) : input.target?.text;
  const { inputs } = command;
  if (inputs.length === 0 || !inputs.every(({ unwrapped }) => /^(?:echo|printf)$/.test(unwrapped.program)))
    return undefined;
  return inputs
    .flatMap(({ unwrapped }) => operandsOf(unwrapped))
    .map((word) => word.value?.replaceAll(/[$`]/g, "") ?? word.text)
    .join("\n");
}
