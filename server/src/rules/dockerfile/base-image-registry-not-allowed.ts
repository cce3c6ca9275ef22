import { defineRule } from "../../engine/rule";
import { replacementFixes } from "../shared/imageReplacement";
import { takenImages } from "../shared/imageUses";
import { verdictOn } from "../shared/imageVerdict";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-registry-not-allowed",
  language: "dockerfile",
  title: "Images come only from the registries that the policy allows",
  why: `\`plimsoll.yaml\` lists the registries that images may come from (\`images.registries\`). An image from
elsewhere passes by whatever that registry does for you: scanning, signing, a copy that stays when the original is
deleted or taken over. A typing error in a host name is enough to run a stranger's image.

Take the image from an allowed registry, or add the registry, or the image itself to \`images.approved\`. Where the policy names a replacement for
the image, the fix writes it. Without a list nothing is reported.

FROM, \`COPY --from\` and \`RUN --mount=from\` count alike. A short name such as \`node\` comes from \`docker.io\`.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3026",
    "docker-bench:4.2",
    "dockerfile_lint:specified_registry",
    "cis:4.2",
    "cwe:829",
  ],
  references: [
    cisDocker,
    dockerfileReference("FROM", "from"),
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  local: true,
  needs: { words: ["from"] },
  messages: {
    notAllowed: (image: string, registry: string) =>
      `${image} comes from ${registry}, which the policy does not allow`,
  },
  bad: [
    {
      title: "Docker Hub by a short name",
      source: "FROM «node:22»\n",
      context: { policy: { registries: ["registry.example.com"] } },
    },
    {
      title: "COPY --from and a mount",
      source:
        "FROM registry.example.com/node:22\nCOPY --from=«ghcr.io/x/tool:1» /tool /usr/bin/\nRUN --mount=from=«quay.io/x/y:2»,target=/y make\n",
      context: { policy: { registries: ["registry.example.com"] } },
    },
    {
      title: "with a replacement",
      source: "FROM «node:22-slim» AS build\n",
      fixed: "FROM mirror.example.com/library/node:22-slim AS build\n",
      context: {
        policy: {
          registries: ["*.example.com"],
          replacements: new Map([["docker.io/library/node", "mirror.example.com/library/node"]]),
        },
      },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "FROM node:22\n" },
    {
      title: "an allowed registry",
      source: "FROM registry.example.com/node:22 AS build\nFROM scratch\nCOPY --from=build /app /\n",
      context: { policy: { registries: ["registry.example.com"] } },
    },
    {
      title: "Docker Hub by its name",
      source: "FROM node:22\n",
      context: { policy: { registries: ["docker.io"] } },
    },
    {
      title: "approved by its name",
      source: "FROM node:22\n",
      context: { policy: { registries: ["registry.example.com"], approved: ["docker.io/library/node"] } },
    },
    {
      title: "a registry that the file does not show",
      source: "ARG REGISTRY\nFROM ${REGISTRY}/node:22\n",
      context: { policy: { registries: ["registry.example.com"] } },
    },
  ],
  check(document, { policy, report }) {
    if (policy.registries.length === 0) return;
    for (const taken of takenImages(document)) {
      const { reference, use } = taken;
      if (verdictOn(reference, policy)?.kind !== "registry") continue;
      report("notAllowed", [shorten(reference.source, 36), shorten(reference.domain, 28)], {
        at: use.span,
        fixes: replacementFixes(taken, policy),
        related: taken.related,
      });
    }
  },
});
