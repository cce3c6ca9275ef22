import type { CopyInstruction, Instruction, RunInstruction } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { goesOn, type Joinable, joiningFixes } from "../shared/joinedInstructions";
import { dockerBestPractices } from "../shared/references";
import { finalChain } from "../shared/stages";

export default defineRule({
  id: "consecutive-run",
  language: "dockerfile",
  title: "What belongs together is one layer",
  why: `Each RUN, COPY and ADD makes a layer. What one step writes and the next deletes stays in the image all the same, and
an image with many layers takes longer to start.

Join commands with \`&&\`, and copies to the same folder into one.

Reported are RUN instructions with a single command each, with the same flags, and copies to the same destination, that
follow each other in the final image's own stages. Steps that chain commands already are not: somebody has chosen what
belongs together. Apart they may be right where the first is slow and the others change often, since each is cached by
itself; that is why the fix is not called safe.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3059",
    "kics:multiple_run_add_copy_instructions_listed",
    "sonar:S7031",
    "droast:DF003",
  ],
  references: [
    {
      title: "Docker: layers",
      url: "https://docs.docker.com/build/cache/",
    },
    dockerBestPractices,
  ],
  messages: {
    layers: (keyword: string, count: number) =>
      `These ${count} ${keyword} instructions in a row make a layer each, where one would do`,
  },
  bad: [
    {
      title: "steps, with a comment elsewhere",
      source:
        "FROM debian:12\n# all\n«RUN» /foo.sh\n\nRUN curl -f x | tar x\nRUN rm -r /y\nUSER app\nRUN z\n",
      fixed:
        "FROM debian:12\n# all\nRUN /foo.sh \\\n    && curl -f x | tar x \\\n    && rm -r /y\nUSER app\nRUN z\n",
    },
    {
      title: "with the same flags, and with a comment in between, without a fix",
      source:
        "FROM debian:12\n«RUN» --mount=type=secret,id=foo /foo.sh\n# why\nRUN --mount=type=secret,id=foo /bar.sh\n",
    },
    {
      title: "copies",
      source:
        "FROM ubuntu:24.04\n«COPY» README.md ./\nCOPY package.json ./\nCOPY src lib ./\n«ADD» a.spec /rpm\nADD b.tar.xz /rpm\n",
      fixed: "FROM ubuntu:24.04\nCOPY README.md package.json src lib ./\nADD a.spec b.tar.xz /rpm/\n",
    },
    {
      title: "commands that later ones depend on, without a fix",
      source: "FROM debian:12\n«RUN» cd /tmp\nRUN make\n",
    },
  ],
  good: [
    { title: "apart", source: "FROM debian:12\nRUN /foo.sh\nWORKDIR /\nRUN /bar.sh\n" },
    { title: "chained", source: "FROM debian:12\nRUN a && b\nRUN c\nRUN d; e\n" },
    {
      title: "with other flags",
      source:
        "FROM debian:12\nRUN --mount=type=secret,id=foo a\nRUN b\nRUN --mount=type=secret,id=bar c\nCOPY --chown=a x /y\nCOPY z /y\n",
    },
    { title: "to other places", source: "FROM debian:12\nCOPY a /a\nCOPY b /b\nADD c /b\n" },
    {
      title: "in a stage that is thrown away",
      source: "FROM debian:12 AS build\nRUN a\nRUN b\nFROM debian:12\nRUN <<EOF\na\nEOF\nRUN b\n",
    },
  ],
  check(document, { report }) {
    for (const { instructions } of finalChain(document)) {
      let group: Instruction[] = [];
      for (const next of [...instructions, undefined]) {
        const before = group.at(-1);
        if (next && before && goesOn(document, before, next)) {
          group.push(next);
          continue;
        }
        const first = group[0];
        if (first && group.length > 1)
          report("layers", [first.keyword, group.length], {
            at: first.keywordSpan,
            fixes: joiningFixes(document, joinable(group)),
          });
        group = next ? [next] : [];
      }
    }
  },
});

function joinable(group: readonly Instruction[]): Joinable {
  const runs = group.filter((member): member is RunInstruction => member.keyword === "RUN");
  if (runs.length > 0) return { kind: "run", members: runs };
  const copies = group.filter(
    (member): member is CopyInstruction => member.keyword === "COPY" || member.keyword === "ADD",
  );
  return { kind: "copy", members: copies };
}
