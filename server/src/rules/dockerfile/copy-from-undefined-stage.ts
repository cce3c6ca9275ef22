import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { nearestName } from "../../engine/nearestName";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { type CopiedFrom, undefinedStageUses } from "../shared/stageNames";

export default defineRule({
  id: "copy-from-undefined-stage",
  language: "dockerfile",
  title: "What is copied from is a stage that stands above",
  why: `\`COPY --from=name\` takes from an earlier stage of that name. If there is none, mostly for a misspelt name, the
builder takes \`name\` for an image and pulls \`docker.io/library/name\`: the build breaks, or files of another image get
into yours. A stage further down is no help: BuildKit refuses the build, since the stage is not there yet.

Correct the name, move the stage up, or write the image in full with its version (\`--from=nginx:1.29\`). Names are
compared without regard to case; numbers count from 0.

Names of official images are not reported here, nor are variables without a value. A name that is given to the build
(\`--build-context name=…\`, \`contexts\` in a bake file) cannot be seen in this file: ignore the finding there. The
fix writes the name that is nearest; it is not called safe, since it is a guess.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["hadolint:DL3022", "droast:DF049", "cis:4.2", "cwe:706", "cwe:829"],
  references: [
    dockerfileReference("COPY --from", "copy---from"),
    { title: "Docker: multi-stage builds", url: "https://docs.docker.com/build/building/multi-stage/" },
    cwe(706, "Use of incorrectly-resolved name or reference"),
  ],
  local: true,
  needs: { keywords: ["COPY", "ADD", "RUN"], words: ["from"] },
  messages: {
    missing: (name: string) => `No stage is called ${name}, so the builder looks for an image of that name`,
    later: (name: string) =>
      `The stage ${name} stands further down, so it is not built yet and nothing can be copied from it`,
    index: (name: string) => `There is no earlier stage with the number ${name}, so this cannot be built`,
  },
  bad: [
    {
      title: "a misspelt name",
      source: "FROM golang:1.26 AS builder\nRUN go build\nFROM scratch\nCOPY --from=«bulider» /app /app\n",
      fixed: "FROM golang:1.26 AS builder\nRUN go build\nFROM scratch\nCOPY --from=builder /app /app\n",
    },
    {
      title: "a stage that comes later",
      source:
        "FROM debian:12 AS first\nCOPY --from=«assets» /a /a\nFROM node:22 AS assets\nRUN npm run build\n",
    },
    {
      title: "a number that is not there",
      source: "FROM golang:1.26\nFROM scratch\nCOPY --from=«2» /app /app\n",
    },
    {
      title: "in a mount",
      source:
        "FROM golang:1.26 AS deps\nFROM debian:12\nRUN --mount=type=bind,from=«dep»,target=/deps make\n",
      fixed: "FROM golang:1.26 AS deps\nFROM debian:12\nRUN --mount=type=bind,from=deps,target=/deps make\n",
    },
  ],
  good: [
    {
      title: "an earlier stage, in any case, and by its number",
      source: "FROM golang:1.26 AS Builder\nFROM scratch\nCOPY --from=builder /a /a\nCOPY --from=0 /b /b\n",
    },
    {
      title: "images",
      source:
        "FROM scratch\nCOPY --from=nginx /a /a\nCOPY --from=composer:2 /b /b\nCOPY --from=team/tool /c /c\n",
    },
    { title: "a variable", source: "FROM scratch\nARG S\nCOPY --from=$S /a /a\n" },
    { title: "no stage at all", source: "FROM scratch\nCOPY a b\nRUN --mount=type=cache,target=/c make\n" },
  ],
  check(document, { report }) {
    for (const copied of undefinedStageUses(document)) {
      const { use } = copied;
      const name = use.expanded.state === "known" ? use.expanded.value : use.text;
      if (/^\d{1,6}$/.test(name)) report("index", [name], { at: use.span });
      else if (isNamedLater(document, name)) report("later", [shorten(name)], { at: use.span });
      else report("missing", [shorten(name)], { at: use.span, fixes: fixesOf(document, copied, name) });
    }
  },
});

function isNamedLater(document: DockerfileDocument, name: string): boolean {
  return document.stages.some((stage) => stage.name?.toLowerCase() === name.toLowerCase());
}

function fixesOf(document: DockerfileDocument, { use, by }: CopiedFrom, name: string): readonly Fix[] {
  const earlier = document.stages.flatMap((stage) =>
    stage.index < by.stageIndex && stage.name !== undefined ? [stage.name] : [],
  );
  const nearest = nearestName(name.toLowerCase(), earlier);
  if (nearest === undefined || use.text !== name) return [];
  return [
    { title: `Copy from ${shorten(nearest)}`, safety: "unsafe", edits: [replaceSpan(use.span, nearest)] },
  ];
}
