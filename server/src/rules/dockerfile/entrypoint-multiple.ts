import { defineRule } from "../../engine/rule";
import { overriddenInstructions } from "../shared/overriddenInstructions";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "entrypoint-multiple",
  language: "dockerfile",
  needs: { keywords: ["ENTRYPOINT"] },
  title: "Each stage has one ENTRYPOINT",
  why: `Of several ENTRYPOINT instructions in one stage only the last counts; the builder drops the others without a
word. A script that gives up root or checks its input is then never run, although the file seems to say so.

An ENTRYPOINT in another stage, or one that replaces what the base image has, is not reported.

By hand: keep the one that is meant; to run one script after another, let the first end with \`exec "$@"\`. The fix
deletes the earlier one, which changes nothing in the image.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL4004",
    "trivy:DS-0007",
    "kics:multiple_entrypoint_instructions_listed",
    "semgrep:multiple-entrypoint-instructions",
    "buildkit:MultipleInstructionsDisallowed",
    "sonar:S6589",
    "droast:DF039",
  ],
  references: [dockerfileReference("ENTRYPOINT", "entrypoint")],
  messages: { overridden: () => "Only the last ENTRYPOINT of a stage counts, so this one is dropped" },
  bad: [
    {
      title: "the first of two",
      source: 'FROM node:22\n«ENTRYPOINT» ["/init"]\nRUN make\nENTRYPOINT ["node"]\n',
      fixed: 'FROM node:22\nRUN make\nENTRYPOINT ["node"]\n',
    },
    {
      title: "in shell form, with the command between",
      source: "FROM node:22 AS a\n«ENTRYPOINT» a\nCMD b\nEntrypoint c\nFROM a\nENTRYPOINT d\n",
      fixed: "FROM node:22 AS a\nCMD b\nEntrypoint c\nFROM a\nENTRYPOINT d\n",
    },
  ],
  good: [
    { title: "one for each stage", source: "FROM node:22 AS a\nENTRYPOINT a\nFROM a\nENTRYPOINT b\n" },
    { title: "with a command", source: 'FROM node:22\nENTRYPOINT ["node"]\nCMD ["main.js"]\n' },
    {
      title: "one for this image, one for those built on it",
      source: "FROM a\nENTRYPOINT b\nONBUILD ENTRYPOINT c\n",
    },
  ],
  check(document, { report }) {
    for (const place of overriddenInstructions(document, "ENTRYPOINT")) report("overridden", [], place);
  },
});
