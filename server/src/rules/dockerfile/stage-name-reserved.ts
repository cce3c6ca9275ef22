import { defineRule } from "../../engine/rule";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { renameFixes } from "../shared/stageRename";

export default defineRule({
  id: "stage-name-reserved",
  language: "dockerfile",
  needs: { keywords: ["FROM"], words: ["as"] },
  title: "No stage is called scratch or context",
  why: `\`scratch\` stands for the empty image and \`context\` for the files that are given to the build. A stage of that
name hides the one or the other: \`FROM scratch\` further down may start from your stage instead of from nothing.

Give the stage a name that says what it is for.

The fix renames it where nothing else in the file uses the name; it is not called safe, since the name may also be
given to the build (\`--target\`).`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3063", "buildkit:ReservedStageName"],
  references: [
    {
      title: "Docker build check: ReservedStageName",
      url: "https://docs.docker.com/reference/build-checks/reserved-stage-name/",
    },
    dockerfileReference("FROM", "from"),
  ],
  messages: {
    reserved: (name: string) =>
      `${name} has a meaning of its own, so a stage of that name is easily mistaken`,
  },
  bad: [
    {
      title: "scratch",
      source: "FROM alpine:3.21 AS «scratch»\nRUN make\n",
      fixed: "FROM alpine:3.21 AS scratch-stage\nRUN make\n",
    },
    {
      title: "context, in any case",
      source: "FROM alpine:3.21 as «Context»\nRUN make\n",
      fixed: "FROM alpine:3.21 as context-stage\nRUN make\n",
    },
    {
      title: "what is meant below is for you to say",
      source: "FROM alpine:3.21 AS «scratch»\nFROM scratch\nCOPY a /a\n",
    },
  ],
  good: [
    { title: "the empty image itself", source: "FROM alpine:3.21 AS build\nFROM scratch AS final\n" },
    {
      title: "names that only begin so",
      source: "FROM alpine:3.21 AS scratch-build\nFROM a:1 AS contexts\n",
    },
  ],
  check(document, { report }) {
    for (const stage of document.stages) {
      const { alias } = stage.from;
      if (alias === undefined || !/^(?:scratch|context)$/i.test(alias.value)) continue;
      const fixes = renameFixes(document, stage, `${alias.value.toLowerCase()}-stage`);
      const isUsed = fixes.some(({ edits }) => edits.length > 1);
      report("reserved", [shorten(alias.value)], { at: alias.span, fixes: isUsed ? [] : fixes });
    }
  },
});
