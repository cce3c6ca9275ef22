import { platformArgs, proxyArgs } from "../../documents/dockerfile/predefinedArgs";
import { defineRule } from "../../engine/rule";
import { declarationOf, mayTakeUndeclared } from "../shared/projectArgs";
import { relatedIn } from "../shared/projectPlaces";
import { secretName } from "../shared/secrets/names";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-build-arg-undeclared",
  language: "project",
  title: "The Dockerfile takes every argument that a service passes to its build",
  why: `A build argument for which the Dockerfile has no ARG is dropped with a warning that nobody reads. The version, checksum
or user id that was meant to hold is not the one in the image.

Write \`ARG\` in the Dockerfile, or take the argument away. Arguments that several services share through an anchor are not
reported, since some of them are meant for others, and neither are those that every build knows (\`HTTP_PROXY\`,
\`TARGETARCH\`, \`BUILDKIT_…\`). There is no fix, since either end may be the wrong one.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [],
  references: [
    {
      title: "Compose build specification: args",
      url: "https://docs.docker.com/reference/compose-file/build/#args",
    },
  ],
  local: true,
  messages: {
    dropped: (name: string, path: string) => `${path} has no ARG ${name}, so what is passed here is dropped`,
  },
  bad: [
    {
      title: "a name that the Dockerfile spells otherwise",
      source:
        "services:\n  web:\n    build:\n      context: .\n      args:\n        «NODE_VERSION»: 22\n        UID: 1000\n",
      context: { neighbours: { Dockerfile: "ARG NODE=20\nFROM node:$NODE\nARG UID\nUSER $UID\n" } },
    },
  ],
  good: [
    {
      title: "declared anywhere, or known to every build",
      source:
        "services:\n  web:\n    build:\n      context: .\n      args: [A=1, B=2, http_proxy=x, BUILDKIT_INLINE_CACHE=1, TARGETARCH=arm64]\n",
      context: { neighbours: { Dockerfile: "ARG A\nFROM node:$A AS one\nARG B\nFROM node:22\n" } },
    },
    {
      title: "shared by several services",
      source:
        "x-args: &args { A: 1, B: 2 }\nservices:\n  web:\n    build: { context: ., args: *args }\n  b:\n    build:\n      context: .\n      args: { <<: *args }\n",
      context: { neighbours: { Dockerfile: "FROM node:22\nARG A\n" } },
    },
    {
      title: "a frontend of its own, and a base with triggers",
      source:
        "services:\n  a:\n    build: { context: a, args: [A=1] }\n  b:\n    build: { context: b, args: [A=1] }\n",
      context: {
        neighbours: {
          "a/Dockerfile": "# syntax=example.org/frontend:1\nFROM node:22\n",
          "b/Dockerfile": "FROM python:3-onbuild\n",
        },
      },
    },
  ],
  check({ builds }, { report }) {
    for (const { found, field } of builds) {
      if (found.state !== "known" || found.document.problems.length > 0) continue;
      if (found.stage.state !== "known" || mayTakeUndeclared(found.document)) continue;
      for (const { name, nameSpan, origin } of field.value.args) {
        if (origin.kind !== "own" || field.origin.kind !== "own" || isKnownToAll(name)) continue;
        // Of a secret a rule of its own speaks.
        if (secretName(name)?.strength === "strong" || declarationOf(found.document, name) !== undefined)
          continue;
        const related = [relatedIn(found, found.stage.stage.from.span, "The stage that is built")];
        report("dropped", [shorten(name, 40), shorten(found.path, 40)], { at: nameSpan, related });
      }
    }
  },
});

function isKnownToAll(name: string): boolean {
  return (
    name === "" ||
    proxyArgs.has(name) ||
    platformArgs.has(name) ||
    /^(?:BUILDKIT_|SOURCE_DATE_EPOCH$)/.test(name)
  );
}
