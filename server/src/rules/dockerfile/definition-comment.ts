import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { Comment } from "../../documents/document";
import { defineRule } from "../../engine/rule";
import { maxCommentLines } from "../../ruleLimits";
import { insertAt } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "definition-comment",
  language: "dockerfile",
  title: "The comment right above a stage or an ARG describes it by its name",
  why: `\`docker build --call=outline\` and \`--call=targets\` show the comment right above a stage or an ARG as its
description, if it begins with the name: \`# build compiles the program\`. Any other comment there is ignored, and may
be taken for a description that is shown.

Ignore comments, and comments that an empty line or an empty comment keeps apart, are not reported. The fix puts an
empty line between the two, which changes nothing; by hand, let the comment begin with the name.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:InvalidDefinitionDescription"],
  references: [
    {
      title: "Docker build check: InvalidDefinitionDescription",
      url: "https://docs.docker.com/reference/build-checks/invalid-definition-description/",
    },
  ],
  messages: {
    other: (name: string) =>
      `This comment does not begin with ${name}, so it is not shown as its description`,
  },
  bad: [
    {
      title: "a stage and an ARG",
      source: "# the version\n«# to build»\nARG V=1\n«# compile it»\nFROM a AS build\n",
      fixed: "# the version\n# to build\n\nARG V=1\n# compile it\n\nFROM a AS build\n",
    },
    {
      title: "another name",
      source: "«# builder compiles»\nFROM a AS build",
      fixed: "# builder compiles\n\nFROM a AS build",
    },
  ],
  good: [
    {
      title: "a description",
      source: "# V is the version.\n# More of it.\nARG V=1\n# BUILD compiles\nFROM a AS build\n",
    },
    { title: "kept apart", source: "# some words\n\nARG V=1\n# other words\n#\nFROM a AS build\n" },
    { title: "a stage without a name", source: "# the base\nFROM a\n# why\nRUN b\n" },
    {
      title: "comments for tools",
      source: "# syntax=docker/dockerfile:1\nARG V\n# hadolint ignore=DL3006\nFROM a AS b\n",
    },
  ],
  check(document, { report }) {
    if (document.comments.length === 0) return;
    const byLine = new Map(document.comments.map((comment) => [comment.line, comment]));
    for (const instruction of document.instructions) {
      const name = nameOf(instruction);
      const nearest = byLine.get(instruction.startLine - 1);
      if (name === undefined || nearest === undefined || !isProse(document, nearest)) continue;
      if (isDescribed(document, byLine, nearest.line, name)) continue;
      const at = document.lines.startOf(instruction.startLine);
      const edits = [insertAt(at, lineBreakOf(document.text))];
      report("other", [shorten(name)], {
        at: nearest.span,
        fixes: [{ title: "Put an empty line after the comment", safety: "safe", edits }],
      });
    }
  },
});

function nameOf(instruction: Instruction): string | undefined {
  if (instruction.keyword === "FROM") return instruction.alias?.value;
  return instruction.keyword === "ARG" ? instruction.assignments[0]?.name || undefined : undefined;
}

const forTools =
  /^(?:hadolint|plimsoll-ignore|trivy:|checkov:|kics-scan|nosemgrep|dockerfile-utils|[a-z]{1,40}\s{0,9}=)/i;

function isProse(document: DockerfileDocument, comment: Comment): boolean {
  const text = textOf(document, comment);
  return comment.ownLine && text !== "" && !forTools.test(text);
}

/** Whether one of the comment lines from `line` upwards begins with a name. */
function isDescribed(
  document: DockerfileDocument,
  byLine: ReadonlyMap<number, Comment>,
  line: number,
  name: string,
): boolean {
  const start = `${name.toLowerCase()} `;
  for (let above = line; line - above < maxCommentLines; above--) {
    const comment = byLine.get(above);
    if (comment === undefined) return false;
    if (`${textOf(document, comment).toLowerCase()} `.startsWith(start)) return true;
  }
  return false;
}

function textOf({ text }: DockerfileDocument, { span }: Comment): string {
  return text.slice(span.start + 1, Math.min(span.end, span.start + 1000)).trim();
}
