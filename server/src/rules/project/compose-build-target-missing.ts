import { defineRule } from "../../engine/rule";
import { relatedIn } from "../shared/projectPlaces";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-build-target-missing",
  language: "project",
  title: "The stage that a service builds is in its Dockerfile",
  why: `A \`target:\` that no FROM names ends the build ("target stage could not be found"). Mostly a stage was renamed. It shows
late, on the machine that builds anew, and who then drops the line gets the last stage, which may hold what was kept out of
this one: tools, test data, root.

Write the name of a stage, or its number. Names are compared without regard to case, as the builder does. There is no fix,
since which stage is meant is not known.`,
  category: "hygiene",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [
    {
      title: "Compose build specification: target",
      url: "https://docs.docker.com/reference/compose-file/build/#target",
    },
  ],
  local: true,
  messages: {
    missing: (target: string, path: string) => `${path} has no stage ${target}, so the build fails`,
  },
  bad: [
    {
      title: "a stage that has another name",
      source: "services:\n  web:\n    build:\n      context: app\n      target: «production»\n",
      context: { neighbours: { "app/Dockerfile": "FROM node:22 AS build\nFROM node:22-slim AS prod\n" } },
    },
    {
      title: "a number that is too large",
      source: "services:\n  web:\n    build: { context: ., target: «'2'» }\n",
      context: { neighbours: { Dockerfile: "FROM node:22\nFROM node:22-slim\n" } },
    },
  ],
  good: [
    {
      title: "by name and by number",
      source:
        "services:\n  a:\n    build: { context: ., target: PROD }\n  b:\n    build: { context: ., target: '0' }\n  c:\n    build: { context: ., target: $STAGE }\n",
      context: { neighbours: { Dockerfile: "FROM node:22 AS prod\n" } },
    },
    {
      title: "a Dockerfile that is not known",
      source: "services:\n  a:\n    build: { context: ., target: prod }\n",
    },
  ],
  check({ builds }, { report }) {
    for (const { found, field } of builds) {
      if (found.state !== "known" || found.stage.state !== "absent") continue;
      const at = field.value.target?.span;
      if (at === undefined) continue;
      const last = found.document.finalStage?.from;
      report("missing", [shorten(found.stage.name, 40), shorten(found.path, 40)], {
        at,
        related: last === undefined ? [] : [relatedIn(found, last.span, "The last stage of the Dockerfile")],
      });
    }
  },
});
