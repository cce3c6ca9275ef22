import { defineRule } from "../../engine/rule";
import { cwe, dockerfileReference } from "../shared/references";

export default defineRule({
  id: "onbuild-hidden-instruction",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ONBUILD"] },
  title: "What a build does stands in its own Dockerfile",
  why: `ONBUILD runs in every build that starts from this image, before that file's own first instruction, and is not
written there. \`ONBUILD COPY . .\` takes other people's folders, with the secrets in them, into their images;
\`ONBUILD RUN\` executes what the author of the base image wants, with the builder's network and cache. Who reviews
the Dockerfile sees none of it, and a change of the base image changes all of them.

Offer a script that the other Dockerfile calls, or a template to copy. The official images have stopped using ONBUILD.

Only ADD, COPY and RUN are reported. In an image of your own team for your own builds it is a convention like any
other. There is no fix: what the triggers did has to move into the other Dockerfiles.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cwe:829"],
  references: [
    dockerfileReference("ONBUILD", "onbuild"),
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  messages: {
    copies: () => "This copies files in every build on this image, and their Dockerfiles do not show it",
    runs: () => "This runs in every build on this image, and their Dockerfiles do not show it",
  },
  bad: [
    {
      title: "each of them",
      source:
        'FROM node:22\n«ONBUILD» COPY . /app\n«onbuild» ADD https://example.com/x /x\n«ONBUILD» RUN npm ci\n«ONBUILD» \\\n  RUN ["npm", "ci"]\n',
    },
  ],
  good: [
    {
      title: "triggers that only set something",
      source: "FROM node:22\nONBUILD USER node\nONBUILD ENV NODE_ENV=production\nONBUILD WORKDIR /app\n",
    },
    { title: "no trigger", source: "FROM node:22\nRUN echo ONBUILD RUN x\n# ONBUILD RUN x\nONBUILD\n" },
  ],
  check(document, { report }) {
    for (const instruction of document.instructions) {
      if (instruction.keyword !== "ONBUILD") continue;
      const keyword = instruction.trigger?.keyword;
      if (keyword === "RUN") report("runs", [], { at: instruction.keywordSpan });
      else if (keyword === "COPY" || keyword === "ADD") report("copies", [], { at: instruction.keywordSpan });
    }
  },
});
