import { platformArgs, proxyArgs } from "../../documents/dockerfile/predefinedArgs";
import { nearestName } from "../../engine/nearestName";
import { defineRule } from "../../engine/rule";
import {
  assignedInStages,
  correctionFixes,
  declarationFixes,
  globalArgNames,
} from "../shared/declareVariable";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { variableUsesOf } from "../shared/variableUses";

export default defineRule({
  id: "from-undeclared-arg",
  language: "dockerfile",
  title: "FROM uses only variables that are declared before the first FROM",
  why: `FROM sees the ARGs that stand before the first FROM, and those that every build sets (\`BUILDPLATFORM\`,
\`TARGETARCH\` …); an ARG or ENV within a stage does not count. Any other variable is empty, and \`--build-arg\` cannot
fill it: the build breaks, or it silently takes another image (\`debian\${SUFFIX}\` becomes \`debian\`, which is
\`debian:latest\`).

Declare the ARG above the first FROM, with a default, or correct its name. \`\${NAME:-default}\` says what holds without a
value and is not reported.

The fix writes the name that is nearest, or declares the variable, with the default that it has further down. It is
not called safe, since it changes what is built.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["buildkit:UndefinedArgInFrom"],
  references: [
    {
      title: "Docker build check: UndefinedArgInFrom",
      url: "https://docs.docker.com/reference/build-checks/undefined-arg-in-from/",
    },
    dockerfileReference("how ARG and FROM interact", "understand-how-arg-and-from-interact"),
  ],
  messages: {
    undeclared: (name: string) => `${name} is declared nowhere above the first FROM, so it is empty here`,
    inStage: (name: string) =>
      `${name} is set only within a stage, which FROM does not see, so it is empty here`,
  },
  bad: [
    {
      title: "a misspelt name",
      source: "ARG VERSION=12\nFROM debian:${«VERISON»}\n",
      fixed: "ARG VERSION=12\nFROM debian:${VERSION}\n",
    },
    {
      title: "in the platform",
      source: "FROM --platform=$«BULIDPLATFORM» golang:1.26\n",
      fixed: "FROM --platform=$BUILDPLATFORM golang:1.26\n",
    },
    {
      title: "declared within a stage",
      source: "FROM node:22 AS build\nARG TAG=12.5\nFROM debian:$«TAG»\nCOPY --from=build /a /a\n",
      fixed: "ARG TAG=12.5\nFROM node:22 AS build\nARG TAG=12.5\nFROM debian:$TAG\nCOPY --from=build /a /a\n",
    },
    {
      title: "declared nowhere, one of two",
      source: "# syntax=docker/dockerfile:1\nARG REPO=debian\n# the base\nFROM ${REPO}${«SUFFIX»}\n",
      fixed: "# syntax=docker/dockerfile:1\nARG REPO=debian\n# the base\nARG SUFFIX\nFROM ${REPO}${SUFFIX}\n",
    },
    {
      title: "an environment variable",
      source: "FROM debian:12 AS a\nENV TAG=1\nFROM b:${«TAG»}\n",
      fixed: "ARG TAG=1\nFROM debian:12 AS a\nENV TAG=1\nFROM b:${TAG}\n",
    },
  ],
  good: [
    { title: "declared", source: "ARG TAG\nARG A=1 B=2\nFROM debian:${TAG}\nFROM x:$A-$B\n" },
    {
      title: "set by every build",
      source: "FROM --platform=$BUILDPLATFORM golang:1.26\nFROM x-${TARGETARCH}:1\n",
    },
    { title: "with a default in its place", source: "FROM debian:${TAG:-12}\nFROM x:${TAG-1}\n" },
    { title: "no variable", source: "FROM debian:\\$TAG\nFROM debian:12\n" },
  ],
  local: true,
  needs: { keywords: ["FROM"], words: ["$"] },
  check(document, { report }) {
    const globals = globalArgNames(document.globalArgs);
    const [first] = document.stages;
    for (const from of document.instructions) {
      if (from.keyword !== "FROM") continue;
      for (const { name, span, guarded } of variableUsesOf(document, from)) {
        if (guarded || globals.has(name) || predefined.has(name) || first === undefined) continue;
        const local = assignedInStages(document.stages).get(name);
        const names = local === undefined ? [...globals, ...platformArgs] : [];
        report(local === undefined ? "undeclared" : "inStage", [shorten(name)], {
          at: span,
          fixes: [
            ...correctionFixes(span, nearestName(name, names)),
            ...declarationFixes(document, name, first.from, local),
          ],
          related: local === undefined ? [] : [{ message: "It is set here", span: local.span }],
        });
      }
    }
  },
});

const predefined: ReadonlySet<string> = new Set([...platformArgs, ...proxyArgs]);
