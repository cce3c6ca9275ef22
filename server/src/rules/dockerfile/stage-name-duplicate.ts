import type { Stage } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { freeStageName, renameFixes } from "../shared/stageRename";

export default defineRule({
  id: "stage-name-duplicate",
  language: "dockerfile",
  needs: { keywords: ["FROM"], words: ["as"] },
  title: "Every stage has a name of its own",
  why: `Where two stages have one name, \`COPY --from=build\` and \`docker build --target build\` mean only one of them,
and which one is not what most readers expect: BuildKit takes the last of the whole file, other builders the last one
above. Files of the wrong stage get into the image, a test stage is skipped, and nothing says so.

Names are compared without regard to case. Give each stage a name that says what it is for.

The fix renames the later stage and what means it further down. It is not called safe, since the name may also be
given to the build.`,
  category: "style",
  severity: "medium",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3024",
    "trivy:DS-0012",
    "checkov:CKV_DOCKER_11",
    "kics:same_alias_in_different_froms",
    "semgrep:alias-must-be-unique",
    "buildkit:DuplicateStageName",
    "droast:DF042",
    "cwe:694",
  ],
  references: [
    {
      title: "Docker build check: DuplicateStageName",
      url: "https://docs.docker.com/reference/build-checks/duplicate-stage-name/",
    },
    dockerfileReference("FROM", "from"),
    cwe(694, "Use of multiple resources with duplicate identifier"),
  ],
  messages: {
    duplicate: (name: string) => `Another stage is called ${name} too, so the name can mean the wrong one`,
  },
  bad: [
    {
      title: "the same name",
      source: "FROM node:22 AS build\nRUN npm ci\nFROM debian:12 AS «build»\nCOPY --from=0 /a /a\n",
      fixed: "FROM node:22 AS build\nRUN npm ci\nFROM debian:12 AS build-2\nCOPY --from=0 /a /a\n",
    },
    {
      title: "in another case; the later uses are renamed too",
      source:
        "FROM node:22 AS Build\nFROM golang:1.26 as «build»\nFROM build AS test\nRUN make test\nFROM scratch\nCOPY --from=BUILD /a /a\nRUN --mount=from=build,target=/b x\n",
      fixed:
        "FROM node:22 AS Build\nFROM golang:1.26 as build-2\nFROM build-2 AS test\nRUN make test\nFROM scratch\nCOPY --from=build-2 /a /a\nRUN --mount=from=build-2,target=/b x\n",
    },
    {
      title: "three of them",
      source: "FROM a:1 AS x\nFROM b:1 AS «x»\nFROM c:1 AS «x»\n",
      fixed: "FROM a:1 AS x\nFROM b:1 AS x-2\nFROM c:1 AS x-3\n",
    },
    {
      title: "a use with a variable cannot be renamed",
      source: "ARG S=x\nFROM a:1 AS x\nFROM b:1 AS «x»\nFROM $S\n",
    },
  ],
  good: [
    { title: "different names", source: "FROM node:22 AS build\nFROM node:22 AS run\nFROM build\n" },
    { title: "no names", source: "FROM node:22\nFROM node:22\n" },
    { title: "half typed", source: "FROM node:22 AS\nFROM node:22 AS\n" },
  ],
  check(document, { report }) {
    const named = new Map<string, Stage[]>();
    for (const stage of document.stages) {
      const { alias } = stage.from;
      if (alias === undefined) continue;
      const name = alias.value.toLowerCase();
      const all = named.get(name) ?? [];
      named.set(name, all);
      const first = all[0]?.from.alias;
      all.push(stage);
      if (first === undefined) continue;
      const free = freeStageName(document, name, all.length);
      report("duplicate", [shorten(alias.value)], {
        at: alias.span,
        fixes: free === undefined ? [] : renameFixes(document, stage, free),
        related: [{ message: "The first stage of that name", span: first.span }],
      });
    }
  },
});
