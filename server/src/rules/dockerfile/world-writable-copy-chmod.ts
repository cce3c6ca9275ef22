import { defineRule } from "../../engine/rule";
import { judgeMode } from "../shared/fileModes";
import { cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalStages, instructionsOf, stateBefore } from "../shared/stages";
import { copiedMode, modeFixes } from "../shared/writtenModes";

export default defineRule({
  id: "world-writable-copy-chmod",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"], words: ["chmod"] },
  title: "Nothing is copied so that everybody may write to it",
  why: `\`COPY --chmod=777\` lets any process in the container change what is copied, also one that was to be kept small.
Whoever takes over the worker rewrites the script that root's cron job, the entrypoint or the next user starts.

Programs and scripts need \`755\`, or \`555\` where nobody has to change them, configuration \`644\`. Give files that
are written at run time to the user that writes them (\`--chown\`).

A sticky directory such as \`1777\` is not reported. A stage that does not become part of the final image is reported
as low.

The fix takes the right to write from others and leaves the rest of the mode. It is not called safe: a process under
another user may have relied on it.`,
  category: "hygiene",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["sonar:S2612", "sonar:S6504", "cwe:732"],
  references: [
    dockerfileReference("COPY --chown --chmod", "copy---chown---chmod"),
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  messages: {
    writable: (mode: string) => `Mode ${mode} lets every process in the container change what is copied`,
  },
  bad: [
    {
      title: "numbers",
      source:
        'FROM debian:12\nCOPY --chmod=«777» run.sh /\nADD --chown=app --chmod=«0666» a.tar /x\ncopy --chmod=«757» ["a b", "/c"]\n',
      fixed:
        'FROM debian:12\nCOPY --chmod=775 run.sh /\nADD --chown=app --chmod=0664 a.tar /x\ncopy --chmod=755 ["a b", "/c"]\n',
    },
    {
      title: "symbols, in a heredoc and on a line of its own",
      source:
        "FROM debian:12\nCOPY --chmod=«a+rwx» <<EOF /run.sh\necho hi\nEOF\nONBUILD COPY \\\n  --chmod=«u=rwx,go=rw» \\\n  a /b\n",
      fixed:
        "FROM debian:12\nCOPY --chmod=ug+rwx,o+rx <<EOF /run.sh\necho hi\nEOF\nONBUILD COPY \\\n  --chmod=u=rwx,g=rw,o=r \\\n  a /b\n",
    },
    {
      title: "a variable",
      source: "FROM debian:12\nARG MODE=777\nCOPY --chmod=«$MODE» a /a\nCOPY --chmod=«${MODE}» b /b\n",
    },
    {
      title: "a stage that is thrown away, low",
      source: "FROM debian:12 AS build\nCOPY --chmod=«777» . /src\nFROM scratch\n",
      fixed: "FROM debian:12 AS build\nCOPY --chmod=775 . /src\nFROM scratch\n",
    },
  ],
  good: [
    {
      title: "less",
      source: "FROM debian:12\nCOPY --chmod=755 a /a\nCOPY --chmod=0644 b /b\nADD --chmod=u+x,go-w c /c\n",
    },
    { title: "a sticky directory", source: "FROM debian:12\nCOPY --chmod=1777 tmp /tmp\n" },
    {
      title: "a variable that the file does not fill, or fills with less",
      source: "FROM debian:12\nARG MODE\nARG LESS=755\nCOPY --chmod=$MODE a /a\nCOPY --chmod=${LESS} b /b\n",
    },
    { title: "a name", source: "FROM debian:12\nCOPY --chown=777 a /a\nCOPY 777 /a\n" },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const instruction of instructionsOf(document)) {
      const mode = copiedMode(instruction, stateBefore(document, instruction));
      const judged = mode && judgeMode(mode.text);
      if (mode === undefined || !judged?.worldWritable) continue;
      report("writable", [shorten(mode.text, 24)], {
        at: mode.span,
        fixes: modeFixes(mode, judged.tightened),
        ...(kept.has(instruction.stageIndex) ? {} : { severity: "low" as const }),
      });
    }
  },
});
