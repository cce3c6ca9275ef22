import { defineRule } from "../../engine/rule";
import { replacementFixes } from "../shared/imageReplacement";
import { takenImages } from "../shared/imageUses";
import { verdictOn } from "../shared/imageVerdict";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-not-approved",
  language: "dockerfile",
  title: "Only images are used that the policy approves",
  why: `\`plimsoll.yaml\` lists the images that may be used (\`images.approved\`). Another one has not been looked at:
nobody knows who publishes it, who fixes it, and what is in it.

Take an approved image, or have this one approved. Where the policy names a replacement, the fix writes it. Without a
list nothing is reported; where there is a list of registries (\`images.registries\`) as well, an image from one of
those may be used, too, and \`base-image-registry-not-allowed\` reports the others.

FROM, \`COPY --from\` and \`RUN --mount=from\` count alike.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:829"],
  references: [cisDocker, cwe(829, "Inclusion of functionality from untrusted control sphere")],
  local: true,
  needs: { words: ["from"] },
  messages: { unapproved: (image: string) => `${image} is not among the images that the policy approves` },
  bad: [
    {
      title: "another image",
      source: "FROM «node:22» AS build\nFROM debian:12\nCOPY --from=«ghcr.io/x/tool:1» /tool /usr/bin/\n",
      context: { policy: { approved: ["docker.io/library/debian"] } },
    },
    {
      title: "another version",
      source: "FROM «node:20»\n",
      fixed: "FROM node:22-slim\n",
      context: {
        policy: {
          approved: ["docker.io/library/node:22*"],
          replacements: new Map([["docker.io/library/node", "node:22-slim"]]),
        },
      },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "FROM node:22\n" },
    {
      title: "approved, built here, and empty",
      source: "FROM node:22 AS build\nFROM scratch\nCOPY --from=build /app /\n",
      context: { policy: { approved: ["docker.io/library/node:22*"] } },
    },
    {
      title: "from an allowed registry",
      source: "FROM registry.example.com/team/base:1\n",
      context: { policy: { approved: ["docker.io/library/node"], registries: ["registry.example.com"] } },
    },
  ],
  check(document, { policy, report }) {
    if (policy.approved.length === 0) return;
    for (const taken of takenImages(document)) {
      if (verdictOn(taken.reference, policy)?.kind !== "unapproved") continue;
      report("unapproved", [shorten(taken.reference.source, 60)], {
        at: taken.use.span,
        fixes: replacementFixes(taken, policy),
        related: taken.related,
      });
    }
  },
});
