import type { CopySource } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt } from "../../text/edit";

import { judgeAddSource } from "../shared/addSources";
import { gitPinOfAddress } from "../shared/gitReferences";
import { cwe, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "add-git-unpinned",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ADD"] },
  title: "Sources that ADD clones are pinned to a commit",
  why: `\`ADD https://example.com/app.git /src\` takes whatever the default branch holds at that moment, and \`#main\` what
the branch does. A build from the same commit of yours is another image next week, and whoever gets hold of the
account is in the next build.

Write the whole commit: \`ADD https://example.com/app.git#<40 digits> /src\`, or
\`?tag=v1.2&checksum=<commit>\`, which keeps the tag readable.

A tag is not reported: it says what is meant, though it can be moved. A variable counts as a tag. Where the
address says nothing, the fix puts a place for the commit behind it.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:1357", "cwe:494"],
  references: [
    { title: "Docker: git URLs", url: "https://docs.docker.com/build/concepts/context/#git-repositories" },
    dockerfileReference("ADD", "add"),
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: {
    none: () => "ADD clones the default branch as it is at that moment, so others' changes get in unseen",
    branch: () => "ADD clones this branch as it is at that moment, so others' changes get in unseen",
  },
  bad: [
    {
      title: "the default branch",
      source:
        "FROM debian:12\nADD «https://github.com/team/app.git» /a\nADD --keep-git-dir=true «git@github.com:team/app.git» /b\n",
      fixed:
        "FROM debian:12\nADD https://github.com/team/app.git#0000000000000000000000000000000000000000 /a\nADD --keep-git-dir=true git@github.com:team/app.git#0000000000000000000000000000000000000000 /b\n",
    },
    {
      title: "a branch, with a folder",
      source: "FROM debian:12\nADD «https://github.com/team/app.git#main:docs» /a\n",
    },
  ],
  good: [
    {
      title: "a commit",
      source: `FROM debian:12\nADD https://github.com/team/app.git#${"0123456789abcdef".repeat(3).slice(0, 40)} /a\nADD https://github.com/team/app.git?tag=v1&checksum=${"0123456789abcdef".repeat(3).slice(0, 40)} /b\n`,
    },
    {
      title: "a checksum",
      source: `FROM debian:12\nADD --checksum=${"0123456789abcdef".repeat(3).slice(0, 40)} https://github.com/team/app.git#v1 /a\n`,
    },
    {
      title: "files",
      source: "FROM debian:12\nADD https://example.com/a.tgz /a\nADD b.tar /b\nCOPY app.git /c\n",
    },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ADD" || instruction.flags.some(({ name }) => name === "checksum"))
        continue;
      for (const source of instruction.sources) {
        if (judgeAddSource(source) !== "git") continue;
        const { expanded } = source;
        const pin = gitPinOfAddress(expanded.state === "known" ? expanded.value : source.text);
        if (pin === "none") report("none", [], { at: source.span, fixes: commitFixes(source) });
        else if (pin === "branch") report("branch", [], { at: source.span });
      }
    }
  },
});

const noCommit = "0".repeat(40);

/** Behind a plain address; one with a query or in quotes is written in too many ways. */
function commitFixes({ text, span }: CopySource): readonly Fix[] {
  if (/[#?"'$]/.test(text) || span.end - span.start !== text.length) return [];
  const edits = [insertAt(span.end, `#${noCommit}`)];
  return [{ title: "Write a commit that you fill in", safety: "unsafe", edits, asks: [noCommit] }];
}
