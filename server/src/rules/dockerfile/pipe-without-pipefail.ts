import type { RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import { defineRule } from "../../engine/rule";
import { isCaught, pipefailFixes } from "../shared/pipefail";
import { cwe } from "../shared/references";
import { stateAtInstruction } from "../shared/runStates";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "pipe-without-pipefail",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["|"] },
  title: "A step fails when any command of a pipe fails",
  why: `A shell takes the exit status of a pipe from its last command. When \`curl … | tar -x\` gets half a file, or
\`gpg --verify … | grep\` finds a wrong signature, the first command fails, the last does not, and the build goes on
with what it got.

Put \`SHELL ["/bin/bash", "-o", "pipefail", "-c"]\` above the step (Alpine: \`["/bin/ash", "-eo", "pipefail", "-c"]\`), or
begin the step with \`set -o pipefail\` where its shell knows that. Where a pipe's first command may fail, write
\`|| true\` behind it.

Downloads and checks are low, other commands advice. Pipes that begin with \`echo\`, \`printf\` or \`yes\` are not reported, nor
those into \`sha256sum -c\` or whose failure is caught with \`||\`. The fix adds SHELL; it is not called safe, since the shell may be missing, and since a command such as \`grep\` that finds nothing then
stops the build.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL4006",
    "kics:shell_running_a_pipe_without_pipefail_flag",
    "semgrep:set-pipefail",
    "droast:DF057",
    "cwe:754",
  ],
  references: [
    {
      title: "Docker: using pipes",
      url: "https://docs.docker.com/build/building/best-practices/#using-pipes",
    },
    cwe(754, "Improper check for unusual or exceptional conditions"),
  ],
  messages: {
    unnoticed: (program: string) =>
      `When ${program} fails, nobody notices: a pipe's status is that of its last command only`,
  },
  bad: [
    {
      title: "a download",
      source: "FROM debian:12\nRUN «wget» -O - https://example.com | wc -l > /number\n",
      fixed:
        'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN wget -O - https://example.com | wc -l > /number\n',
    },
    {
      title: "on Alpine, below a comment and over lines",
      source:
        "FROM alpine:3.21\nARG V\n# Fetch it\nRUN set -eux; \\\n    «curl» -fsSL https://example.com/$V.tgz | tar -xz\n",
      fixed:
        'FROM alpine:3.21\nARG V\n# Fetch it\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN set -eux; \\\n    curl -fsSL https://example.com/$V.tgz | tar -xz\n',
    },
    {
      title: "after another shell, in a substitution, and once a step",
      source:
        'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN V=$(«curl» https://example.com | jq .v) && a | b\n',
      fixed:
        'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN V=$(curl https://example.com | jq .v) && a | b\n',
    },
    {
      title: "a shell of its own and a heredoc, without a fix",
      source:
        'FROM debian:12\nRUN ["/bin/bash", "-c", "«a» | b"]\nONBUILD RUN «a» | b\nRUN <<EOF\n«a» | b\nset -o pipefail\nEOF\n',
      fixed:
        'FROM debian:12\nRUN ["/bin/bash", "-c", "a | b"]\nONBUILD RUN a | b\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN <<EOF\na | b\nset -o pipefail\nEOF\n',
    },
  ],
  good: [
    {
      title: "with SHELL, inherited too",
      source:
        'FROM debian:12 AS base\nSHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN curl x | tar x\nFROM base\nRUN a | b\n',
    },
    {
      title: "with set, or an option of the shell",
      source:
        'FROM debian:12\nRUN set -euo pipefail && curl x | tar x\nRUN bash -o pipefail -c "a | b"\nRUN ["/bin/bash", "-eo", "pipefail", "-c", "a | b"]\n',
    },
    {
      title: "nothing that fails",
      source:
        "FROM debian:12\nRUN echo 'a b' | sha256sum -c - && printf x | tee /y; yes | cmd || a; a | b || true; grep x y | sha256sum -c -\n",
    },
    {
      title: "no pipe",
      source: "FROM debian:12\nRUN cat /etc/foo '|' bar; a || b # c | d\nCMD a | b\n",
    },
    {
      title: "PowerShell",
      source:
        'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN a | b\n',
    },
  ],
  check(document, { report }) {
    if (!document.text.includes("|")) return;
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, feedsAnother)) continue;
      const shell = instruction.form === "shell" ? stateAtInstruction(document, instruction)?.shell : [];
      if (shell?.some((word) => word.includes("pipefail"))) continue;
      const command = unnoticedIn(instruction);
      if (!command?.unwrapped.name) continue;
      report("unnoticed", [shownName(command)], {
        at: command.unwrapped.name.span,
        severity: isFromOutside(command) ? "low" : "info",
        fixes: pipefailFixes(document, instruction),
      });
    }
  },
});

function feedsAnother({ pipeline, pipelineIndex, unwrapped }: ShellCommand): boolean {
  const last = pipeline.at(-1);
  // What has nothing to compare does not pass.
  if (last && /sums?$/.test(last.unwrapped.program) && hasFlag(last.unwrapped, "c", "check")) return false;
  return pipelineIndex < pipeline.length - 1 && !/^(?:echo|printf|yes|tee|true|:)$/.test(unwrapped.program);
}

/** The first command whose failure is lost, downloads and checks before others. */
function unnoticedIn({ script }: RunInstruction): ShellCommand | undefined {
  const { commands } = script;
  const set = commands.findIndex(
    ({ program, arguments: words }) => program === "set" && words.some(({ value }) => value === "pipefail"),
  );
  const unnoticed = commands.filter((command, index) => {
    if (!feedsAnother(command) || (set >= 0 && set < index)) return false;
    if (command.runBy?.arguments.some(({ value }) => value === "pipefail")) return false;
    return !isCaught(commands, index);
  });
  return unnoticed.find(isFromOutside) ?? unnoticed[0];
}

function isFromOutside({ unwrapped }: ShellCommand): boolean {
  return /^(?:curl|wget|aria2c|git|gpg2?|gpgv|cosign|openssl)$/.test(unwrapped.program);
}

function shownName({ unwrapped }: ShellCommand): string {
  return /^[\w.+-]{1,30}$/.test(unwrapped.program) ? unwrapped.program : "a command of this pipe";
}
