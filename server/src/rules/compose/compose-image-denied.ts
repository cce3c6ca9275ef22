import { defineRule } from "../../engine/rule";
import { serviceReplacementFixes, takenServiceImages } from "../shared/composeImageUses";
import { composeKey } from "../shared/composeReferences";
import { deniedMessages, reasonOf, verdictOn } from "../shared/imageVerdict";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-image-denied",
  language: "compose",
  title: "No service runs an image that the policy denies",
  why: `\`plimsoll.yaml\` lists images that must not be used (\`images.denied\`): one that is given up, one whose
publisher was taken over, a floating tag. Whoever denied it knows a reason, and the message repeats it.

Take what the policy names in its place, which the fix writes, or ask whoever keeps the policy. A denial wins over an
approval and over an allowed registry. An exception with a reason and an end date belongs into \`ignore:\` of
\`plimsoll.yaml\`, with the image's name. Without a list nothing is reported, nor is what this file builds.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:829"],
  references: [
    composeKey("image"),
    cisDocker,
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  keys: ["image", "build", "pull_policy"],
  messages: deniedMessages,
  bad: [
    {
      title: "by name, with its reason",
      source: "services:\n  cache:\n    image: «bitnami/redis:7»\n",
      context: {
        policy: {
          denied: [
            { image: "docker.io/bitnami/*", reason: "no free updates any more", replacement: undefined },
          ],
        },
      },
    },
    {
      title: "with what takes its place",
      source: 'services:\n  cache:\n    image: "«bitnami/redis:7»"\n',
      fixed: 'services:\n  cache:\n    image: "redis:8"\n',
      context: {
        policy: { denied: [{ image: "docker.io/bitnami/*", reason: undefined, replacement: "redis:8" }] },
      },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "services:\n  cache:\n    image: bitnami/redis:7\n" },
    {
      title: "another image, and what is built",
      source: "services:\n  cache:\n    image: redis:8\n  web:\n    build: .\n    image: bitnami/redis:7\n",
      context: {
        policy: { denied: [{ image: "docker.io/bitnami/*", reason: undefined, replacement: undefined }] },
      },
    },
  ],
  check(document, { policy, report }) {
    if (policy.denied.length === 0) return;
    for (const taken of takenServiceImages(document)) {
      const verdict = verdictOn(taken.reference, policy);
      if (verdict?.kind !== "denied") continue;
      const place = { at: taken.span, fixes: serviceReplacementFixes(taken, policy) };
      const image = shorten(taken.image.raw, 40);
      const reason = reasonOf(verdict.by);
      if (reason === undefined) report("denied", [image], place);
      else report("reason", [image, reason], place);
    }
  },
});
