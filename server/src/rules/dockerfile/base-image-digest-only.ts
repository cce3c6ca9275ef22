import type { DockerfileDocument, ImageUse, Instruction } from "../../documents/dockerfile/model";
import type { ImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt } from "../../text/edit";
import { fillIn } from "../shared/fillIn";
import { baseImages } from "../shared/imageUses";
import { cwe, dockerBestPractices, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-digest-only",
  language: "dockerfile",
  needs: { keywords: ["FROM", "ARG"], words: ["@"] },
  title: "A pinned base image also says its version",
  why: `\`FROM node@sha256:…\` is always the same image, and nobody can read which one. Reviewers do not see whether it is
years old, scanners of files cannot say that its support has ended, and an update bot does not know which line of
versions to follow: it stays as it is, with all holes that are found in it.

Write the tag in front of the digest (\`node:22.11-slim@sha256:…\`): the builder goes by the digest, readers and bots by
the tag. Or say the version in a comment on the line above.

The fix leaves a place for the tag, since only the registry knows which one the digest belongs to: \`docker buildx
imagetools inspect node:22.11-slim\` prints the digest of a tag.`,
  category: "base-image",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["sonar:S6497", "cwe:1329"],
  references: [
    dockerBestPractices,
    dockerfileReference("FROM", "from"),
    cwe(1329, "Reliance on component that is not updateable"),
  ],
  messages: {
    unreadable: (image: string) =>
      `Nobody can read which version of ${image} this is, nor see when it gets too old`,
  },
  bad: [
    {
      title: "a digest alone",
      source: `FROM «node@sha256:${"0123456789abcdef".repeat(4)}» AS build\n`,
      fixed:
        "FROM node:TAG@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS build\n",
    },
    {
      title: "in a variable",
      source: `ARG BASE=gcr.io/distroless/static@sha256:${"0123456789abcdef".repeat(4)}\nFROM «\${BASE}»\n`,
    },
    {
      title: "a comment that says something else",
      source: `# build with make\nFROM «node@sha256:${"0123456789abcdef".repeat(4)}»\n`,
      fixed:
        "# build with make\nFROM node:TAG@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
    },
  ],
  good: [
    { title: "tag and digest", source: `FROM node:22.11@sha256:${"0123456789abcdef".repeat(4)}\n` },
    {
      title: "the version in a comment",
      source: `# node:22.11-slim\nFROM node@sha256:${"0123456789abcdef".repeat(4)}\n# Version 3.21\nFROM alpine@sha256:${"0123456789abcdef".repeat(4)}\n`,
    },
    { title: "no digest is another rule's finding", source: "FROM node\nFROM node:22\n" },
  ],
  check(document, { report }) {
    for (const { reference, use, by, related } of baseImages(document)) {
      if (reference.digest === undefined || reference.tag !== undefined) continue;
      if (isCommented(document, by, reference)) continue;
      const fixes = tagFix(use, reference);
      report("unreadable", [shorten(reference.familiar)], { at: use.span, related, fixes });
    }
  },
});

/** The digest still decides which image is taken, so nothing but the tag has to be found out. */
function tagFix({ text, span }: ImageUse, { source, spans }: ImageReference): readonly Fix[] {
  if (text !== source || span.end - span.start !== text.length) return [];
  return fillIn("Write a tag that you fill in", ["TAG"], insertAt(span.start + spans.name.end, ":TAG"));
}

/** Whether the comment on the line above names the image with a tag, or a version. */
function isCommented(
  document: DockerfileDocument,
  { startLine }: Instruction,
  { path }: ImageReference,
): boolean {
  if (startLine === 0) return false;
  const { start, end } = document.lines.contentOf(startLine - 1);
  const above = document.text.slice(start, Math.min(end, start + 500));
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /^\s*#/.test(above) && (above.includes(`${name}:`) || /\bv?\d+\.\d+/.test(above));
}
