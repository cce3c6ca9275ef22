import type { PlainInstruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { cwe, dockerfileReference } from "../shared/references";
import { absolutePath, isRelativePath } from "../shared/relativePath";
import { shorten } from "../shared/shorten";
import { instructionsOf, stateBefore } from "../shared/stages";

export default defineRule({
  id: "workdir-relative",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["WORKDIR"] },
  title: "WORKDIR is an absolute path",
  why: `A relative WORKDIR goes on from the one before it, and the first one from whatever the base image has. When the
base image changes its own, the files end up elsewhere: the program does not start, or a volume, a USER or a rule about
permissions no longer covers them.

Where an absolute WORKDIR stands above in the same file, the place is known and the finding is info; the fix then writes
that place in full and is safe. Elsewhere the fix puts a slash before the path, which has to be tried. Paths that begin
with a variable are not reported.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3000",
    "trivy:DS-0009",
    "checkov:CKV_DOCKER_10",
    "kics:workdir_path_not_absolute",
    "semgrep:use-absolute-workdir",
    "buildkit:WorkdirRelativePath",
    "sonar:S7021",
    "droast:DF009",
    "cwe:706",
  ],
  references: [
    dockerfileReference("WORKDIR", "workdir"),
    cwe(706, "Use of incorrectly-resolved name or reference"),
  ],
  messages: {
    base: () => "A relative WORKDIR goes on from that of the base image, which may change",
    known: (folder: string) => `A relative WORKDIR goes on from the one before it, ${folder}`,
  },
  bad: [
    {
      title: "the first of the stage",
      source: "FROM node:22\nWORKDIR «app»\n",
      fixed: "FROM node:22\nWORKDIR /app\n",
    },
    {
      title: "after an absolute one, info",
      source: "FROM node:22\nWORKDIR /srv/\nRUN make\nworkdir «./web»\nWORKDIR «a.b/c»\n",
      fixed: "FROM node:22\nWORKDIR /srv/\nRUN make\nworkdir /srv/web\nWORKDIR /srv/web/a.b/c\n",
    },
    {
      title: "quoted, upwards, and in the home that nobody has, without a fix",
      source: 'FROM node:22\nWORKDIR «"app dir"»\nWORKDIR «../x»\nWORKDIR «~/x»\n',
    },
    {
      title: "for images built on this one",
      source: "FROM node:22\nWORKDIR /a\nONBUILD WORKDIR «app»\n",
      fixed: "FROM node:22\nWORKDIR /a\nONBUILD WORKDIR /app\n",
    },
  ],
  good: [
    { title: "absolute", source: "FROM node:22\nWORKDIR /app\nWORKDIR \"/a b\"\nWORKDIR '/c'\n" },
    { title: "variables", source: "FROM node:22\nARG D=app\nWORKDIR $D\nWORKDIR ${D}/x\n" },
    {
      title: "Windows",
      source: '# escape=`\nFROM a\nWORKDIR C:\\app\nWORKDIR "c:/a"\nWORKDIR \\app\nWORKDIR %TEMP%\n',
    },
    { title: "nothing yet", source: "FROM node:22\nWORKDIR\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      const word = instruction.keyword === "WORKDIR" ? instruction.words[0] : undefined;
      if (word === undefined || !isRelativePath(word.text)) continue;
      const before = stateBefore(document, instruction)?.workdir;
      const folder = before?.state === "known" && before.value.startsWith("/") ? before.value : undefined;
      const fixes = fixesOf(instruction as PlainInstruction, folder);
      if (folder === undefined) report("base", [], { at: word.span, fixes });
      else report("known", [shorten(folder)], { at: word.span, severity: "info", fixes });
    }
  },
});

function fixesOf({ words }: PlainInstruction, folder: string | undefined): readonly Fix[] {
  const word = words[0];
  const path = word && absolutePath(word.text, folder ?? "");
  if (word === undefined || path === undefined) return [];
  return [
    {
      title: `Write ${shorten(path)}`,
      safety: folder === undefined ? "unsafe" : "safe",
      edits: [replaceSpan(word.span, path)],
    },
  ];
}
