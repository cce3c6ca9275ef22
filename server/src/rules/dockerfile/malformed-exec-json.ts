import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { type MeantArray, meantArray } from "../shared/execText";
import { cwe, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "malformed-exec-json",
  language: "dockerfile",
  local: true,
  needs: { words: ["["] },
  title: "What looks like a JSON array is one",
  why: `The exec form must be valid JSON: double quotes, a comma between the strings and none after the last, backslashes
doubled, nothing behind the bracket. Otherwise the builder silently takes the whole line for a shell command: the image
is built, and at its start a shell looks for a program called \`[node,\`, or expands what should have been passed as it
stands. COPY, ADD and VOLUME take the pieces for paths.

A shell's own test (\`RUN [ -f x ] && …\`) is not reported.

The fix writes the array that was probably meant. It is not called safe, since the image then does something else than
before.`,
  category: "hygiene",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [
    "sonar:S7030",
    "hadolint:DL3025",
    "kics:not_using_json_in_cmd_and_entrypoint_arguments",
    "buildkit:JSONArgsRecommended",
    "cwe:78",
  ],
  references: [
    dockerfileReference("Shell and exec form", "shell-and-exec-form"),
    cwe(78, "Improper neutralization of special elements used in an OS command"),
  ],
  messages: {
    shell: () => "This is no valid JSON array, so a shell gets it as a command line, brackets and all",
    paths: () => "This is no valid JSON array, so its pieces are taken for paths, brackets and all",
    refused: () => "This is no valid JSON array, which SHELL must have",
  },
  bad: [
    {
      title: "single quotes",
      source: "FROM node:22\nCMD «['node', 'main.js']»\nRUN «['make']»\n",
      fixed: 'FROM node:22\nCMD ["node", "main.js"]\nRUN ["make"]\n',
    },
    {
      title: "a comma missing, one too many, and none at all",
      source: 'FROM node:22\nENTRYPOINT «["node" "a.js"]»\nRUN «["make", "x",]»\nCMD «[node a.js]»\n',
      fixed: 'FROM node:22\nENTRYPOINT ["node", "a.js"]\nRUN ["make", "x"]\nCMD ["node", "a.js"]\n',
    },
    {
      title: "the end missing, or a comment behind it",
      source: 'FROM node:22\nHEALTHCHECK CMD «["a", "b"»\nCMD «["node", "a.js"] # start»\n',
      fixed: 'FROM node:22\nHEALTHCHECK CMD ["a", "b"]\nCMD ["node", "a.js"] # start\n',
    },
    {
      title: "backslashes of Windows, and typographic quotes",
      source: 'FROM a\nENTRYPOINT «["C:\\app\\x.exe"]»\nONBUILD CMD «[ “node”, “a.js” ]»\n',
      fixed: 'FROM a\nENTRYPOINT ["C:\\\\app\\\\x.exe"]\nONBUILD CMD ["node", "a.js"]\n',
    },
    {
      title: "paths, and the shell",
      source: "FROM a\nCOPY «['a b', 'c']»\nVOLUME «['/data']»\nSHELL «['sh', '-c']»\n",
      fixed: 'FROM a\nCOPY ["a b", "c"]\nVOLUME ["/data"]\nSHELL ["sh", "-c"]\n',
    },
    {
      title: "over lines, without a fix",
      source: "FROM a\nCMD «['a', \\\n  'b']»\n",
    },
  ],
  good: [
    {
      title: "JSON",
      source: 'FROM a\nCMD ["node", "it\'s"]\nRUN [ "a" ]\nCOPY ["a b", \\\n "c"]\nVOLUME ["/d"]\n',
    },
    {
      title: "tests of a shell",
      source:
        'FROM a\nRUN [ -f x ] && make\nRUN [ "$A" = "b" ] || exit 1\nCMD [[ -f x ]] && a\nCMD [ "$A" ] && b\n',
    },
    { title: "patterns", source: "FROM a\nCOPY [a-z]*.txt /x/\nVOLUME /data\n" },
    { title: "what the builder refuses anyway", source: 'FROM a\nCMD ["sleep", 5]\n' },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      const found = meantArray(document, instruction);
      if (found === undefined) continue;
      const { keyword } = instruction;
      const arePaths = keyword === "COPY" || keyword === "ADD" || keyword === "VOLUME";
      report(keyword === "SHELL" ? "refused" : arePaths ? "paths" : "shell", [], {
        at: found.span,
        fixes: fixesOf(found),
      });
    }
  },
});

function fixesOf({ span, strings }: MeantArray): readonly Fix[] {
  if (strings === undefined) return [];
  const array = `[${strings.map((text) => JSON.stringify(text)).join(", ")}]`;
  return [{ title: "Write valid JSON", safety: "unsafe", edits: [replaceSpan(span, array)] }];
}
