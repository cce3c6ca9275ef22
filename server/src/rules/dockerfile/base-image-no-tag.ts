import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { isOfficialImage } from "../../knowledge/publishers";
import { baseImages } from "../shared/imageUses";
import { cisDocker, cwe, dockerBestPractices, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { tagFixes } from "../shared/tagFixes";

export default defineRule({
  id: "base-image-no-tag",
  language: "dockerfile",
  title: "Every base image names its version",
  why: `Without a tag or a digest, \`FROM debian\` means \`debian:latest\`: whatever that is on the day of the build.
Two builds of one commit then give different images, an update that nobody has reviewed reaches production, and
after an incident nobody can say which version was running. Whoever takes over the repository needs to push only one
tag to be in every image that is built from it.

Write the version that you test with (\`debian:12.11-slim\`), and let a bot propose the next one. A digest after the
tag pins it for good. The fix leaves a place for the tag.

Earlier stages, \`scratch\` and variables without a default are not reported. The default of a variable is reported as
low, since the build may be given another value; so is a name that nobody publishes in Docker Hub's official library,
which is most likely an image that you build yourself.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3006",
    "trivy:DS-0001",
    "checkov:CKV_DOCKER_7",
    "kics:image_version_not_explicit",
    "semgrep:missing-image-version",
    "sonar:S6596",
    "dockerfilelint:missing_tag",
    "dockerfile_lint:no_tag",
    "droast:DF001",
    "owasp:RULE#9",
    "cis:4.2",
    "cwe:1357",
  ],
  references: [
    dockerfileReference("FROM", "from"),
    dockerBestPractices,
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  local: true,
  needs: { words: ["from"] },
  messages: {
    untagged: (image: string) => `${image} has no tag, so each build takes whatever "latest" is that day`,
  },
  bad: [
    { title: "an official image", source: "FROM «debian»\nUSER app\n", fixed: "FROM debian:TAG\nUSER app\n" },
    {
      title: "an image of a registry with a port",
      source: "FROM «registry.example.com:5000/team/app» AS build\n",
      fixed: "FROM registry.example.com:5000/team/app:TAG AS build\n",
    },
    {
      title: "every stage counts",
      source: "FROM golang:1.24 AS build\nFROM «gcr.io/distroless/static»\nCOPY --from=build /app /app\n",
      fixed: "FROM golang:1.24 AS build\nFROM gcr.io/distroless/static:TAG\nCOPY --from=build /app /app\n",
    },
    { title: "the default of a variable", source: "ARG BASE=alpine\nFROM «${BASE}»\n" },
    {
      title: "a name that is no earlier stage",
      source: "FROM ubuntu:24.04 AS test\nFROM «construction» AS final\n",
      fixed: "FROM ubuntu:24.04 AS test\nFROM construction:TAG AS final\n",
    },
  ],
  good: [
    { title: "a tag", source: "FROM debian:12.11-slim\n" },
    { title: "a digest", source: `FROM debian@sha256:${"0123456789abcdef".repeat(4)}\n` },
    { title: "an earlier stage, in any case", source: "FROM debian:12 AS Base\nFROM base\n" },
    { title: "nothing at all", source: "FROM scratch\nCOPY app /\n" },
    { title: "a variable that the file does not fill", source: "ARG BASE\nFROM ${BASE}\n" },
    { title: "a tag in a variable", source: "ARG V=3.21\nFROM alpine:${V}\n" },
    { title: "a port is no tag, but this has both", source: "FROM localhost:5000/app:1.2\n" },
  ],
  check(document, { report }) {
    for (const taken of baseImages(document)) {
      const { reference, use } = taken;
      if (reference.tag !== undefined || reference.digest !== undefined) continue;
      const isOwn = isOfficialImage(reference) && imageFacts(reference) === undefined;
      const isDefault = use.text.includes("$");
      report("untagged", [shorten(reference.source)], {
        at: use.span,
        related: taken.related,
        fixes: tagFixes(taken),
        ...(isOwn || isDefault ? { severity: "low" as const } : {}),
      });
    }
  },
});
