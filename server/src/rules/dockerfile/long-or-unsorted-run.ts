import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import { defineRule } from "../../engine/rule";
import { dockerBestPractices } from "../shared/references";
import {
  chainingFixes,
  installsPackages,
  lossySemicolons,
  overlongParts,
  sortingFixes,
  unsortedPackages,
  wrappingFixes,
} from "../shared/runLayout";
import { stateAtInstruction } from "../shared/runStates";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "long-or-unsorted-run",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"] },
  title: "Steps are short lines, sorted lists and commands joined with &&",
  why: `A step that can be read at a glance is one in which a reviewer sees what was added. Three things help:

- lines of at most 120 characters (an option): begin a new one with each \`&&\`;
- packages in alphabetical order, where each has its own line: a package is then not listed twice, and a change is one
  line;
- \`&&\` between commands, not \`;\`: after a semicolon the step goes on when a command has failed, and the build
  succeeds without what that should have done. \`set -e\` at the beginning does as well.

Lines that no break can make shorter are not reported, nor are heredocs and lists with comments in them. Breaking a line
and sorting packages are safe fixes; writing \`&&\` is not, since a failure that nobody has noticed then stops the build.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["sonar:S7020", "sonar:S7018", "dockerfile_lint:no_ampersand_usage"],
  references: [
    {
      title: "Docker: sort multi-line arguments",
      url: "https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments",
    },
    dockerBestPractices,
  ],
  options: {
    maximumLineLength: {
      type: "number",
      default: 120,
      minimum: 40,
      description: "How many characters a line of a RUN instruction may have.",
    },
  },
  messages: {
    long: (most: number) =>
      `A line of more than ${most} characters hides what a step does from whoever reviews it`,
    unsorted: () => "These packages are in no order, so that one is easily listed twice or overlooked",
    lost: (program: string) => `The step goes on when ${program} fails, since a semicolon follows it`,
  },
  bad: [
    {
      title: "a long line",
      source:
        "FROM debian:12\nRUN wget -q https://example.com/tool.tgz && tar xf tool.tgz «&& cd tool && make install && rm -rf /tool»\n",
      fixed:
        "FROM debian:12\nRUN wget -q https://example.com/tool.tgz \\\n    && tar xf tool.tgz \\\n    && cd tool \\\n    && make install \\\n    && rm -rf /tool\n",
      context: { options: { maximumLineLength: 60 } },
    },
    {
      title: "packages in no order",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get install -y \\\n    «git=1:2.* \\\n    curl \\\n    ca-certificates» \\\n    && rm -rf /var/lib/apt/lists/*\n",
      fixed:
        "FROM debian:12\nRUN apt-get update && apt-get install -y \\\n    ca-certificates \\\n    curl \\\n    git=1:2.* \\\n    && rm -rf /var/lib/apt/lists/*\n",
    },
    {
      title: "semicolons",
      source: "FROM debian:12\nRUN «apt-get» update; apt-get install -y git; \\\n    echo done\n",
      fixed: "FROM debian:12\nRUN apt-get update && apt-get install -y git && \\\n    echo done\n",
    },
  ],
  good: [
    {
      title: "one that cannot be broken, a comment and a heredoc",
      source: `FROM debian:12\nRUN wget -q https://example.com/${"x".repeat(120)}\nRUN a \\\n# ${"a b ".repeat(40)}\n  && b\nRUN <<EOF\n${"a b ".repeat(40)}\nEOF\n`,
    },
    {
      title: "sorted in some way, on one line, in groups, or with comments",
      source:
        "FROM debian:12\nRUN apk add --no-cache \\\n    a \\\n    B \\\n    c\nRUN apk add c b a\nRUN apk add \\\n  c \\\n  # why\n  b \\\n  a\nRUN apk add \\\n  c \\\n  d \\\n    a \\\n    b\nRUN apk add \\\n  g++ \\\n  gcc \\\n  py-a \\\n  pyb\n",
    },
    {
      title: "with set -e, by SHELL, caught, or after what does not fail",
      source:
        'FROM debian:12\nRUN set -eux; a; b\nRUN a || true; b\nRUN echo a; X=y; export Y=z; b\nRUN for i in a b; do c; done\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\nRUN a; b\n',
    },
  ],
  check(document, { options, report }) {
    const most = options.maximumLineLength;
    for (const run of instructionsOf(document)) {
      if (run.keyword !== "RUN" || run.form !== "shell" || run.heredocs.length > 0) continue;
      if (run.script.dialect !== "posix") continue;
      const isLong = run.span.end - run.span.start > most - longestPrefix;
      for (const part of isLong ? overlongParts(document, run, most) : [])
        report("long", [most], { at: part, fixes: wrappingFixes(document, run, part, most) });
      if (hasCommand(run.script, installsPackages)) {
        for (const command of run.script.commands.filter(installsPackages)) {
          const packages = unsortedPackages(document, command);
          const [first, last] = [packages[0], packages.at(-1)];
          if (first && last)
            report("unsorted", [], {
              at: { start: first.span.start, end: last.span.end },
              fixes: sortingFixes(packages),
            });
        }
      }
      if (!hasCommand(run.script, followsSemicolon) || stopsAtErrors(document, run)) continue;
      const semicolons = lossySemicolons(document, run);
      const first = semicolons[0]?.command.unwrapped;
      if (first?.name)
        report("lost", [first.program || "a command"], {
          at: first.name.span,
          fixes: chainingFixes(semicolons),
        });
    }
  },
});

/** What may stand before an instruction on its line: ONBUILD and blanks. */
const longestPrefix = 40;

function followsSemicolon({ joinedBy, context }: ShellCommand): boolean {
  return joinedBy === ";" && context === "top";
}

/** Whether the step's shell ends at the first failure, by SHELL or `set -e`. */
function stopsAtErrors(document: DockerfileDocument, run: RunInstruction): boolean {
  if (hasCommand(run.script, setsErrexit)) return true;
  const shell = stateAtInstruction(document, run)?.shell;
  return shell?.some((word) => /^-[a-z]*e|^errexit$/.test(word)) === true;
}

function setsErrexit({ program, arguments: words }: ShellCommand): boolean {
  return program === "set" && words.some(({ value }) => /^-[a-zA-Z]*e|^errexit$/.test(value ?? ""));
}
