import { defineRule } from "../../engine/rule";
import { serviceReplacementFixes, takenServiceImages } from "../shared/composeImageUses";
import { composeKey } from "../shared/composeReferences";
import { verdictOn } from "../shared/imageVerdict";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-image-registry-not-allowed",
  language: "compose",
  title: "Services run only images from the registries that the policy allows",
  why: `\`plimsoll.yaml\` lists the registries that images may come from (\`images.registries\`). An image from
elsewhere passes by whatever that registry does for you: scanning, signing, a copy that stays when the original is
deleted or taken over. A typing error in a host name is enough to run a stranger's image.

Take the image from an allowed registry, or add the registry, or the image itself to \`images.approved\`. Where the
policy names a replacement, the fix writes it. Without a list nothing is reported, nor is what this file builds. A
short name such as \`postgres\` comes from \`docker.io\`.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:4.2", "cis:4.2", "cwe:829"],
  references: [
    composeKey("image"),
    cisDocker,
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  keys: ["image", "build", "pull_policy"],
  messages: {
    notAllowed: (image: string, registry: string) =>
      `${image} comes from ${registry}, which the policy does not allow`,
  },
  bad: [
    {
      title: "Docker Hub by a short name, and another registry",
      source: "services:\n  db:\n    image: «postgres:17»\n  tool:\n    image: «ghcr.io/x/tool:1»\n",
      context: { policy: { registries: ["registry.example.com"] } },
    },
    {
      title: "with a replacement",
      source: "services:\n  db:\n    image: «postgres:17»\n",
      fixed: "services:\n  db:\n    image: mirror.example.com/postgres:17\n",
      context: {
        policy: {
          registries: ["*.example.com"],
          replacements: new Map([["docker.io/library/postgres", "mirror.example.com/postgres"]]),
        },
      },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "services:\n  db:\n    image: postgres:17\n" },
    {
      title: "allowed, approved, built here, and a registry that the file does not show",
      source:
        "services:\n  a:\n    image: registry.example.com/a:1\n  b:\n    image: redis:8\n  c:\n    build: .\n    image: c\n  d:\n    image: ${REGISTRY}/d:1\n",
      context: { policy: { registries: ["registry.example.com"], approved: ["docker.io/library/redis"] } },
    },
  ],
  check(document, { policy, report }) {
    if (policy.registries.length === 0) return;
    for (const taken of takenServiceImages(document)) {
      if (verdictOn(taken.reference, policy)?.kind !== "registry") continue;
      report("notAllowed", [shorten(taken.image.raw, 36), shorten(taken.reference.domain, 28)], {
        at: taken.span,
        fixes: serviceReplacementFixes(taken, policy),
      });
    }
  },
});
