import type { DockerfileDocument, FromInstruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan, replaceSpan } from "../../text/edit";
import { parsePlatform } from "../shared/platforms";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";
import { withBlanksAfter } from "../shared/words";

export default defineRule({
  id: "platform-constant",
  language: "dockerfile",
  title: "The build decides the platform",
  why: `\`FROM --platform=linux/amd64\` gives that platform whatever the build was asked for: \`docker build
--platform linux/arm64\` then makes an image that claims to be for ARM and holds programs for another processor, and
on a machine of another kind everything runs in slow emulation.

Leave the flag away, and give \`--platform\` to the build. For tools that only run during the build write
\`--platform=$BUILDPLATFORM\`. Where an image really exists for one platform only, say so in the stage's name
(\`AS tools-amd64\`): such stages are not reported, nor are platforms with a variable.

Both fixes change what is pulled on other machines, so they are not called safe.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3029",
    "kics:using_platform_with_from",
    "semgrep:avoid-platform-with-from",
    "buildkit:FromPlatformFlagConstDisallowed",
    "droast:DF061",
  ],
  references: [
    {
      title: "Docker build check: FromPlatformFlagConstDisallowed",
      url: "https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/",
    },
    dockerfileReference("FROM", "from"),
  ],
  messages: {
    constant: (platform: string) =>
      `The base image is always that for ${platform}, whatever the build is for`,
  },
  bad: [
    {
      title: "a platform",
      source: "FROM «--platform=linux/amd64» node:22\n",
      fixed: "FROM node:22\n",
    },
    {
      title: "one part of it, with a stage name that does not say so",
      source: "FROM «--platform=arm64» node:22 AS build\nFROM «--platform=linux» build\n",
      fixed: "FROM node:22 AS build\nFROM build\n",
    },
    {
      title: "continued, and quoted",
      source: 'FROM \\\n  «--platform="linux/arm64/v8"» \\\n  node:22 AS app\n',
      fixed: "FROM \\\n  node:22 AS app\n",
    },
  ],
  good: [
    { title: "no platform", source: "FROM node:22\n" },
    {
      title: "a variable",
      source: "ARG P=linux/amd64\nFROM --platform=$BUILDPLATFORM a:1 AS x\nFROM --platform=${P} b:1\n",
    },
    {
      title: "the stage's name says it",
      source:
        "FROM --platform=linux/amd64 a:1 AS build_amd64\nFROM --platform=linux/x86_64 a:1 AS Build-AMD64\nFROM --platform=windows/amd64 a:1 AS windows\n",
    },
    { title: "no platform at all", source: "FROM --platform=a/b/c/d a:1\nFROM --platform= a:1\n" },
  ],
  local: true,
  needs: { keywords: ["FROM"], words: ["platform"] },
  check(document, { report }) {
    for (const { from } of document.stages) {
      const { platform, alias } = from;
      const text = platform?.value?.replace(/^(["'])(.*)\1$/, "$2");
      if (platform === undefined || text === undefined || text.includes("$")) continue;
      const parsed = parsePlatform(text);
      if (parsed === undefined) continue;
      const name = alias?.value.toLowerCase() ?? "";
      if ([parsed.os, parsed.architecture].some((part) => part !== "" && name.includes(part))) continue;
      report("constant", [shorten(text)], { at: platform.span, fixes: fixesOf(document, from) });
    }
  },
});

function fixesOf(document: DockerfileDocument, from: FromInstruction): readonly Fix[] {
  const { platform, image } = from;
  const span = platform && image && withBlanksAfter(document, platform.span, image.span);
  if (!platform || !span || from.flags.length !== 1) return [];
  const remove: Fix = {
    title: "Leave the platform to the build",
    safety: "unsafe",
    edits: [deleteSpan(span)],
  };
  if (finalStages(document).has(from.stageIndex)) return [remove];
  const edits = [replaceSpan(platform.valueSpan, "$BUILDPLATFORM")];
  return [remove, { title: "Use the platform of the machine that builds", safety: "unsafe", edits }];
}
