import { defineRule } from "../../engine/rule";
import { baseImages } from "../shared/imageUses";
import { cisDocker, cwe, dockerBestPractices, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { tagFixes } from "../shared/tagFixes";

export default defineRule({
  id: "base-image-latest-tag",
  language: "dockerfile",
  title: "No base image is tagged latest",
  why: `\`latest\` is a name that moves: the image behind it changes without a change in your repository. A build
that worked yesterday breaks today, an old cached \`latest\` hides that fixes are missing, and whoever gets hold of
the repository's credentials reaches every build with a single push.

Write the version that you test with (\`node:22.11-slim\`), and let a bot propose the next one.

With a digest behind it (\`node:latest@sha256:…\`) the tag decides nothing, and nothing is reported. The default of a
variable is reported as low, since the build may be given another value. Which version to write is for you to say, so the
fix leaves a place for it.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3007",
    "trivy:DS-0001",
    "checkov:CKV_DOCKER_7",
    "kics:image_version_using_latest",
    "semgrep:avoid-latest-version",
    "sonar:S6596",
    "dockle:DKL-DI-0006",
    "docker-bench:5.28",
    "dockerfilelint:latest_tag",
    "dockerfile_lint:is_latest_tag",
    "droast:DF001",
    "droast:DF024",
    "owasp:RULE#9",
    "cis:5.28",
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
    latest: (image: string) => `${image} changes without notice, so nobody can say what a build contains`,
  },
  bad: [
    { title: "an official image", source: "FROM «nginx:latest»\n", fixed: "FROM nginx:TAG\n" },
    {
      title: "a vendor's image",
      source: "FROM «ghcr.io/astral-sh/uv:latest» AS uv\nFROM python:3.13-slim\n",
      fixed: "FROM ghcr.io/astral-sh/uv:TAG AS uv\nFROM python:3.13-slim\n",
    },
    {
      title: "with a platform",
      source: "FROM --platform=$BUILDPLATFORM «golang:latest» AS build\n",
      fixed: "FROM --platform=$BUILDPLATFORM golang:TAG AS build\n",
    },
    { title: "the default of a variable", source: "ARG TAG=latest\nFROM «node:${TAG}»\n" },
  ],
  good: [
    { title: "a version", source: "FROM nginx:1.29.3\n" },
    { title: "a variant whose name begins so", source: "FROM app:latest-lts\n" },
    { title: "a digest decides", source: `FROM nginx:latest@sha256:${"0123456789abcdef".repeat(4)}\n` },
    { title: "a stage of that name", source: "FROM alpine:3.21 AS latest\nFROM latest\n" },
    { title: "a variable without a default", source: "ARG TAG\nFROM node:${TAG}\n" },
  ],
  check(document, { report }) {
    for (const taken of baseImages(document)) {
      const { reference, use } = taken;
      if (reference.tag !== "latest" || reference.digest !== undefined) continue;
      report("latest", [shorten(reference.source)], {
        at: use.span,
        related: taken.related,
        fixes: tagFixes(taken),
        ...(use.text.includes("$") ? { severity: "low" as const } : {}),
      });
    }
  },
});
