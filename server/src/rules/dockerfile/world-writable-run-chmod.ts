import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { type JudgedMode, judgeMode } from "../shared/fileModes";
import { cwe } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";

export default defineRule({
  id: "world-writable-run-chmod",
  language: "dockerfile",
  local: true,
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
        fixes: fixesOf(mode, judged),
        ...(kept.has(instruction.stageIndex) ? {} : { severity: "low" as const }),
      });
    }
  },
});

function letsOthersWrite(command: ShellCommand): boolean {
  const mode = modeOf(command);
  return mode !== undefined && judgeMode(mode.text)?.worldWritable === true;
}

interface WrittenMode {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
  /** Whether the span is just the mode, so that it can be replaced. */
  readonly exact: boolean;
}

function modeOf({ unwrapped }: ShellCommand): WrittenMode | undefined {
  if (unwrapped.program === "chmod") {
    if (findOption(unwrapped, "", "reference")) return undefined;
    return writtenIn(operandsOf(unwrapped)[0], "");
  }
  if (unwrapped.program !== "mkdir" && unwrapped.program !== "install") return undefined;
  const words = unwrapped.arguments;
  const index = words.findIndex(({ literalPrefix }) => /^-m|^--mode(?:=|$)/.test(literalPrefix));
  const text = words[index]?.literalPrefix ?? "";
  if (text === "-m" || text === "--mode") return writtenIn(words[index + 1], "");
  return writtenIn(words[index], text.startsWith("--") ? "--mode=" : "-m");
}

/** The mode that a word holds after an option's own text. */
function writtenIn(word: ShellWord | undefined, prefix: string): WrittenMode | undefined {
  if (word?.value === undefined) return undefined;
  const exact =
    word.exact && word.text === word.value && word.span.end - word.span.start === word.text.length;
  const start = exact ? word.span.start + prefix.length : word.span.start;
  return { text: word.value.slice(prefix.length), span: { start, end: word.span.end }, exact };
}

function fixesOf(mode: WrittenMode, { tightened }: JudgedMode): readonly Fix[] {
  if (!mode.exact || tightened === undefined) return [];
  const edits = [replaceSpan(mode.span, tightened)];
  return [{ title: `Use mode ${shorten(tightened)}`, safety: "unsafe", edits }];
}
