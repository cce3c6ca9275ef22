import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { maxLaterCommands } from "../../ruleLimits";
import { checkedDownloadFixes, checkedFileFixes } from "../shared/checkedDownload";
import { isDownload } from "../shared/downloads";
import { isPrivateAddress, webAddressesOf } from "../shared/fetches";
import { commandsMentioning, runs } from "../shared/mentions";
import { invocationOf } from "../shared/pipCommand";
import { cisDocker, cwe } from "../shared/references";
import { putsToUse, storedFiles, unpacksInput } from "../shared/unpacking";
import { verifies } from "../shared/verification";

export default defineRule({
  id: "remote-artifact-without-checksum",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["curl", "wget", "rpm", "pip", "yum", "dnf"] },
  title: "What is downloaded is checked before it is used",
  why: `A file that is downloaded, and then unpacked, installed or run without a look at its checksum or signature, is
whatever the server sends that day. Whoever takes over the server, the domain or the release account changes what you
ship, and a build from the same commit is another image next week.

Compare it with a checksum that you once looked at:
\`curl -fsSLO https://…/x.tgz && echo "<sha256>  x.tgz" | sha256sum -c - && tar -xzf x.tgz\`, or write
\`ADD --checksum=sha256:… https://…/x.tgz /\`. A signature (\`gpg --verify\`, \`cosign verify-blob\`) does as well.

Reported are files that the same RUN puts to use. If any command there checks something, nothing is reported. A
script that is piped straight into a shell, and ADD, have rules of their own. The fix adds a check and leaves a
place for the sum, which has to come from somebody who has looked at the file. What was piped into tar is stored
first.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [
    "sonar:S6474",
    "docker-bench:4.11",
    "docker-bench:4.12",
    "cis:4.11",
    "cis:4.12",
    "cwe:494",
    "cwe:345",
  ],
  references: [
    {
      title: "Dockerfile reference: ADD --checksum",
      url: "https://docs.docker.com/reference/dockerfile/#add---checksum",
    },
    cisDocker,
    cwe(494, "Download of code without integrity check"),
  ],
  messages: {
    unpacked: () =>
      "This archive is unpacked unseen, so whoever controls its server decides what is in the image",
    used: () =>
      "This file is put to use unchecked, so whoever controls its server decides what is in the image",
    installed: (program: string) =>
      `${program} installs a package straight from an address, without a checksum that was known before`,
  },
  bad: [
    {
      title: "a pipe into tar",
      source:
        "FROM debian:12\nRUN «curl -fsSL https://example.com/x.tgz» | tar -xz && «wget -qO- https://example.com/y.gz» | gunzip | tar -x\n",
      fixed:
        'FROM debian:12\nRUN curl -o /tmp/archive -fsSL https://example.com/x.tgz && echo "SHA256  /tmp/archive" | sha256sum -c - && tar -xz -f /tmp/archive && rm /tmp/archive && wget -qO- https://example.com/y.gz | gunzip | tar -x\n',
    },
    {
      title: "stored, and then unpacked or installed",
      source:
        "FROM debian:12\nRUN «curl -fsSLO https://example.com/x-$V.tgz» && tar -xzf x-$V.tgz\nRUN «wget -q https://example.com/y.deb» \\\n && dpkg -i y.deb && rm y.deb\n",
      fixed:
        'FROM debian:12\nRUN curl -fsSLO https://example.com/x-$V.tgz && echo "SHA256  x-$V.tgz" | sha256sum -c - && tar -xzf x-$V.tgz\nRUN wget -q https://example.com/y.deb \\\n && echo "SHA256  y.deb" | sha256sum -c - \\\n && dpkg -i y.deb && rm y.deb\n',
    },
    {
      title: "a program",
      source:
        "FROM debian:12\nRUN «curl -fsSLo /usr/local/bin/tool https://example.com/tool» && chmod +x /usr/local/bin/tool\nRUN «wget -O /i.sh https://example.com/i.sh» && sh /i.sh\n",
      fixed:
        'FROM debian:12\nRUN curl -fsSLo /usr/local/bin/tool https://example.com/tool && echo "SHA256  /usr/local/bin/tool" | sha256sum -c - && chmod +x /usr/local/bin/tool\nRUN wget -O /i.sh https://example.com/i.sh && echo "SHA256  /i.sh" | sha256sum -c - && sh /i.sh\n',
    },
    {
      title: "a package by its address",
      source:
        "FROM almalinux:9\nRUN «rpm -i https://example.com/x.rpm» && «dnf install -y https://example.com/y.rpm»\nRUN «pip install https://example.com/z.whl»\n",
    },
  ],
  good: [
    {
      title: "checked by a checksum or a signature",
      source:
        'FROM debian:12\nRUN curl -fsSLO https://example.com/x.tgz && echo "0123  x.tgz" | sha256sum -c - && tar -xzf x.tgz\nRUN wget https://example.com/y.tgz https://example.com/y.tgz.asc && gpg --batch --verify y.tgz.asc y.tgz && tar -xf y.tgz\n',
    },
    {
      title: "compared by hand",
      source:
        'FROM debian:12\nRUN curl -fsSLo x https://example.com/x && [ "$(sha256sum x)" = "$SUM  x" ] && chmod +x x\n',
    },
    {
      title: "data",
      source:
        "FROM debian:12\nRUN curl -fsSL https://example.com/v | jq -r .tag > /version && wget https://example.com/page.html\n",
    },
    {
      title: "another file",
      source: "FROM debian:12\nRUN curl -fsSLO https://example.com/data.csv && tar -xf local.tar\n",
    },
    {
      title: "from the machine itself",
      source: "FROM debian:12\nRUN curl http://localhost/x.tgz | tar -xz\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, programs, mayBringFile, ["RUN"])) {
      if (!("script" in instruction)) continue;
      const { commands } = instruction.script;
      if (runs(instruction, verifies)) continue;
      const message = judge(command, commands);
      if (message === undefined) continue;
      const start = command.unwrapped.name?.span.start ?? command.span.start;
      const end = command.unwrapped.arguments.at(-1)?.span.end ?? command.span.end;
      if (message === "installed") report("installed", [command.unwrapped.program], { at: { start, end } });
      else report(message, [], { at: { start, end }, fixes: fixesOf(document, command, commands) });
    }
  },
});

const installers = ["rpm", "yum", "dnf", "microdnf", "pip"];
const programs = ["curl", "wget", "pip3", "python", ...installers];

function mayBringFile(command: ShellCommand): boolean {
  if (installers.includes(invocationOf(command).program)) return installsFromAddress(command);
  return webAddressesOf(command).some(({ url }) => !isPrivateAddress(url));
}

function judge(
  command: ShellCommand,
  commands: readonly ShellCommand[],
): "unpacked" | "used" | "installed" | undefined {
  if (installers.includes(invocationOf(command).program)) return "installed";
  const next = command.pipeline[command.pipelineIndex + 1];
  if (next !== undefined) return isDownload(command) && unpacksInput(next) ? "unpacked" : undefined;
  const files = storedFiles(command);
  const later = commands.slice(commands.indexOf(command) + 1, commands.indexOf(command) + maxLaterCommands);
  return later.some((other) => files.some((file) => putsToUse(other, file))) ? "used" : undefined;
}

/** A check between the download and its use, which needs a file where it is a pipe. */
function fixesOf(
  document: DockerfileDocument,
  command: ShellCommand,
  commands: readonly ShellCommand[],
): readonly Fix[] {
  const next = command.pipeline[command.pipelineIndex + 1];
  if (next !== undefined) return checkedDownloadFixes(document, command, next);
  return checkedFileFixes(document, command, commands[commands.indexOf(command) + 1]);
}

/** Whether packages are installed straight from an address, which these tools do without looking at a signature. */
function installsFromAddress(command: ShellCommand): boolean {
  const invocation = invocationOf(command);
  const operands = operandsOf(invocation);
  const isAddress = (word: ShellWord) => /^(?:https?|ftp):\/\//i.test(word.literalPrefix);
  switch (invocation.program) {
    case "rpm": {
      const installs =
        hasFlag(invocation, "i", "install") ||
        hasFlag(invocation, "U", "upgrade") ||
        hasFlag(invocation, "F", "freshen");
      return (
        installs &&
        !invocation.arguments.some((word) => word.value === "--import") &&
        operands.some(isAddress)
      );
    }
    case "yum":
    case "dnf":
    case "microdnf":
      return operands[0]?.value === "install" && operands.some(isAddress);
    case "pip":
      return (
        operands[0]?.value === "install" &&
        operands.some((word) => isAddress(word) && !/#sha(?:256|384|512)=/.test(word.value ?? "#sha256="))
      );
    default:
      return false;
  }
}
