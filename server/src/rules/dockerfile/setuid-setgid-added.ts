import type { Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { rememberLast } from "../../text/rememberLast";
import { specialBits } from "../shared/fileModes";
import { cisDocker, cwe } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";
import { copiedMode, modeFixes, modeOf } from "../shared/writtenModes";

export default defineRule({
  id: "setuid-setgid-added",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "COPY", "ADD"], words: ["chmod", "mkdir", "install"] },
  title: "No program runs with its owner's rights",
  why: `A program with the setuid bit runs as its owner, mostly root, whoever starts it. One mistake in it (a path that
it trusts, a variable, a shell that it can be made to open) and the process that \`USER\` was to keep small is root.
With setgid the same goes for a group.

Do what needs root in the build, or start as root and give that up (\`gosu\`, \`setpriv\`). A program that needs one
right, such as ping, can get it as a capability of the container. \`--security-opt no-new-privileges\` makes these
bits void; with it a program that relies on them does not work.

On directories setgid only passes the group on to new files. That is not reported where the step shows that it is a
directory (\`mkdir\`, \`find -type d\`, a mode with write for the group), and is low otherwise.

The fix takes the bits out of the mode and leaves the rest. It is not called safe: the program may have needed them.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["sonar:S2612", "dockle:CIS-DI-0008", "docker-bench:4.8", "cis:4.8", "cwe:732", "cwe:250"],
  references: [
    {
      title: "GNU coreutils: setuid, setgid and sticky",
      url: "https://www.gnu.org/software/coreutils/manual/html_node/Mode-Structure.html",
    },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    setuid: (mode: string) =>
      `Mode ${mode} sets setuid, so whoever starts this program gets its owner's rights`,
    setgid: (mode: string) =>
      `Mode ${mode} sets setgid, so whoever starts this program gets its group's rights`,
  },
  bad: [
    {
      title: "symbols",
      source:
        'FROM debian:12\nRUN chmod «u+s» /usr/bin/fping && chmod -v «ug+s,o-w» /a && chmod «u=rwxs,go=rx» /b\nRUN sudo chmod «a+rxs» "$(which ping)"\n',
      fixed:
        'FROM debian:12\nRUN chmod u+s /usr/bin/fping && chmod -v o-w /a && chmod u=rwx,go=rx /b\nRUN sudo chmod a+rx "$(which ping)"\n',
    },
    {
      title: "numbers",
      source:
        "FROM debian:12\nRUN chmod «4755» /a && chmod -R «06755» /b && chmod «2755» /usr/bin/c\nRUN install -o root -m «4711» d /usr/bin/d && find /e -type f -exec chmod «4755» {} +\n",
      fixed:
        "FROM debian:12\nRUN chmod 0755 /a && chmod -R 00755 /b && chmod 0755 /usr/bin/c\nRUN install -o root -m 0711 d /usr/bin/d && find /e -type f -exec chmod 0755 {} +\n",
    },
    {
      title: "COPY and ADD, on a line of its own, for images built from this one",
      source:
        "FROM debian:12\nCOPY --chmod=«4755» su /usr/bin/\nADD --chown=root:root \\\n    --chmod=«u+s» x /y\nONBUILD COPY --chmod=«6755» a /b\n",
      fixed:
        "FROM debian:12\nCOPY --chmod=0755 su /usr/bin/\nADD --chown=root:root \\\n    --chmod=u+s x /y\nONBUILD COPY --chmod=0755 a /b\n",
    },
    { title: "what may be a directory, low", source: "FROM debian:12\nRUN chmod «g+s» /srv/shared\n" },
  ],
  good: [
    {
      title: "no such bit",
      source: "FROM debian:12\nRUN chmod 755 /a; chmod 0755 /b; chmod 1777 /tmp; chmod +x /c\n",
    },
    {
      title: "taken away",
      source:
        "FROM debian:12\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} + && chmod u-s,g-s /bin/su\n",
    },
    {
      title: "directories",
      source:
        "FROM debian:12\nRUN mkdir -p /d ${E} && chmod g+s /d ${E} && find /opt -type d | xargs -n 1 chmod g+s && find /x -type d -exec chmod 2755 {} \\;\nRUN chmod 2775 /f && mkdir -m 2755 /g && chmod g+rwxs /h && chmod g+s /i/ && install -d -m 2755 /j\n",
    },
    {
      title: "a file's name",
      source: "FROM debian:12\nRUN chmod 755 /4755 && echo chmod u+s x\nCOPY 4755 /x\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of runCommands(document, setsBits)) {
      const mode = modeOf(command);
      const bits = mode && specialBits(mode.text);
      if (mode === undefined || bits === undefined) continue;
      const place = { at: mode.span, fixes: modeFixes(mode, bits.without) };
      if (bits.setuid) report("setuid", [shorten(mode.text, 24)], place);
      else if (!isForDirectory(instruction, command, mode.text)) {
        const isProgram = operandsOf(command.unwrapped).some(({ text }) => /\/s?bin\/./.test(text));
        report("setgid", [shorten(mode.text, 24)], { ...place, severity: isProgram ? "medium" : "low" });
      }
    }
    for (const instruction of instructionsOf(document)) {
      const mode = copiedMode(instruction);
      const bits = mode && specialBits(mode.text);
      if (mode === undefined || !(bits?.setuid || bits?.setgid)) continue;
      const severity = bits.setuid ? "high" : "low";
      const place = { at: mode.span, severity, fixes: modeFixes(mode, bits.without) } as const;
      report(bits.setuid ? "setuid" : "setgid", [shorten(mode.text, 24)], place);
    }
  },
});

function setsBits(command: ShellCommand): boolean {
  const mode = modeOf(command);
  const bits = mode && specialBits(mode.text);
  return bits !== undefined && (bits.setuid || bits.setgid);
}

/** Whether a setgid bit goes to a directory, as far as the step shows it. */
function isForDirectory(instruction: Instruction, command: ShellCommand, mode: string): boolean {
  const { unwrapped, runBy, inputs } = command;
  if (unwrapped.program === "mkdir" || hasFlag(unwrapped, "d", "directory")) return true;
  if (/^0?[2-7][0-7][2367][0-7]$|g[+=][rxs]{0,3}w/.test(mode)) return true;
  if (runBy !== undefined && findsDirectories(runBy)) return true;
  if (inputs.some(findsDirectories)) return true;
  const targets = operandsOf(unwrapped).slice(1);
  const made = directoriesMadeBy(instruction);
  return targets.length > 0 && targets.every(({ text }) => text.endsWith("/") || made.has(text));
}

function findsDirectories({ unwrapped: { program, arguments: words } }: ShellCommand): boolean {
  return program === "find" && words.some(({ value }, i) => value === "-type" && words[i + 1]?.value === "d");
}

/** What the `mkdir` commands of an instruction are given, as written. */
const directoriesMadeBy: (instruction: Instruction) => ReadonlySet<string> = rememberLast(
  (instruction: Instruction) =>
    new Set(
      ("script" in instruction ? instruction.script.commands : [])
        .filter(({ unwrapped }) => unwrapped.program === "mkdir")
        .flatMap(({ unwrapped }) => operandsOf(unwrapped).map(({ text }) => text)),
    ),
);
