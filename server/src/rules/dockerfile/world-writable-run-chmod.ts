import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { judgeMode, opensMask } from "../shared/fileModes";
import { cwe } from "../shared/references";
import { commandsOf, runCommands } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";
import { modeFixes, modeOf, type WrittenMode } from "../shared/writtenModes";

export default defineRule({
  id: "world-writable-run-chmod",
  language: "dockerfile",
  local: true,
  needs: { words: ["chmod", "mkdir", "install", "umask"] },
  title: "No build step lets everybody write",
  why: `Files that anybody may write can be changed by any process in the container, also by one that was to be kept
small: whoever takes over the worker replaces the script that root's cron or the entrypoint runs next.

Give the files to the user that needs them (\`COPY --chown\`, \`chown app:app\`) or to a group, and leave others
without the right to write. Platforms that pick a random user with group 0 need \`chmod g=u\`, not \`777\`.

A sticky directory such as \`1777\`, the mode of \`/tmp\`, is not reported. A stage that does not become part of the
final image is reported as low, and so is a folder for sockets below \`/run\`. \`umask 000\` does the same to everything that
the rest of the step makes, or, in CMD and ENTRYPOINT, to what the service writes.

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
    mask: (mask: string) =>
      `With umask ${mask} every process in the container can change what is made from here on`,
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
    {
      title: "an operator before a number",
      source: "FROM debian:12\nRUN chmod «+777» /a && chmod -R «=0666» /b\n",
      fixed: "FROM debian:12\nRUN chmod +775 /a && chmod -R =0664 /b\n",
    },
    {
      title: "nothing is masked",
      source: "FROM debian:12\nRUN umask «000» && make install\nCMD umask «0»; exec app\n",
    },
    {
      title: "a folder for sockets, low",
      source: "FROM debian:12\nRUN chmod «2777» /var/run/postgresql\n",
      fixed: "FROM debian:12\nRUN chmod 2775 /var/run/postgresql\n",
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
    {
      title: "a mask that leaves something out, and one that is printed",
      source: "FROM debian:12\nRUN umask 022 && umask 0002 && umask -S && umask u=rwx,g=rwx,o=rx && umask\n",
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
      const isLow = !kept.has(instruction.stageIndex) || isForSockets(command, mode);
      report("writable", [shorten(mode.text, 24)], {
        at: mode.span,
        fixes: modeFixes(mode, judged.tightened),
        ...(isLow ? { severity: "low" as const } : {}),
      });
    }
    for (const { instruction, command } of commandsOf(document, started, masksNothing)) {
      const mask = maskOf(command);
      if (mask === undefined) continue;
      report("mask", [shorten(mask.text, 24)], {
        at: mask.span,
        ...(kept.has(instruction.stageIndex) ? {} : { severity: "low" as const }),
      });
    }
  },
});

const started = ["RUN", "CMD", "ENTRYPOINT"] as const;

function masksNothing(command: ShellCommand): boolean {
  return maskOf(command) !== undefined;
}

/** The mask of `umask` where it leaves others the right to write. */
function maskOf({ unwrapped }: ShellCommand): ShellWord | undefined {
  const [mask, ...more] = unwrapped.program === "umask" ? unwrapped.arguments : [];
  return mask?.value !== undefined && more.length === 0 && opensMask(mask.value) ? mask : undefined;
}

/** Whether all that gets a mode lies below the folder for sockets and process ids, which is empty when a container starts. */
function isForSockets({ unwrapped }: ShellCommand, mode: WrittenMode): boolean {
  const paths = operandsOf(unwrapped).filter(({ span }) => span.start > mode.span.end);
  return paths.length > 0 && paths.every(({ value }) => /^(?:\/var)?\/run\/./.test(value ?? ""));
}

function letsOthersWrite(command: ShellCommand): boolean {
  const mode = modeOf(command);
  return mode !== undefined && judgeMode(mode.text)?.worldWritable === true;
}
