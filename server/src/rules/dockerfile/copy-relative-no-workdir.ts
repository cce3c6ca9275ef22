import type { CopySource, DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { meantArray } from "../shared/execText";
import { dockerfileReference } from "../shared/references";
import { absolutePath, isRelativePath } from "../shared/relativePath";
import { shorten } from "../shared/shorten";
import { instructionsOf, stateBefore } from "../shared/stages";

export default defineRule({
  id: "copy-relative-no-workdir",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"] },
  title: "What is copied to a relative path has a WORKDIR above it",
  why: `Without a WORKDIR in the file, a relative destination is relative to whatever the base image has: mostly \`/\`, so
that the context lies among the system's own folders, and elsewhere as soon as the base image changes.

By hand: write WORKDIR first, or an absolute destination. The fix puts a slash before the path. On \`scratch\`, whose
folder is \`/\`, it is safe and the finding info; elsewhere it has to be tried. Destinations that begin with a variable are not reported, nor
are triggers of ONBUILD.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3045", "droast:DF063"],
  references: [dockerfileReference("WORKDIR", "workdir"), dockerfileReference("COPY", "copy")],
  messages: {
    root: (keyword: string) =>
      `Without WORKDIR this ${keyword} goes to the root folder, which does not show here`,
    relative: (keyword: string) =>
      `Without WORKDIR this ${keyword} goes to a folder that the base image decides on`,
  },
  bad: [
    {
      title: "a file and the context",
      source: "FROM node:22\nCOPY package.json «.»\nADD --chown=node a.tar «./lib/»\n",
      fixed: "FROM node:22\nCOPY package.json /\nADD --chown=node a.tar /lib/\n",
    },
    {
      title: "on an empty image, info",
      source: "FROM scratch\nCOPY app «app»\n",
      fixed: "FROM scratch\nCOPY app /app\n",
    },
    {
      title: "JSON and heredoc, the first without a fix",
      source: 'FROM a\nCOPY ["x y", «"z"»]\nCOPY <<EOF «app.conf»\na=1\nEOF\n',
      fixed: 'FROM a\nCOPY ["x y", "z"]\nCOPY <<EOF /app.conf\na=1\nEOF\n',
    },
    {
      title: "a WORKDIR that comes too late, or in a stage that this one is not built on",
      source: "FROM a AS b\nCOPY x «y»\nWORKDIR /app\nFROM c\nCOPY --from=b /y «y»\n",
      fixed: "FROM a AS b\nCOPY x /y\nWORKDIR /app\nFROM c\nCOPY --from=b /y /y\n",
    },
  ],
  good: [
    { title: "absolute", source: 'FROM a\nCOPY . /app\nADD ["a", "/b"]\nCOPY a "/c"\nCOPY a C:/d\n' },
    { title: "after WORKDIR", source: "FROM a\nWORKDIR $HOME\nCOPY . .\n" },
    { title: "in the stage that it is built on", source: "FROM a AS b\nWORKDIR /app\nFROM b\nCOPY . .\n" },
    { title: "a variable", source: "FROM a\nCOPY . $APP/\nCOPY . ${DIR:-x}\n" },
    { title: "in another build", source: "FROM a\nONBUILD COPY . .\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") continue;
      const { destination } = instruction;
      if (destination === undefined || !isRelativePath(destination.text)) continue;
      const state = stateBefore(document, instruction);
      if (state === undefined || state.workdir !== undefined) continue;
      if (meantArray(document, instruction) !== undefined) continue;
      const onScratch = document.stages[instruction.stageIndex]?.base?.target.kind === "scratch";
      report(onScratch ? "root" : "relative", [instruction.keyword], {
        at: destination.span,
        severity: onScratch ? "info" : "low",
        fixes: fixesOf(document, instruction, destination),
      });
    }
  },
});

function fixesOf(
  document: DockerfileDocument,
  { stageIndex }: Instruction,
  { text, span }: CopySource,
): readonly Fix[] {
  const path = absolutePath(text, "");
  const stage = document.stages[stageIndex];
  if (path === undefined || stage?.os !== "linux" || span.end - span.start !== text.length) return [];
  const safety = stage.base?.target.kind === "scratch" ? "safe" : "unsafe";
  return [{ title: `Copy to ${shorten(path)}`, safety, edits: [replaceSpan(span, path)] }];
}
