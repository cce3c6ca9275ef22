import { usesOf } from "../../documents/dockerfile/imageUses";
import type { DockerfileDocument, ImageUse, Stage } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt, replaceSpan } from "../../text/edit";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { freeStageName, isOnlyOfItsName } from "../shared/stageRename";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "stage-referenced-by-index",
  language: "dockerfile",
  needs: { keywords: ["COPY", "ADD", "RUN"], words: ["from"] },
  title: "Stages are referred to by name",
  why: `\`COPY --from=0\` means the first stage of the file, whichever that is. A stage that is put in above moves the
numbers, and from then on files are copied from another stage, often without an error.

Name the stage (\`FROM golang:1.26 AS build\`) and copy from the name. The fix uses the name that the stage has, or
gives it one; the image stays the same.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["kics:using_unnamed_build_stages", "droast:DF023"],
  references: [
    { title: "Docker: name your build stages", url: "https://docs.docker.com/build/building/multi-stage/" },
    dockerfileReference("COPY --from", "copy---from"),
  ],
  messages: {
    index: (number: string) => `Stage ${number} is another one as soon as a stage is added above it`,
  },
  bad: [
    {
      title: "a stage without a name",
      source: "FROM golang:1.26\nRUN go build\nFROM scratch\nCOPY --from=«0» /app /app\n",
      fixed: "FROM golang:1.26 AS stage-0\nRUN go build\nFROM scratch\nCOPY --from=stage-0 /app /app\n",
    },
    {
      title: "a stage with a name, twice",
      source:
        "FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=«0» /a /a\nRUN --mount=type=bind,from=«0»,target=/b x\n",
      fixed:
        "FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /a /a\nRUN --mount=type=bind,from=build,target=/b x\n",
    },
    {
      title: "a name that a later stage has too does not say which",
      source: "FROM a:1 AS x\nFROM b:1 AS x\nFROM scratch\nCOPY --from=«0» /a /a\n",
    },
  ],
  good: [
    { title: "a name", source: "FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /a /a\n" },
    { title: "a number that no stage has is another rule's", source: "FROM a:1\nCOPY --from=7 /a /a\n" },
    { title: "the image of an image", source: "FROM a:1\nCOPY --from=nginx:1.29 /a /a\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      for (const use of usesOf(instruction)) {
        if (use.target.kind !== "stage" || !/^\d{1,6}$/.test(use.text)) continue;
        const stage = document.stages[use.target.index];
        if (stage === undefined) continue;
        report("index", [use.text], {
          at: use.span,
          fixes: instruction.onbuild ? [] : nameFixes(document, stage, use),
          related: [{ message: `This is stage ${use.text}`, span: stage.from.span }],
        });
      }
    }
  },
});

function nameFixes(document: DockerfileDocument, stage: Stage, use: ImageUse): readonly Fix[] {
  const { alias, image, words } = stage.from;
  if (alias !== undefined) {
    const name = alias.value;
    if (!isOnlyOfItsName(document, stage) || alias.text !== name) return [];
    return [{ title: `Copy from ${shorten(name)}`, safety: "safe", edits: [replaceSpan(use.span, name)] }];
  }
  const name = freeStageName(document, "stage", stage.index);
  if (image === undefined || words.length !== 1 || name === undefined) return [];
  const edits = [insertAt(image.span.end, ` AS ${name}`), replaceSpan(use.span, name)];
  return [{ title: `Name the stage ${name} and copy from it`, safety: "safe", edits }];
}
