import { defineRule } from "../../engine/rule";
import { overriddenInstructions } from "../shared/overriddenInstructions";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "cmd-multiple",
  language: "dockerfile",
  needs: { keywords: ["CMD"] },
  title: "Each stage has one CMD",
  why: `Of several CMD instructions in one stage only the last counts; the builder drops the others without a word. Who
reads the first one believes that it runs, and who hardens it hardens nothing.

A CMD in another stage, or one that replaces what the base image has, is not reported.

By hand: keep the one that is meant; to run two programs, write a script or build two images. The fix deletes the
earlier one, which changes nothing in the image.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL4003",
    "trivy:DS-0016",
    "kics:multiple_cmd_instructions_listed",
    "semgrep:multiple-cmd-instructions",
    "buildkit:MultipleInstructionsDisallowed",
    "sonar:S6589",
    "droast:DF038",
  ],
  references: [dockerfileReference("CMD", "cmd")],
  messages: { overridden: () => "Only the last CMD of a stage counts, so this one is dropped" },
  bad: [
    {
      title: "the first of two",
      source: 'FROM node:22\n«CMD» ["bash"]\nRUN make\nCMD ["node", "main.js"]\n',
      fixed: 'FROM node:22\nRUN make\nCMD ["node", "main.js"]\n',
    },
    {
      title: "both before the last, in either form and case",
      source: 'FROM node:22\n«cmd» node \\\n  a.js\n«CMD» ["node", "b.js"]\nCMD node c.js',
      fixed: "FROM node:22\nCMD node c.js",
    },
    {
      title: "a comment within",
      source: "FROM node:22\n«CMD» node \\\n# for tests\n  a.js\nCMD node b.js\n",
      fixed: "FROM node:22\nCMD node b.js\n",
    },
    {
      title: "for the images that are built on this one",
      source: "FROM node:22\nONBUILD «CMD» a\nCMD b\nONBUILD CMD c\n",
      fixed: "FROM node:22\nCMD b\nONBUILD CMD c\n",
    },
  ],
  good: [
    { title: "one for each stage", source: "FROM node:22 AS a\nCMD a\nFROM a\nCMD b\n" },
    { title: "with an entrypoint", source: 'FROM node:22\nENTRYPOINT ["node"]\nCMD ["main.js"]\n' },
    { title: "that of a health check", source: "FROM node:22\nHEALTHCHECK CMD a\nCMD b\n# CMD c\n" },
  ],
  check(document, { report }) {
    for (const place of overriddenInstructions(document, "CMD")) report("overridden", [], place);
  },
});
