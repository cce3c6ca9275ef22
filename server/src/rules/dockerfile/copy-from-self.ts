import { usesOf } from "../../documents/dockerfile/imageUses";
import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { isOwnStage } from "../shared/stageNames";

export default defineRule({
  id: "copy-from-self",
  language: "dockerfile",
  title: "No stage copies from itself",
  why: `\`COPY --from=name\` and \`RUN --mount=from=name\` take from another stage that is already built. A stage that
names itself waits for itself: the build stops with "circular dependency detected on stage".

Most likely another stage is meant, or two stages were given one name. To copy within a stage use \`RUN cp\`.

Where exactly one earlier stage has another name, the fix copies from that. It is not called safe, since it is a
guess. Triggers of ONBUILD are left out: they run in another build, where the name means a stage there.`,
  category: "hygiene",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3023",
    "trivy:DS-0006",
    "kics:copy_from_references_current_from_alias",
    "semgrep:copy-from-own-alias",
    "droast:DF050",
    "cwe:706",
  ],
  references: [
    dockerfileReference("COPY --from", "copy---from"),
    { title: "Docker: multi-stage builds", url: "https://docs.docker.com/build/building/multi-stage/" },
    cwe(706, "Use of incorrectly-resolved name or reference"),
  ],
  messages: {
    self: (name: string) => `${name} is the stage that is being built here, so this cannot be built`,
  },
  bad: [
    { title: "its own name", source: "FROM node:22 AS app\nCOPY --from=«app» /a /b\n" },
    {
      title: "in another case, where one earlier stage must be meant",
      source: "FROM node:22 AS build\nRUN make\nFROM debian:12 AS app\nCOPY --from=«APP» /a /a\n",
      fixed: "FROM node:22 AS build\nRUN make\nFROM debian:12 AS app\nCOPY --from=build /a /a\n",
    },
    {
      title: "its own number, and a mount",
      source:
        "FROM node:22 AS a\nFROM node:22 AS b\nFROM debian:12 AS c\nCOPY --from=«2» /a /a\nRUN --mount=from=«c»,target=/c x\n",
    },
    {
      title: "an earlier stage has the same name, which the last one of it hides",
      source: "FROM node:22 AS x\nFROM debian:12 AS x\nCOPY --from=«x» /a /a\n",
    },
  ],
  good: [
    { title: "an earlier stage", source: "FROM node:22 AS a\nFROM debian:12 AS b\nCOPY --from=a /a /a\n" },
    { title: "an image of that name", source: "FROM node:22 AS node\nCOPY --from=node:22 /a /a\n" },
    { title: "in the build of another image", source: "FROM node:22 AS a\nONBUILD COPY --from=a /a /a\n" },
    { title: "from the context", source: "FROM node:22 AS a\nCOPY a /a\n" },
  ],
  local: true,
  needs: { keywords: ["COPY", "ADD", "RUN"], words: ["from"] },
  check(document, { report }) {
    for (const instruction of document.instructions) {
      if (instruction.keyword === "FROM") continue;
      const stage = document.stages[instruction.stageIndex];
      if (stage === undefined) continue;
      for (const use of usesOf(instruction)) {
        if (!isOwnStage(stage, use)) continue;
        report("self", [shorten(use.text)], { at: use.span, fixes: fixesOf(document, stage, use.span) });
      }
    }
  },
});

function fixesOf(
  document: DockerfileDocument,
  stage: Stage,
  span: Parameters<typeof replaceSpan>[0],
): readonly Fix[] {
  let only: string | undefined;
  for (const { name, index } of document.stages) {
    if (index === stage.index) break;
    if (name === undefined) continue;
    if (only !== undefined) return [];
    only = name;
  }
  if (only === undefined || only.toLowerCase() === stage.name?.toLowerCase()) return [];
  return [{ title: `Copy from ${shorten(only)}`, safety: "unsafe", edits: [replaceSpan(span, only)] }];
}
