import type { ShellCommand, UnwrappedCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import { defineRule } from "../../engine/rule";
import { runs } from "../shared/mentions";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "curl-and-wget-both",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["wget"] },
  reads: (instruction) => runs(instruction, downloads),
  title: "A stage downloads with either curl or wget",
  why: `\`curl\` and \`wget\` do the same here, yet both have to be installed, kept up to date and, where certificates or a
proxy matter, configured. Each of them left in an image is also a tool for whoever breaks in.

Choose the one that is there anyway: \`curl -fsSL -o file URL\` is \`wget -q -O file URL\`.

Stages are judged one by one, since each has its own programs. There is no fix: their options differ.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL4001",
    "trivy:DS-0014",
    "kics:run_using_wget_and_curl",
    "semgrep:use-either-wget-or-curl",
    "droast:DF058",
    "cis:4.3",
  ],
  references: [
    {
      title: "Docker: don't install unnecessary packages",
      url: "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
    },
  ],
  messages: {
    both: (program: string, other: string) =>
      `${program} is used here and ${other} before in the same stage, so both have to be installed`,
  },
  bad: [
    {
      title: "in two steps, and in a third",
      source:
        'FROM debian:12\nRUN wget https://example.com/a\nRUN «curl» https://example.com/b\nRUN [«"curl"», "https://example.com/c"]\n',
    },
    {
      title: "in one step",
      source:
        "FROM debian:12\nRUN curl https://example.com/a | sudo tee /a \\\n  && sudo «wget» https://example.com/b\n",
    },
    {
      title: "in a stage that is thrown away",
      source: "FROM debian:12 AS a\nRUN wget x\nONBUILD RUN «curl» y\nFROM scratch\n",
    },
  ],
  good: [
    {
      title: "one of them",
      source: "FROM debian:12\nRUN curl https://example.com/a\nRUN curl https://example.com/b\n",
    },
    {
      title: "each in its own stage",
      source: "FROM debian:12 AS a\nRUN wget x\nFROM debian:12\nRUN curl y\n",
    },
    {
      title: "one is only named",
      source: "FROM debian:12\nRUN apt-get install -y wget; which wget; echo wget && curl x\nCMD wget x\n",
    },
  ],
  check(document, { report }) {
    if (!document.text.includes("curl") || !document.text.includes("wget")) return;
    const first = new Map<number, UnwrappedCommand>();
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, downloads)) continue;
      const { stageIndex, script } = instruction;
      for (const { unwrapped } of script.commands.filter(downloads)) {
        const { program, name } = unwrapped;
        const known = first.get(stageIndex);
        if (known === undefined) first.set(stageIndex, unwrapped);
        else if (known.program !== program && name && known.name) {
          const related = [{ span: known.name.span, message: `${known.program} is used here` }];
          report("both", [program, known.program], { at: name.span, related });
          break;
        }
      }
    }
  },
});

function downloads({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "curl" || unwrapped.program === "wget";
}
