import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "empty-continuation",
  language: "dockerfile",
  local: true,
  title: "No blank line stands within a continued instruction",
  why: `After a line that goes on, a blank line looks like the end of the instruction, and is not: whatever follows is
still a part of it. An instruction that is pasted below is swallowed as arguments. Builders take it with a warning and
say that they will refuse it in time.

The fix deletes the blank lines, which changes nothing in the image. Comment lines may stay where they are.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:NoEmptyContinuation"],
  references: [
    {
      title: "Docker build check: NoEmptyContinuation",
      url: "https://docs.docker.com/reference/build-checks/no-empty-continuation/",
    },
    dockerfileReference("format", "format"),
  ],
  messages: {
    empty: () => "The blank line below does not end this instruction, and builders will refuse it in time",
  },
  bad: [
    {
      title: "one and several",
      source: "FROM a\nRUN make «\\»\n\n  x «\\»\n  \n\n  y\n",
      fixed: "FROM a\nRUN make \\\n  x \\\n  y\n",
    },
    {
      title: "beside a comment",
      source: "FROM a\nENV A=1 «\\»\n  # why\n\n  B=2\n",
      fixed: "FROM a\nENV A=1 \\\n  # why\n  B=2\n",
    },
    {
      title: "an instruction that is swallowed",
      source: "FROM a\nRUN apt-get update && «\\»\n\nRUN make\n",
      fixed: "FROM a\nRUN apt-get update && \\\nRUN make\n",
    },
    {
      title: "another escape character, and before a heredoc",
      source: "# escape=`\nFROM a\nRUN «`»\n\n  <<EOF cat\n\nb\nEOF\n",
      fixed: "# escape=`\nFROM a\nRUN `\n  <<EOF cat\n\nb\nEOF\n",
    },
  ],
  good: [
    { title: "none", source: "FROM a\nRUN b \\\n  # c\n  d\n\nRUN e\n" },
    { title: "in a heredoc", source: "FROM a\nRUN <<EOF\nb\n\nc\nEOF\n" },
    { title: "at the end of the file", source: "FROM a\nRUN b \\\n\n" },
  ],
  check(document, { report }) {
    for (const instruction of document.instructions) {
      if (instruction.endLine === instruction.startLine) continue;
      for (const { at, lines } of blankRuns(document, instruction)) {
        report("empty", [], {
          at,
          fixes: [{ title: "Delete the blank lines", safety: "safe", edits: lines.map(deleteSpan) }],
        });
      }
    }
  },
});

interface BlankRun {
  /** The escape character that continues the instruction over the blank lines. */
  readonly at: Span;
  /** The blank lines with their line breaks, those that follow each other as one. */
  readonly lines: readonly Span[];
}

/** The blank lines between two lines of an instruction's own text, heredoc bodies not looked at. */
function blankRuns(document: DockerfileDocument, instruction: Instruction): readonly BlankRun[] {
  const { text, lines } = document;
  const last = lines.at(instruction.argumentsSpan.end).line;
  const runs: BlankRun[] = [];
  let blank: Span[] = [];
  let continued = instruction.startLine;
  for (let line = instruction.startLine + 1; line <= last; line++) {
    const { start, end } = lines.contentOf(line);
    const content = text.slice(start, end).trim();
    if (content.startsWith("#")) continue;
    if (content === "") {
      const before = blank[blank.length - 1];
      const isNext = before?.end === start;
      if (isNext) blank.pop();
      blank.push(spanOf(isNext ? before.start : start, lines.startOf(line + 1)));
      continue;
    }
    const at = escapeAt(document, continued);
    if (blank.length > 0 && at !== undefined) runs.push({ at, lines: blank });
    blank = [];
    continued = line;
  }
  return runs;
}

function escapeAt({ text, lines, escape: escapeChar }: DockerfileDocument, line: number): Span | undefined {
  const { start, end } = lines.contentOf(line);
  const length = text.slice(start, end).trimEnd().length;
  return text.charAt(start + length - 1) === escapeChar
    ? spanOf(start + length - 1, start + length)
    : undefined;
}
