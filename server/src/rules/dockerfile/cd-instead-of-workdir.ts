import type { DockerfileDocument, Expansion, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan, insertAt, replaceSpan } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { type Span, spanOf } from "../../text/span";
import { environmentAt } from "../shared/runStates";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "cd-instead-of-workdir",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["cd"] },
  title: "The working directory is set with WORKDIR",
  why: `\`cd\` ends with its step: the next one begins where WORKDIR says, which has surprised many. In the middle of a chain
it hides where the commands after it work, and with \`;\` before them they run in the wrong place when the folder is
missing.

Write \`WORKDIR /app\` above the step; it makes the folder, too. For a single command use its own option (\`make -C\`,
\`npm --prefix\`, \`git -C\`, \`tar -C\`), or a subshell: \`(cd x && make)\`.

Reported is the first \`cd\` of a step. Subshells are not, nor folders that only the step knows: \`cd "$(mktemp
-d)"\`, or a relative one after commands that may have made it. The fix writes WORKDIR where \`cd\` is what the step begins with; it is not called safe, since later instructions
then work there as well.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3003",
    "trivy:DS-0013",
    "kics:run_command_cd_instead_of_workdir",
    "semgrep:use-workdir",
    "sonar:S6597",
    "droast:DF008",
  ],
  references: [
    { title: "Docker: WORKDIR", url: "https://docs.docker.com/build/building/best-practices/#workdir" },
  ],
  messages: {
    useless: () => "The next step does not begin here: cd ends with this one, and changes nothing else",
    hidden: () => "From here on the step works in another folder, which WORKDIR would say for all to see",
  },
  bad: [
    {
      title: "alone",
      source: "FROM nginx:1.29\nRUN «cd» /opt\nRUN «cd» ../share\n",
      fixed: "FROM nginx:1.29\nWORKDIR /opt\nWORKDIR ../share\n",
    },
    {
      title: "at the beginning, over lines",
      source: "FROM debian:12\nRUN --network=none «cd» /usr/src/app \\\n    && make\nRUN «cd» a; make\n",
      fixed: "FROM debian:12\nWORKDIR /usr/src/app\nRUN --network=none make\nRUN cd a; make\n",
    },
    {
      title: "in the middle, in a variable of the file, in a heredoc",
      source:
        'FROM debian:12\nENV DIR=/x\nRUN make && «cd» /a && make\nRUN «cd» "$DIR" && make\nRUN <<EOF\nset -e\n«cd» /tmp\nmake\nEOF\n',
    },
  ],
  good: [
    {
      title: "WORKDIR",
      source: "FROM nginx:1.29\nWORKDIR /usr/share/nginx/html\nCMD cd /x && sed -e s/a/b/ c\n",
    },
    {
      title: "a subshell",
      source: "FROM debian:12\nRUN (cd x && make) && sh -c 'cd y && make'; V=$(cd z; pwd)\n",
    },
    {
      title: "folders that only the step knows",
      source:
        'FROM debian:12\nRUN cd "$(mktemp -d)" && make\nRUN D=/x; cd $D; make; cd -\nRUN git clone https://example.com/a && cd a && make\n',
    },
    { title: "text", source: 'FROM debian:12\nRUN echo "cd /opt"\n' },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, changesFolder)) continue;
      const { commands } = instruction.script;
      const index = commands.findIndex(changesFolder);
      const command = commands[index];
      const target = command && operandsOf(command)[0];
      if (!command?.name || !target || !isKnown(target, environmentAt(document, instruction))) continue;
      if (!/^["']?[/$~]/.test(target.text) && commands.slice(0, index).some(mayMakeFolder)) continue;
      const isLast = index === commands.length - 1;
      const fixes = fixesOf(document, instruction, index, target);
      report(isLast ? "useless" : "hidden", [], { at: command.name.span, fixes });
    }
  },
});

function changesFolder({ program, context, arguments: words }: ShellCommand): boolean {
  return program === "cd" && context === "top" && words.length > 0 && words[0]?.value !== "-";
}

function mayMakeFolder({ program }: ShellCommand): boolean {
  return !/^(?:set|echo|export|shopt)?$/.test(program);
}

function isKnown(
  { value, text, variables }: ShellWord,
  environment: ReadonlyMap<string, Expansion>,
): boolean {
  if (value !== undefined) return true;
  return !/\$\(|`/.test(text) && variables.length > 0 && variables.every((name) => environment.has(name));
}

/** WORKDIR in place of the `cd` that a step begins with. */
function fixesOf(
  document: DockerfileDocument,
  run: RunInstruction,
  index: number,
  target: ShellWord,
): readonly Fix[] {
  const { commands } = run.script;
  const [command, next] = [commands[index], commands[index + 1]];
  if (!command || index > 0 || run.form !== "shell" || run.heredocs.length > 0 || run.onbuild) return [];
  if (!/^[\w./-]{1,200}$/.test(target.text) || !target.exact) return [];
  if (commands.filter(changesFolder).length > 1) return [];
  const title = "Write WORKDIR";
  if (next === undefined) {
    const textOf = ({ start, end }: Span) => document.text.slice(start, end).trim();
    const isAlone = textOf(run.argumentsSpan) === textOf(command.span);
    return isAlone && run.flags.length === 0
      ? [{ title, safety: "unsafe", edits: [replaceSpan(run.span, `WORKDIR ${target.text}`)] }]
      : [];
  }
  if (!/^[\s\\`]*&&[\s\\`]*$/.test(document.text.slice(command.span.end, next.span.start))) return [];
  const edits = [
    insertAt(run.span.start, `WORKDIR ${target.text}${lineBreakOf(document.text)}`),
    deleteSpan(spanOf(command.span.start, next.span.start)),
  ];
  return [{ title, safety: "unsafe", edits }];
}
