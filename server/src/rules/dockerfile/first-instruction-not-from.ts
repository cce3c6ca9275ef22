import { defineRule } from "../../engine/rule";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "first-instruction-not-from",
  language: "dockerfile",
  title: "A Dockerfile begins with FROM, or with ARG before it",
  why: `Before the first FROM there is no image to change, so builders take nothing there but ARG, comments and parser
directives. The build stops, or, where two files were pasted together, the wrong lines are the ones that count.

By hand: move the instruction below the FROM that it belongs to. There is no fix, since in a file with several stages
that cannot be told.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3061", "dockerfilelint:from_first", "droast:DF037"],
  references: [dockerfileReference("FROM", "from")],
  messages: {
    before: (keyword: string) => `${keyword} stands before the first FROM, so this cannot be built`,
  },
  bad: [
    { title: "an instruction before FROM", source: "# build\n«RUN» make\nFROM a\n" },
    { title: "only the first is marked", source: "ARG V=1\n«label» a=b\nUSER c\nFROM d:$V\n" },
    { title: "no FROM at all", source: "ARG V\n«COPY» . /app\n" },
  ],
  good: [
    { title: "FROM", source: "# syntax=docker/dockerfile:1\n# a comment\n\nFROM a\nRUN b\n" },
    { title: "ARG", source: "ARG V=1\nFROM a:$V\nLABEL b=c\n" },
    { title: "nothing that is an instruction", source: "hello\nFROM a\n" },
  ],
  check(document, { report }) {
    const first = document.instructions.find(
      ({ keyword, stageIndex }) => keyword !== "ARG" && keyword !== "UNKNOWN" && stageIndex < 0,
    );
    if (first !== undefined) report("before", [first.keyword], { at: first.keywordSpan });
  },
});
