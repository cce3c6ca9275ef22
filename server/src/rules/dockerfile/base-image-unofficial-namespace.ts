import type { ImageReference } from "../../documents/imageReference";
import { parseImageReference } from "../../documents/imageReference";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { publisherKind } from "../../knowledge/publishers";
import { replaceSpan } from "../../text/edit";
import { type TakenImage, takenImages } from "../shared/imageUses";
import { isApproved } from "../shared/publicImage";
import { cisDocker, cwe, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-unofficial-namespace",
  language: "dockerfile",
  title: "Official software comes from its official image",
  why: `Anybody can publish \`someone/ubuntu\` or \`someone/redis\` on Docker Hub. Such a copy looks like the original, is
rarely updated, and has been used to spread miners and back doors: whoever owns the name decides what your build runs.

Take the official image (\`ubuntu\`, \`redis\`), and put what the copy adds into your own Dockerfile. A namespace that
your team answers for goes into \`images.approved\` of \`plimsoll.yaml\`.

Namespaces of known vendors are not reported, nor are those that have the software's name in them (\`rustlang/rust\`),
nor other registries. The fix writes the official image with the same tag; it is not called safe, since the copy may
hold more, and the tag may not exist there.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["docker-bench:4.2", "cis:4.2", "cwe:829", "cwe:1357"],
  references: [
    cisDocker,
    dockerBestPractices,
    {
      title: "Docker: trusted content",
      url: "https://docs.docker.com/docker-hub/image-library/trusted-content/",
    },
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  messages: {
    copy: (image: string, official: string) =>
      `${image} is not the official image ${official}, but one that somebody has given its name`,
  },
  bad: [
    {
      title: "a copy of a system",
      source: "FROM «johndoe/ubuntu:22.04» AS base\n",
      fixed: "FROM ubuntu:22.04 AS base\n",
    },
    {
      title: "copied from, and mounted",
      source:
        "FROM scratch\nCOPY --from=«docker.io/johndoe/redis» /a /a\nRUN --mount=from=«johndoe/node:22»,target=/n x\n",
      fixed: "FROM scratch\nCOPY --from=redis /a /a\nRUN --mount=from=node:22,target=/n x\n",
    },
    {
      title: "with a digest, whose image only the copy has",
      source: `FROM «johndoe/nginx:1@sha256:${"0123456789abcdef".repeat(4)}»\n`,
    },
    { title: "in a variable", source: "ARG BASE=johndoe/python:3.13\nFROM «$BASE»\n" },
  ],
  good: [
    { title: "the official image", source: "FROM ubuntu:22.04\nFROM docker.io/library/redis:8\n" },
    { title: "one architecture of it", source: "FROM arm64v8/node:22\n" },
    { title: "a known vendor", source: "FROM bitnami/redis:8.2\nFROM grafana/grafana:12.1.0\n" },
    { title: "the software's own namespace", source: "FROM rustlang/rust:nightly\nFROM emqx/emqx:5\n" },
    {
      title: "another name, another registry",
      source: "FROM johndoe/tool:1\nFROM ghcr.io/johndoe/ubuntu:1\n",
    },
    {
      title: "approved",
      source: "FROM ourteam/node:22\n",
      context: { policy: { approved: ["docker.io/ourteam/*"] } },
    },
  ],
  local: true,
  needs: { words: ["from"] },
  check(document, { policy, report }) {
    for (const taken of takenImages(document)) {
      const { reference, use, related } = taken;
      const official = shadowed(reference);
      if (official === undefined || isApproved(reference, policy)) continue;
      report("copy", [shorten(reference.source, 40), shorten(official, 30)], {
        at: use.span,
        fixes: fixesOf(taken, official),
        related,
      });
    }
  },
});

/** The official image of the same name, where it is one that is still maintained. */
function shadowed(reference: ImageReference): string | undefined {
  if (reference.domain !== "docker.io" || publisherKind(reference) !== "personal") return undefined;
  const [namespace = "", name = "", ...more] = reference.path.split("/");
  if (more.length > 0 || name === "" || namespace.includes(name)) return undefined;
  const parsed = parseImageReference(name);
  const facts = parsed && imageFacts(parsed);
  const isGone = facts?.removedOn !== undefined || facts?.deprecated !== undefined;
  return facts?.official === true && !isGone ? name : undefined;
}

function fixesOf({ use, reference }: TakenImage, official: string): readonly Fix[] {
  if (use.text !== reference.source || reference.digest !== undefined) return [];
  const text = reference.tag === undefined ? official : `${official}:${reference.tag}`;
  return [{ title: `Use ${shorten(text)}`, safety: "unsafe", edits: [replaceSpan(use.span, text)] }];
}
