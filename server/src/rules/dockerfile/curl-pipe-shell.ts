import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag, valueOfOption } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { containsSpan, type Span } from "../../text/span";
import { programSource } from "../shared/interpreters";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { commandsOf } from "../shared/shellCommands";

export default defineRule({
  id: "curl-pipe-shell",
  language: "dockerfile",
  title: "No script is run straight from the network",
  why: `\`curl … | sh\` runs whatever the server sends at that moment, as root, inside your build. If the server, its
domain or the account behind it is taken over, the script is another one; nobody notices, since nothing is kept that
could be compared, and the server can tell a build from a reader. A connection that breaks off runs half a script.

Install from a package source that signs, or download a fixed version, check it, and only then run it:
\`curl -fsSLo /tmp/install.sh https://… && echo "<sha256>  /tmp/install.sh" | sha256sum -c && sh /tmp/install.sh\`.
A script that itself downloads the newest version is only as good as that download.

Only what an interpreter executes counts. A pipe into tar, gpg, jq, tee or grep is not reported, nor is one into
\`python -c\` or \`perl -ne\`, which read it as data. There is no fix: the checksum has to come from you.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "droast:DF021",
    "semgrep:curl-pipe-bash",
    "owasp:RULE#9",
    "cis:4.11",
    "cis:4.12",
    "cwe:494",
    "cwe:829",
  ],
  references: [
    owaspDocker,
    cisDocker,
    cwe(494, "Download of code without integrity check"),
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  messages: {
    executed: (downloader: string, interpreter: string) =>
      `What ${downloader} receives is run by ${interpreter} unseen, so whoever controls the server controls the build`,
  },
  bad: [
    {
      title: "a pipe, also through sudo and over continued lines",
      source:
        "FROM debian:12\nRUN «curl -fsSL https://get.example.com | sh»\nRUN apt-get update && «wget -qO- https://get.example.com \\\n  | sudo -E bash -s -- --yes» && rm -f x\n",
    },
    {
      title: "a filter between the two, and other languages",
      source:
        "FROM php:8.4\nRUN «curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/bin»\nRUN «curl -s https://example.com/x.gz | gunzip | python3 -»\n",
    },
    {
      title: "substitutions",
      source:
        'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN «bash <(curl -s https://example.com/x)» && «sh -c "$(curl -fsSL https://example.com/y)"»\nRUN «eval "$(wget -qO- https://example.com/z)"»; «. <(curl -s https://example.com/env)»\n',
    },
    {
      title: "in a string for another shell",
      source: 'FROM debian:12\nRUN bash -c "«curl https://example.com/x | bash»"\n',
    },
    { title: "at start", source: 'FROM debian:12\nCMD ["sh", "-c", "«curl https://example.com/x | sh»"]\n' },
  ],
  good: [
    {
      title: "data for another program",
      source:
        "FROM debian:12\nRUN curl -fsSL https://example.com/x.tgz | tar -xz && curl -s https://example.com/k | gpg --dearmor -o /k\nRUN curl -s https://example.com/v | jq -r .tag | tee /version\n",
    },
    {
      title: "data for an interpreter",
      source:
        "FROM debian:12\nRUN curl -s https://example.com/v | python3 -c 'import json,sys; print(json.load(sys.stdin))'\nRUN curl -s https://example.com/v | perl -ne 'print' && curl -s https://example.com/v | python -m json.tool\n",
    },
    {
      title: "checked before it is run",
      source:
        'FROM debian:12\nRUN curl -fsSLo /i.sh https://example.com/i.sh && echo "abc  /i.sh" | sha256sum -c && sh /i.sh\n',
    },
    {
      title: "a value",
      source: 'FROM debian:12\nRUN V=$(curl -s https://example.com/v) && echo "$V" | sh ./x.sh\n',
    },
    {
      title: "text",
      source: "FROM debian:12\n# RUN curl x | sh\nRUN echo 'curl https://example.com | sh'\n",
    },
  ],
  check(document, { report }) {
    for (const { command } of commandsOf(document, ["RUN", "CMD", "ENTRYPOINT"])) {
      const downloader = pipedDownload(command);
      if (downloader) {
        const at = { start: Math.min(downloader.span.start, command.span.start), end: command.span.end };
        report("executed", [downloader.unwrapped.program, command.unwrapped.program], { at });
        continue;
      }
      const executor = command.feeds;
      if (!executor || !isDownload(command) || !executes(executor, command)) continue;
      report("executed", [command.unwrapped.program, nameOf(executor)], { at: executor.span });
    }
  },
});

const downloaders: ReadonlySet<string> = new Set(["curl", "wget", "aria2c", "fetch", "http", "https", "xh"]);

/** How many commands of a pipeline are looked at before the interpreter. */
const longestPipeline = 20;

/** Whether a command writes what it downloads to its output. */
function isDownload({ unwrapped }: ShellCommand): boolean {
  if (!downloaders.has(unwrapped.program)) return false;
  if (unwrapped.program !== "curl") return true;
  const output = valueOfOption(unwrapped, "o", "output");
  return (
    (output === undefined || output === "-" || output === "/dev/stdout") &&
    !hasFlag(unwrapped, "O", "remote-name")
  );
}

/** The download at the other end of the pipe whose input a command runs as a program. */
function pipedDownload(command: ShellCommand): ShellCommand | undefined {
  if (command.inputs.length === 0 || programSource(command)?.kind !== "input") return undefined;
  let inputs = command.inputs;
  for (let steps = 0; steps < longestPipeline && inputs.length > 0; steps++) {
    const found = inputs.find(isDownload);
    if (found) return found;
    inputs = inputs.flatMap((input) => input.inputs).slice(0, longestPipeline);
  }
  return undefined;
}

/** Whether a command runs the output of a substitution in its words. */
function executes(executor: ShellCommand, { span, context }: ShellCommand): boolean {
  const { program } = executor.unwrapped;
  if (program === "eval") return context === "substitution";
  if (program === "." || program === "source") return context === "process-substitution";
  const source = programSource(executor);
  switch (source?.kind) {
    case "text":
      return source.word !== undefined && beginsWith(source.word.span, source.word.literalPrefix, span);
    case "file":
      return context === "process-substitution" && containsSpan(source.word.span, span);
    case "input":
      return executor.redirections.some((redirection) => containsSpan(redirection.span, span));
    default:
      return false;
  }
}

function beginsWith(word: Span, literalPrefix: string, substitution: Span): boolean {
  return literalPrefix.trim() === "" && containsSpan(word, substitution);
}

function nameOf(executor: ShellCommand): string {
  const { program } = executor.unwrapped;
  return program === "." || program === "source" || program === "eval" ? "the shell" : program;
}
