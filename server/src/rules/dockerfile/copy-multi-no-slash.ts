import type { CopyInstruction, CopySource, DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt } from "../../text/edit";
import { meantArray } from "../shared/execText";
import { dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "copy-multi-no-slash",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"] },
  title: "Several sources are copied to a folder, with a slash at its end",
  why: `With more than one source the destination must be a folder and end with a slash. Otherwise the build stops, or a
reader cannot tell whether a file or a folder of that name is made.

Destinations that end with a variable whose value is not known are not reported, nor are \`.\` and \`..\`, which can
only be folders. The fix appends the slash.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3021",
    "trivy:DS-0011",
    "kics:copy_with_more_than_two_arguments_not_ending_with_slash",
    "dockerfilelint:add_dest_invalid",
    "droast:DF048",
  ],
  references: [dockerfileReference("COPY: destination", "copy-destination")],
  messages: {
    slash: (keyword: string) => `${keyword} with several sources needs a folder, with a slash at its end`,
  },
  bad: [
    {
      title: "two sources",
      source: "FROM a\nCOPY package.json yarn.lock «/app»\nADD --chown=x a b «c»\n",
      fixed: "FROM a\nCOPY package.json yarn.lock /app/\nADD --chown=x a b c/\n",
    },
    {
      title: "JSON and quotes, and for images built on this one",
      source: 'FROM a\nCOPY ["a b", "c", «"/app"»]\nONBUILD COPY a b «"c"»\n',
      fixed: 'FROM a\nCOPY ["a b", "c", "/app/"]\nONBUILD COPY a b "c/"\n',
    },
    {
      title: "a variable within",
      source: "FROM a\nENV APP=/app\nCOPY a b «$APP»\nCOPY a b «$HOME/bin»\n",
      fixed: "FROM a\nENV APP=/app\nCOPY a b $APP/\nCOPY a b $HOME/bin/\n",
    },
    {
      title: "heredocs are sources",
      source: "FROM a\nCOPY <<A <<B «/etc/conf»\na\nA\nb\nB\n",
      fixed: "FROM a\nCOPY <<A <<B /etc/conf/\na\nA\nb\nB\n",
    },
  ],
  good: [
    { title: "one source", source: "FROM a\nCOPY a /b\nCOPY *.txt /b\nCOPY --from=x a /b\n" },
    {
      title: "a slash",
      source: 'FROM a\nCOPY a b c/\nCOPY ["a", "b", "c/"]\nCOPY a b "c/"\nCOPY a b c\\\\\n',
    },
    { title: "the folder itself", source: "FROM a\nWORKDIR /app\nCOPY a b .\nCOPY a b ./x/..\n" },
    { title: "an array that is none, which has a rule of its own", source: "FROM a\nCOPY ['a', 'b', 'c']\n" },
    { title: "a variable", source: "FROM a\nCOPY a b $APP\nARG D=/d/\nCOPY a b ${D}\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") continue;
      const { destination } = instruction;
      if (destination === undefined || !isList(instruction) || endsAsFolder(destination)) continue;
      if (meantArray(document, instruction) !== undefined) continue;
      report("slash", [instruction.keyword], { at: destination.span, fixes: fixesOf(document, destination) });
    }
  },
});

function isList({ sources, heredocs }: CopyInstruction): boolean {
  return sources.length + heredocs.length > 1;
}

function endsAsFolder({ text, expanded }: CopySource): boolean {
  const bare = text.replace(/["']$/, "");
  if (/[/\\]$/.test(bare) || /^["']?\.{0,2}$/.test(bare) || /[/\\]\.{1,2}$/.test(bare)) return true;
  if (expanded.state === "known") return /(?:^|[/\\])\.{0,2}$/.test(expanded.value);
  return bare.endsWith("}") || /\$[A-Za-z_]\w{0,200}$/.test(bare);
}

function fixesOf({ text }: DockerfileDocument, { span }: CopySource): readonly Fix[] {
  const isQuoted = /["']/.test(text.charAt(span.end - 1));
  const at = isQuoted ? span.end - 1 : span.end;
  return [{ title: "Append a slash", safety: "safe", edits: [insertAt(at, "/")] }];
}
