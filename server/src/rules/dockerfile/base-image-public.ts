import { defineRule } from "../../engine/rule";
import { replacementFixes } from "../shared/imageReplacement";
import { takenImages } from "../shared/imageUses";
import { judgePublicImage, publicImageSeverity } from "../shared/publicImage";
import { cisDocker, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-public",
  language: "dockerfile",
  title: "Images come from a publisher that somebody answers for",
  why: `Anybody can push to a namespace of a public registry. Such an image runs in your build with your sources and
your build secrets, and afterwards in production: a maintainer who loses the password, sells the name or plants a
miner is inside at the next build. Abandoned images stay as they are and collect known holes.

Prefer Docker's official images and those of a known vendor; copy the rest into a registry of your own. What your
team has looked at goes into \`images.approved\` of \`plimsoll.yaml\` (\`docker.io/someone/tool\`), a mirror into
\`images.registries\`; both are then silent. Where the policy names a replacement, the fix writes it.

The list of known vendors is ours and cannot be complete. A namespace that is called
as the owner of the repository is, by git's remotes, is low; another one of your own looks like anybody's: approve it once. A digest
keeps the publisher from changing what you get, so the finding is then low; so it is where the namespace is called as its
software is (\`gogs/gogs\`), which is mostly the project's own. With the option \`official\`, images of official and known
publishers are reported too, as low.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2"],
  references: [
    cisDocker,
    dockerBestPractices,
    {
      title: "Docker: trusted content",
      url: "https://docs.docker.com/docker-hub/image-library/trusted-content/",
    },
  ],
  local: true,
  needs: { words: ["from"] },
  options: {
    official: {
      type: "boolean",
      default: false,
      description: "Also report public images of official and known publishers, as low.",
    },
  },
  messages: {
    unverified: (image: string) => `${image} is from a public namespace that no known publisher answers for`,
    trusted: (image: string) => `${image} is a public image that the policy has not approved`,
  },
  bad: [
    { title: "somebody's image", source: "FROM «johndoe/node-with-tools:1.2»\n" },
    {
      title: "in another registry, and copied from",
      source: "FROM «ghcr.io/johndoe/base:1»\nCOPY --from=«quay.io/johndoe/tool:2» /tool /usr/bin/\n",
    },
    {
      title: "official ones on request",
      source: "FROM «node:22-slim»\nRUN --mount=from=«johndoe/tool:1»,target=/t /t/run\n",
      context: { options: { official: true } },
    },
    {
      title: "named after its software, and of the repository's owner, low",
      source: "FROM «gogs-x/gogs-x:1»\nCOPY --from=«acme/tools:2» /t /t\n",
      context: { owners: ["acme"] },
    },
    {
      title: "with a replacement",
      source: "FROM «johndoe/tool:1.2»\n",
      fixed: "FROM registry.example.com/mirror/tool:1.2\n",
      context: {
        policy: { replacements: new Map([["docker.io/johndoe/*", "registry.example.com/mirror/tool"]]) },
      },
    },
  ],
  good: [
    { title: "an official image", source: "FROM node:22-slim\n" },
    { title: "a known vendor", source: "FROM gcr.io/distroless/static:nonroot\n" },
    { title: "a registry of one's own", source: "FROM registry.example.com/team/base:7\n" },
    { title: "earlier stages", source: "FROM node:22 AS build\nFROM scratch\nCOPY --from=0 /a /a\n" },
    {
      title: "approved",
      source: "FROM johndoe/tool:1\n",
      context: { policy: { approved: ["docker.io/johndoe/*"] } },
    },
  ],
  check(document, { facts, policy, options, report }) {
    for (const taken of takenImages(document)) {
      const grade = judgePublicImage(taken.reference, policy);
      if (grade === undefined || (grade === "trusted" && !options.official)) continue;
      report(grade, [shorten(taken.reference.source)], {
        at: taken.use.span,
        fixes: replacementFixes(taken, policy),
        related: taken.related,
        severity: publicImageSeverity(taken.reference, grade, facts),
      });
    }
  },
});
