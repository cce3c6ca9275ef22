import { defineRule } from "../../engine/rule";
import { replacementAt } from "../shared/imageReplacement";
import { fetchedImages } from "../shared/imageUses";
import { deniedMessages, reasonOf, verdictOn } from "../shared/imageVerdict";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-denied",
  language: "dockerfile",
  title: "No image is used that the policy denies",
  why: `\`plimsoll.yaml\` lists images that must not be used (\`images.denied\`): one that is given up, one whose
publisher was taken over, a floating tag. Whoever denied it knows a reason, and the message repeats it.

Take what the policy names in its place, which the fix writes, or ask whoever keeps the policy. A denial wins over an
approval and over an allowed registry. An exception with a reason and an end date belongs into \`ignore:\` of
\`plimsoll.yaml\`, with the image's name. Without a list nothing is reported.

FROM, \`COPY --from\`, \`RUN --mount=from\` and \`# syntax=\` count alike.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:829"],
  references: [cisDocker, cwe(829, "Inclusion of functionality from untrusted control sphere")],
  local: true,
  needs: { words: ["from"] },
  messages: deniedMessages,
  bad: [
    {
      title: "by name",
      source: "FROM «centos:7»\n",
      context: {
        policy: {
          denied: [
            { image: "docker.io/library/centos", reason: "Past its end of life.", replacement: undefined },
          ],
        },
      },
    },
    {
      title: "with what takes its place",
      source: "FROM «centos:7» AS build\n",
      fixed: "FROM almalinux:9 AS build\n",
      context: {
        policy: {
          denied: [{ image: "docker.io/library/centos", reason: undefined, replacement: "almalinux:9" }],
        },
      },
    },
    {
      title: "a tag, in each place",
      source:
        "# syntax=«docker/dockerfile:latest»\nFROM «node»\nCOPY --from=«ghcr.io/x/tool:latest» /tool /usr/bin/\nRUN --mount=from=«x/y:latest»,target=/y make\n",
      context: { policy: { denied: [{ image: "**/*:latest", reason: "it moves", replacement: undefined }] } },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "FROM centos:7\n" },
    {
      title: "another tag, another image",
      source: "FROM node:22\nFROM quay.io/centos/centos:stream9\n",
      context: {
        policy: {
          denied: [
            { image: "**/*:latest", reason: undefined, replacement: undefined },
            { image: "docker.io/library/centos", reason: undefined, replacement: undefined },
          ],
        },
      },
    },
  ],
  check(document, { policy, report }) {
    if (policy.denied.length === 0) return;
    for (const { reference, span, related } of fetchedImages(document)) {
      const verdict = verdictOn(reference, policy);
      if (verdict?.kind !== "denied") continue;
      const isWritten = document.text.slice(span.start, span.end) === reference.source;
      const place = { at: span, related, fixes: isWritten ? replacementAt(span, reference, policy) : [] };
      const image = shorten(reference.source, 40);
      const reason = reasonOf(verdict.by);
      if (reason === undefined) report("denied", [image], place);
      else report("reason", [image, reason], place);
    }
  },
});
