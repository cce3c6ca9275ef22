import { defineRule } from "../../engine/rule";
import { baseImages, unknownBases } from "../shared/imageUses";
import { cwe, dockerBestPractices, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-not-pinned-by-digest",
  language: "dockerfile",
  title: "Every base image is pinned by its digest",
  why: `A tag is a label that its owner can move to another image at any time; a digest is the image. Only
\`node:22.11-slim@sha256:…\` gives the same bytes tomorrow, and only then does it help that somebody has scanned or
signed them.

A pinned image gets no fixes by itself. Pin only where a bot (Renovate, Dependabot) moves the digest on, and keep the
tag in front of it for the bot and for readers.

This is reported in the strict profile only: hardly any project pins, and without a bot it does more harm than good.
Where \`images.require.digest\` of \`plimsoll.yaml\` demands a digest, it is reported in any case, for images without a tag
as well, and an image in a variable without a value counts as not checked.
The digest of a tag is in the registry, so there is no fix without the network: \`docker buildx imagetools inspect
node:22.11-slim\` prints it.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [
    "semgrep:dockerfile-source-not-pinned",
    "sonar:S7023",
    "docker-ls:not_pinned_digest",
    "owasp:RULE#9",
    "cis:4.2",
    "cwe:1357",
    "cwe:494",
  ],
  references: [
    dockerBestPractices,
    dockerfileReference("FROM", "from"),
    cwe(494, "Download of code without integrity check"),
  ],
  local: true,
  needs: { words: ["from"] },
  messages: {
    unpinned: (image: string) => `${image} can be moved to other contents by its owner, as it has no digest`,
  },
  bad: [
    { title: "a version", source: "FROM «node:22.11.0-slim»\n" },
    { title: "every stage", source: "FROM «golang:1.24» AS build\nFROM «alpine:3.21»\n" },
    {
      title: "no tag, where a digest is required",
      source: "FROM «node»\n",
      context: { policy: { require: { digest: "high" } } },
    },
    { title: "a version in a variable", source: "ARG V=3.21\nFROM «alpine:${V}»\n" },
  ],
  good: [
    { title: "tag and digest", source: `FROM node:22.11.0-slim@sha256:${"0123456789abcdef".repeat(4)}\n` },
    { title: "no tag either is another rule's finding", source: "FROM node\n" },
    { title: "an earlier stage and scratch", source: "FROM scratch AS base\nFROM base\n" },
    { title: "a digest in a variable without a default", source: "ARG DIGEST\nFROM node:22@${DIGEST}\n" },
  ],
  check(document, { policy, report, notChecked }) {
    const isRequired = Boolean(policy.require.digest);
    for (const taken of baseImages(document)) {
      const { reference, use } = taken;
      if (reference.digest !== undefined || (reference.tag === undefined && !isRequired)) continue;
      report("unpinned", [shorten(reference.source)], { at: use.span, related: taken.related });
    }
    if (!isRequired) return;
    for (const { span, text } of unknownBases(document))
      notChecked(`whether ${shorten(text)} has a digest is not known`, span);
  },
});
