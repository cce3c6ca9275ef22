import { defineRule } from "../../engine/rule";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-build-file-missing",
  language: "project",
  title: "The Dockerfile that a service builds is there",
  why: `Without its Dockerfile a service cannot be built, and what it would run cannot be checked. A service that also has
\`image:\` is then pulled instead, from whoever owns that name at the registry.

Correct \`context:\` or \`dockerfile:\`, which is relative to the context, not to the Compose file. The rule is wrong where the
file is made or fetched before the build, as a submodule is. There is no fix, since the right path is not known.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [],
  references: [
    {
      title: "Compose build specification: dockerfile",
      url: "https://docs.docker.com/reference/compose-file/build/#dockerfile",
    },
  ],
  local: true,
  messages: {
    missing: (path: string) => `There is no ${path}, so this cannot be built or checked`,
  },
  bad: [
    {
      title: "relative to the Compose file instead of the context",
      source: "services:\n  web:\n    build:\n      context: app\n      dockerfile: «app/Dockerfile»\n",
      context: { neighbours: { "app/Dockerfile": "FROM node:22\n" } },
    },
    {
      title: "by default",
      source: "services:\n  web:\n    build: «./web»\n",
      context: { neighbours: {} },
    },
  ],
  good: [
    {
      title: "there, or written in the Compose file",
      source:
        "services:\n  a:\n    build: .\n  b:\n    build:\n      context: x\n      dockerfile_inline: FROM node:22\n",
      context: { neighbours: { Dockerfile: "FROM node:22\n" } },
    },
    {
      title: "elsewhere",
      source: "services:\n  a:\n    build: https://example.org/a.git\n  b:\n    build: ${DIR}\n",
      context: { neighbours: {} },
    },
    {
      title: "not known",
      source: "services:\n  a:\n    build: ./a\n",
    },
  ],
  check({ builds }, { report }) {
    for (const { found, field } of builds) {
      if (found.state !== "absent") continue;
      const { dockerfile, context } = field.value;
      report("missing", [shorten(found.path, 60)], {
        at: dockerfile?.span ?? context?.span ?? field.keySpan,
      });
    }
  },
});
