import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { imageFamily } from "../../knowledge/imageFamily";
import { insertFlagFixes } from "../shared/insertFlag";
import { commandsMentioning } from "../shared/mentions";
import { dockerBestPractices } from "../shared/references";

export default defineRule({
  id: "wget-progress",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["wget"] },
  title: "wget does not fill the build's log",
  why: `Into a log wget writes a line for every 50 KB: thousands of them for a large file. The warnings that somebody
should have read are lost among them, and CI services cut the log off.

Write \`wget --progress=dot:giga\` (a line for every 32 MB), \`-nv\`, or \`-q\` where the exit status is enough. The wget of
Alpine is BusyBox's, which has only \`-q\`.

The fix adds \`--progress=dot:giga\`. It is safe in images of Debian's kind, whose wget has the option.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3047", "droast:DF056"],
  references: [
    {
      title: "Wget: download options",
      url: "https://www.gnu.org/software/wget/manual/html_node/Download-Options.html",
    },
    dockerBestPractices,
  ],
  messages: {
    log: () => "wget writes a line for every 50 KB into the build's log, where warnings then go unseen",
  },
  bad: [
    {
      title: "on Debian",
      source:
        "FROM debian:12\nRUN «wget» https://example.com/x.tgz && «wget» -O- https://example.com/y | tar -x\n",
      fixed:
        "FROM debian:12\nRUN wget --progress=dot:giga https://example.com/x.tgz && wget --progress=dot:giga -O- https://example.com/y | tar -x\n",
    },
    {
      title: "elsewhere",
      source:
        'FROM registry.example.com/base:1\nRUN sudo «wget» -O /x \\\n  https://example.com/x\nRUN [«"wget"», "my.xyz"]\n',
      fixed:
        'FROM registry.example.com/base:1\nRUN sudo wget --progress=dot:giga -O /x \\\n  https://example.com/x\nRUN ["wget", "my.xyz"]\n',
    },
  ],
  good: [
    {
      title: "quiet",
      source:
        "FROM debian:12\nRUN wget -q https://example.com/x; wget -qO- https://example.com; wget --quiet x; wget -nv x; wget --no-verbose x\n",
    },
    {
      title: "with large dots",
      source: "FROM debian:12\nRUN wget --progress=dot:giga https://example.com/x\n",
    },
    {
      title: "to a file, or nowhere",
      source:
        "FROM debian:12\nRUN wget -o log x; wget --append-output=log x; wget x 2>/dev/null; wget x &> log\n",
    },
    {
      title: "no download",
      source:
        "FROM debian:12\nRUN wget --version; wget --spider x; apt-get install wget\nCMD wget example.com\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["wget"], writesDots, ["RUN"])) {
      const { name } = command.unwrapped;
      if (!name || redirectsErrors(command, document.text)) continue;
      const target = document.stages[instruction.stageIndex]?.base?.target;
      const isDebian = target?.kind === "image" && imageFamily(target.reference) === "debian";
      const safety: Fix["safety"] = isDebian && !instruction.onbuild ? "safe" : "unsafe";
      const fixes = insertFlagFixes(document, { name }, "--progress=dot:giga", "Let wget write less", safety);
      report("log", [], { at: name.span, fixes });
    }
  },
});

function writesDots({ unwrapped }: ShellCommand): boolean {
  if (unwrapped.program !== "wget" || unwrapped.arguments.length === 0) return false;
  return !quietly.some(([short, long]) => hasFlag(unwrapped, short, long));
}

/** The options with which wget writes little, by letter and name; `-nv` is read as its last letter. */
const quietly: readonly (readonly [string, string])[] = [
  ["q", "quiet"],
  ["v", "no-verbose"],
  ["o", "output-file"],
  ["a", "append-output"],
  ["b", "background"],
  ["V", "version"],
  ["h", "help"],
  ["", "progress"],
  ["", "spider"],
];

function redirectsErrors({ redirections }: ShellCommand, text: string): boolean {
  return redirections.some(
    ({ operator, span }) =>
      operator.startsWith("&>") || (operator.startsWith(">") && text.charAt(span.start) === "2"),
  );
}
