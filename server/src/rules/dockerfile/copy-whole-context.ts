import { defineRule } from "../../engine/rule";
import { contextPath, contextSources } from "../shared/contextPaths";
import { exposedSecrets } from "../shared/contextSecrets";
import { type IgnorePattern, ignorePatterns } from "../shared/ignorePatterns";
import { cisDocker, cwe } from "../shared/references";
import { finalStages, instructionsOf } from "../shared/stages";

export default defineRule({
  id: "copy-whole-context",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"] },
  title: "The image takes the files that it needs, by name",
  why: `\`COPY . .\` takes whatever lies in the folder on the day of the build: today the program, tomorrow also a dump
of the database, a colleague's notes, a key that somebody tried something with. An ignore file names what is known to be
harmful; everything new is in the image until someone notices. It also makes every change of any file a new layer.

Copy folders and files by name; or copy the whole context into a stage that builds, and from that only the result; or
let the ignore file exclude everything (\`*\`) and name what is let in (\`!src\`): then this is not reported.

Only the final image counts, and the stages that it is built from. An instruction with \`--exclude\` says what it leaves
out, and is not reported. A build without any ignore file is \`copy-whole-context-without-dockerignore\`, one whose
context really holds a secret \`context-contains-sensitive-files\`. There is no fix: the names of
what is needed stand nowhere.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL4007",
    "sonar:S6470",
    "droast:DF007",
    "droast:DF026",
    "cis:4.10",
    "cwe:497",
    "cwe:538",
  ],
  references: [
    {
      title: "Docker: .dockerignore files",
      url: "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  messages: {
    whole: () => "This takes whatever lies in the folder into the image, on every build, needed or not",
  },
  bad: [
    {
      title: "the usual ones",
      source: 'FROM node:22\nCOPY «.» .\nADD «./» /app/\nCOPY package.json «.» /app/\nCOPY [«"/"», "/app"]\n',
    },
    {
      title: "in other words, by patterns, in a trigger",
      source:
        "FROM node:22\nCOPY «./src/..» /a\nCOPY «.//.» /b\nCOPY «c:/» /c\nCOPY «*» /d/\nCOPY «./.*» «**» /e/\nARG D=.\nCOPY «$D» /f\nONBUILD COPY «.» /g\n",
    },
    {
      title: "in a stage that the final one is built from, whatever an ignore file excludes",
      source: "FROM node:22 AS base\nCOPY «.» .\nFROM base\nCMD app\n",
      context: { dockerignore: ".git\n.env\n!.env.example\n" },
    },
  ],
  good: [
    {
      title: "by name",
      source: "FROM node:22\nCOPY src /app/src\nCOPY package*.json ./lib/ *.md /app/\nCOPY src/* /x/\n",
    },
    {
      title: "into a stage that is thrown away",
      source: "FROM golang:1.26 AS build\nCOPY . .\nRUN go build\nFROM scratch\nCOPY --from=build / /\n",
    },
    {
      title: "an ignore file that lets in by name",
      source: "FROM node:22\nCOPY . .\n",
      context: { dockerignore: "# nothing but\n*\n!src\n!package.json\n" },
    },
    {
      title: "reported by other rules: no ignore file",
      source: "FROM node:22\nCOPY . .\n",
      context: { dockerignore: null },
    },
    {
      title: "reported by other rules: a secret that is there",
      source: "FROM node:22\nCOPY . .\n",
      context: { dockerignore: ".git\n", files: [".env"] },
    },
    {
      title: "what is left out is written out, and an address",
      source: "FROM node:22\nCOPY --exclude=.git --exclude=.env* . .\nADD https://example.com/. /x\n",
    },
  ],
  check(document, { facts, report }) {
    const { dockerignore } = facts;
    if (dockerignore.state === "known" && ignorePatterns(dockerignore.value.text).some(excludesAll)) return;
    const isOthers = dockerignore.state === "absent" || exposedSecrets(facts).length > 0;
    const kept = finalStages(document);
    for (const copy of instructionsOf(document)) {
      if (copy.keyword !== "COPY" && copy.keyword !== "ADD") continue;
      if (!copy.onbuild && (isOthers || !kept.has(copy.stageIndex))) continue;
      if (copy.flags.some(({ name }) => name === "exclude")) continue;
      for (const { source, text } of contextSources(copy))
        if (isWhole(text)) report("whole", [], { at: source.span });
    }
  },
});

function excludesAll({ negated, pattern }: IgnorePattern): boolean {
  return !negated && /^\*{1,2}$/.test(pattern);
}

/** The context itself, or a pattern that all of it matches, or all dotfiles. */
function isWhole(source: string): boolean {
  const { parts, leaves } = contextPath(source);
  return parts.length === 0 ? source !== "" && !leaves : parts.length === 1 && /^\.?[*?]*\*$/.test(parts[0]!);
}
