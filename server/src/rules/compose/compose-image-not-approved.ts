import { defineRule } from "../../engine/rule";
import { serviceReplacementFixes, takenServiceImages } from "../shared/composeImageUses";
import { composeKey } from "../shared/composeReferences";
import { verdictOn } from "../shared/imageVerdict";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-image-not-approved",
  language: "compose",
  title: "Services run only images that the policy approves",
  why: `\`plimsoll.yaml\` lists the images that may be used (\`images.approved\`). Another one has not been looked at:
nobody knows who publishes it, who fixes it, and what is in it, and the service hands it your network and your volumes.

Take an approved image, or have this one approved. Where the policy names a replacement, the fix writes it. Without a
list nothing is reported, nor is what this file builds; where there is a list of registries (\`images.registries\`) as
well, an image from one of those may be used, too, and \`compose-image-registry-not-allowed\` reports the others.`,
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
  messages: { unapproved: (image: string) => `${image} is not among the images that the policy approves` },
  bad: [
    {
      title: "another image",
      source: "services:\n  db:\n    image: postgres:17\n  cache:\n    image: «redis:8»\n",
      context: { policy: { approved: ["docker.io/library/postgres"] } },
    },
    {
      title: "with a replacement",
      source: "services:\n  db:\n    image: «postgres:17»\n",
      fixed: "services:\n  db:\n    image: registry.example.com/postgres:17\n",
      context: {
        policy: {
          approved: ["registry.example.com/**"],
          replacements: new Map([["docker.io/library/postgres", "registry.example.com/postgres"]]),
        },
      },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "services:\n  db:\n    image: postgres:17\n" },
    {
      title: "approved, and built here",
      source: "services:\n  db:\n    image: postgres:17\n  web:\n    build: .\n    image: team/web\n",
      context: { policy: { approved: ["docker.io/library/postgres"] } },
    },
  ],
  check(document, { policy, report }) {
    if (policy.approved.length === 0) return;
    for (const taken of takenServiceImages(document)) {
      if (verdictOn(taken.reference, policy)?.kind !== "unapproved") continue;
      report("unapproved", [shorten(taken.image.raw, 60)], {
        at: taken.span,
        fixes: serviceReplacementFixes(taken, policy),
      });
    }
  },
});
