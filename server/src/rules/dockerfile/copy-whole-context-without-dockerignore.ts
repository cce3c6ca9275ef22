import type { CopyInstruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { carriedFolders, carrierOf } from "../shared/carriedContext";
import { contextSecrets, namesOf } from "../shared/contextSecrets";
import { cisDocker, cwe } from "../shared/references";
import { finalStages, instructionsOf } from "../shared/stages";
import { suggestedIgnoreFile } from "../shared/suggestedIgnoreFile";
import { isWholeContext } from "../shared/wholeContext";

export default defineRule({
  id: "copy-whole-context-without-dockerignore",
  language: "dockerfile",
  needs: { keywords: ["COPY", "ADD"] },
  title: "An ignore file keeps secrets out of what COPY . takes",
  why: `\`COPY . .\` without a \`.dockerignore\` takes everything that lies in the folder on the day of the build:
\`.git\` with its whole history, \`.env\` files, private keys, cloud credentials, editor and test leftovers. Whoever
can pull the image can read them, and a later \`RUN rm\` does not take them out of the layer.

Add a \`.dockerignore\` beside the Dockerfile (or \`<name of the Dockerfile>.dockerignore\`), or copy only what is
needed, folder by folder.

Reported once per file, at the first such instruction; as medium where only an earlier stage takes the context and the
image takes no more than a part of it, since it is then in the build cache but not in the image. The message names what lies in the folder today, where that can be
listed; tomorrow, or on the next machine, it may be more. Where it is not known which ignore file applies, the file counts
as not checked: a build with another context (\`docker build -f a/Dockerfile .\`) uses that folder's file.

The fix makes a \`.dockerignore\` that names what never belongs into an image. It is not called safe: look whether
your build needs one of these files.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["droast:DF033", "cis:4.10", "cwe:538"],
  references: [
    {
      title: "Docker: .dockerignore files",
      url: "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  reads: isCopy,
  messages: {
    image: () =>
      "Without a .dockerignore this copies .git, .env files and keys into the image, if there are any",
    stage: () =>
      "Without a .dockerignore this copies .git, .env files and keys into the build cache, if there are any",
    foundForImage: (names: string) => `Without a .dockerignore this copies ${names} into the image`,
    foundForStage: (names: string) => `Without a .dockerignore this copies ${names} into the build cache`,
  },
  bad: [
    {
      title: "the usual line",
      source: "FROM node:22\nWORKDIR /app\nCOPY «.» .\n",
      context: { dockerignore: null },
    },
    {
      title: "in other forms; only the first one is marked",
      source: 'FROM node:22\nCOPY --chown=node package.json «./» /app/\nADD [".", "/app"]\n',
      context: { dockerignore: null },
    },
    {
      title: "a pattern for everything",
      source: "FROM node:22\nCOPY «*» /app/\n",
      context: { dockerignore: null },
    },
    {
      title: "in a stage that is thrown away, medium; the final image goes first",
      source: "FROM golang:1.24 AS build\nCOPY «.» /src\nFROM scratch\nCOPY --from=build /src/bin /\n",
      context: { dockerignore: null },
    },
    {
      title: "in a stage whose folder the image then takes as a whole",
      source: "FROM node:22 AS build\nWORKDIR /app\nCOPY «.» .\nFROM node:22\nCOPY --from=build /app /app\n",
      context: { dockerignore: null },
    },
    {
      title: "the worst file that is there is named",
      source: "FROM node:22\nCOPY «.» .\n",
      context: { dockerignore: null, files: [".git", "config/server.key", ".npmrc"] },
    },
  ],
  good: [
    {
      title: "an ignore file",
      source: "FROM node:22\nCOPY . .\n",
      context: { dockerignore: ".git\n.env\n" },
    },
    { title: "nothing is known of the folder", source: "FROM node:22\nCOPY . .\n" },
    {
      title: "one folder",
      source: "FROM node:22\nCOPY src /app/src\nCOPY ./lib/ /app/lib/\n",
      context: { dockerignore: null },
    },
    {
      title: "from another stage",
      source: "FROM node:22 AS build\nFROM scratch\nCOPY --from=build . .\n",
      context: { dockerignore: null },
    },
    {
      title: "in a trigger, which takes the context of another build",
      source: "FROM node:22\nONBUILD COPY . .\n",
      context: { dockerignore: null },
    },
    {
      title: "what is left out is written out",
      source: "FROM node:22\nCOPY --exclude=.git --exclude=.env* . .\n",
      context: { dockerignore: null },
    },
  ],
  check(document, { facts, report, notChecked }) {
    if (facts.dockerignore.state === "known") return;
    const copies = instructionsOf(document).filter(isCopy).filter(takesWholeContext);
    if (copies.length === 0) return;
    const kept = finalStages(document);
    const carried = carriedFolders(document);
    const intoImage = copies.find(
      (copy) => kept.has(copy.stageIndex) || carrierOf(document, copy, carried) !== undefined,
    );
    const copy = intoImage ?? copies[0];
    const at = copy?.sources.find(({ text }) => isWholeContext(text))?.span;
    if (copy === undefined || at === undefined) return;
    if (facts.dockerignore.state === "unknown") {
      notChecked(`it is not known which .dockerignore applies: ${facts.dockerignore.reason}`, at);
      return;
    }
    const severity = intoImage ? "high" : "medium";
    const carrier = kept.has(copy.stageIndex) ? undefined : carrierOf(document, copy, carried);
    const related = carrier && [{ message: "What brings it into the image", span: carrier.span }];
    const place = { at, severity, fixes: dockerignoreFixes(), ...(related && { related }) } as const;
    const secrets = contextSecrets(facts.contextNames);
    if (secrets.length > 0) report(intoImage ? "foundForImage" : "foundForStage", [namesOf(secrets)], place);
    else report(intoImage ? "image" : "stage", [], place);
  },
});

function isCopy(instruction: { readonly keyword: string }): instruction is CopyInstruction {
  return instruction.keyword === "COPY" || instruction.keyword === "ADD";
}

function takesWholeContext(copy: CopyInstruction): boolean {
  // What comes after ONBUILD takes the context of another build, with that build's ignore file.
  if (
    copy.onbuild ||
    copy.from !== undefined ||
    copy.flags.some(({ name }) => name === "exclude" || name === "from")
  )
    return false;
  return copy.sources.some(({ text }) => isWholeContext(text));
}

function dockerignoreFixes(): readonly Fix[] {
  return [
    {
      title: "Create a .dockerignore that leaves secrets out",
      safety: "unsafe",
      edits: [],
      creates: { path: ".dockerignore", text: suggestedIgnoreFile },
    },
  ];
}
