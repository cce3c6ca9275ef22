import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { cisDocker, cwe } from "../shared/references";
import { instructionsOf } from "../shared/stages";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "run-security-insecure",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["security"] },
  title: "Every build step runs inside the sandbox",
  why: `\`RUN --security=insecure\` runs the step without seccomp and AppArmor and with every capability and device, as
\`docker run --privileged\` does. A package script, a dependency or a base image that turns bad then owns the machine
that builds, with its cache, its credentials and the other teams' builds.

Most steps that ask for it want one thing: a mount (use \`--mount\`), a nested build (use a rootless builder), or a
device. Where nothing else helps, build that image on a machine of its own and say why in an ignore comment.

A builder refuses such a step unless it was started with the \`security.insecure\` entitlement. The fix deletes the
flag; a step that really needs it then fails.`,
  category: "privilege",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["semgrep:run-security-insecure", "sonar:S6502", "cis:5.5", "cwe:250", "cwe:284"],
  references: [
    {
      title: "Dockerfile reference: RUN --security",
      url: "https://docs.docker.com/reference/dockerfile/#run---security",
    },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    insecure: () =>
      "This step runs without the sandbox, so whatever it executes owns the machine that builds",
  },
  bad: [
    {
      title: "alone",
      source: "FROM debian:12\nRUN «--security=insecure» mount -t tmpfs none /x\n",
      fixed: "FROM debian:12\nRUN mount -t tmpfs none /x\n",
    },
    {
      title: "among other flags, and on a line of its own",
      source: "FROM debian:12\nRUN --mount=type=cache,target=/c \\\n    «--security=insecure» \\\n    make\n",
      fixed: "FROM debian:12\nRUN --mount=type=cache,target=/c \\\n    make\n",
    },
  ],
  good: [
    { title: "the sandbox, written out", source: "FROM debian:12\nRUN --security=sandbox make\n" },
    { title: "a variable", source: "FROM debian:12\nARG S\nRUN --security=$S make\n" },
    { title: "an option of the command", source: "FROM debian:12\nRUN make --security=insecure\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "RUN") continue;
      instruction.flags.forEach((flag, index) => {
        if (flag.name !== "security" || flag.value?.toLowerCase() !== "insecure") return;
        const previous = instruction.flags[index - 1]?.span ?? instruction.keywordSpan;
        report("insecure", [], { at: flag.span, fixes: fixesOf(document, previous, flag.span) });
      });
    }
  },
});

function fixesOf(document: DockerfileDocument, previous: Span, flag: Span): readonly Fix[] {
  const span = withBlanksBefore(document, previous, flag);
  return span
    ? [{ title: "Run the step inside the sandbox", safety: "unsafe", edits: [deleteSpan(span)] }]
    : [];
}
