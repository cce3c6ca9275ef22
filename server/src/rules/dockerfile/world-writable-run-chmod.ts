import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import { judgeMode } from "../shared/fileModes";
import { cwe } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";
import { modeFixes, modeOf } from "../shared/writtenModes";

export default defineRule({
  id: "world-writable-run-chmod",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["chmod", "mkdir", "install"] },
  title: "No build step lets everybody write",
  why: `Files that anybody may write can be changed by any process in the container, also by one that was to be kept
small: whoever takes over the worker replaces the script that root's cron or the entrypoint runs next.

Give the files to the user that needs them (\`COPY --chown\`, \`chown app:app\`) or to a group, and leave others
without the right to write. Platforms that pick a random user with group 0 need \`chmod g=u\`, not \`777\`.

A sticky directory such as \`1777\`, the mode of \`/tmp\`, is not reported. A stage that does not become part of the
final image is reported as low.

The fix takes the right to write from others and leaves the rest of the mode. It is not called safe: a process under
another user may have relied on it.`,
  category: "hygiene",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["sonar:S2612", "droast:DF034", "cwe:732"],
  references: [
    {
      title: "GNU coreutils: file permissions",
      url: "https://www.gnu.org/software/coreutils/manual/html_node/File-permissions.html",
    },
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  messages: {
    writable: (mode: string) => `Mode ${mode} lets every process in the container change these files`,
  },
  bad: [
    {
      title: "numbers, before and after options",
      source: "FROM debian:12\nRUN chmod «777» /app && chmod -R «0666» /data && chmod «0777» -R /x\n",
      fixed: "FROM debian:12\nRUN chmod 775 /app && chmod -R 0664 /data && chmod 0775 -R /x\n",
    },
    {
      title: "symbols",
      source: "FROM debian:12\nRUN chmod «a+rwx» /a; chmod «ugo+w» /b; chmod «u+x,o=rw» /c\n",
      fixed: "FROM debian:12\nRUN chmod ug+rwx,o+rx /a; chmod ug+w /b; chmod u+x,o=r /c\n",
    },
    { title: "nothing left to write", source: "FROM debian:12\nRUN chmod «o+w» /d\n" },
    {
      title: "when something is made",
      source:
        "FROM debian:12\nRUN mkdir -p -m «777» /a && mkdir --mode=«a+rwx» /b && install -m «0666» x /c\n",
      fixed:
        "FROM debian:12\nRUN mkdir -p -m 775 /a && mkdir --mode=ug+rwx,o+rx /b && install -m 0664 x /c\n",
    },
  ],
  good: [
    {
      title: "less",
      source: "FROM debian:12\nRUN chmod 755 /a && chmod -R 0770 /b && chmod g=u /c && chmod 4755 /d\n",
    },
    {
      title: "sticky directories",
      source: "FROM debian:12\nRUN chmod 1777 /tmp && chmod a+rwxt /x && mkdir -m 01777 /y\n",
    },
    {
      title: "a right taken away",
      source: "FROM debian:12\nRUN chmod -R go-w /a && chmod a-rwx /b && chmod -w /c\n",
    },
    { title: "by the umask", source: "FROM debian:12\nRUN chmod +w /a && chmod +x /b\n" },
    {
      title: "what only looks like a mode",
      source: "FROM debian:12\nRUN chmod --reference=/777 /a && echo 777 && chmod 644 /777\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const { instruction, command } of runCommands(document, letsOthersWrite)) {
      const mode = modeOf(command);
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

function letsOthersWrite(command: ShellCommand): boolean {
  const mode = modeOf(command);
  return mode !== undefined && judgeMode(mode.text)?.worldWritable === true;
}
