import { defineRule } from "../../engine/rule";
import { fetchedImages } from "../shared/imageUses";
import { movePin, pinVerdict } from "../shared/movedPins";
import { cwe, dockerBestPractices, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-pin-outdated",
  language: "dockerfile",
  title: "A pinned image is what its tag stands for now",
  why: `A digest keeps an image as it is, with every hole that has been found since. Publishers move the tag on when they have
fixed something: where the tag stands for another image than the digest, there is something newer of the same line, and
nobody has taken it.

Move the pin on, build and test; a bot (Renovate, Dependabot) does so by itself. Where the old image is wanted, say so with an
ignore comment and an end date.

Judged are the images that FROM, \`COPY --from\`, \`RUN --mount=from\` and \`# syntax=\` name.

This is known to the registry alone. It is found only where registries may be asked: \`plimsoll check --online\`, or the setting
\`plimsoll.network\`. The fix is not called safe: the newer image may do something else.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1329"],
  references: [
    dockerBestPractices,
    dockerfileReference("FROM", "from"),
    cwe(1329, "Reliance on component that is not updateable"),
  ],
  messages: {
    moved: (image: string) =>
      `${image} now stands for another image than the digest, which stays as old as it is`,
    gone: (image: string) => `${image} does not exist any more, so nothing newer than this digest will come`,
  },
  bad: [
    {
      title: "the tag has moved",
      source: `FROM «node:22-slim@sha256:${"0123456789abcdef".repeat(4)}» AS build\n`,
      fixed: `FROM node:22-slim@sha256:${"fedcba9876543210".repeat(4)} AS build\n`,
      context: {
        tagDigests: {
          [`node:22-slim@sha256:${"0123456789abcdef".repeat(4)}`]: `sha256:${"fedcba9876543210".repeat(4)}`,
        },
      },
    },
    {
      title: "what reads the file",
      source: `# syntax=«docker/dockerfile:1@sha256:${"0123456789abcdef".repeat(4)}»\nFROM scratch\n`,
      fixed: `# syntax=docker/dockerfile:1@sha256:${"fedcba9876543210".repeat(4)}\nFROM scratch\n`,
      context: {
        tagDigests: {
          [`docker/dockerfile:1@sha256:${"0123456789abcdef".repeat(4)}`]: `sha256:${"fedcba9876543210".repeat(4)}`,
        },
      },
    },
  ],
  good: [
    {
      title: "it has not",
      source: `FROM node:22-slim@sha256:${"0123456789abcdef".repeat(4)}\n`,
      context: {
        tagDigests: {
          [`node:22-slim@sha256:${"0123456789abcdef".repeat(4)}`]: `sha256:${"0123456789abcdef".repeat(4)}`,
        },
      },
    },
    { title: "nobody was asked", source: `FROM node:22-slim@sha256:${"0123456789abcdef".repeat(4)}\n` },
    {
      title: "not pinned, or by a digest alone",
      source: `FROM node:22\nFROM node@sha256:${"0".repeat(64)}\n`,
    },
  ],
  local: true,
  needs: { words: ["from"] },
  check(document, { facts, report, notChecked }) {
    for (const { reference, span, related } of fetchedImages(document)) {
      const verdict = pinVerdict(reference, facts);
      if (verdict === undefined) continue;
      if (verdict.kind === "unknown") {
        notChecked(`what the tag of ${reference.familiar} stands for is not known: ${verdict.reason}`, span);
        continue;
      }
      const image = shorten(`${reference.familiar}:${reference.tag}`, 40);
      const fixes = verdict.kind === "gone" ? [] : movePin(reference, document.text, span, verdict.digest);
      report(verdict.kind, [image], { at: span, related, fixes });
    }
  },
});
