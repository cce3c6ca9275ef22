import { defineRule } from "../../engine/rule";
import { takenServiceImages, unknownServiceImages } from "../shared/composeImageUses";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-image-not-digest",
  language: "compose",
  title: "Every image is pinned by its digest",
  why: `A tag is a label that its publisher, or whoever has the publisher's account, can move to another image at any time. The
digest is the image itself: \`postgres:17.6@sha256:…\` is the same bytes on every machine and for ever.

Take it from \`docker buildx imagetools inspect postgres:17.6\`, keep the tag for people, and let a bot (Renovate, Dependabot)
propose the next one: a digest that nobody renews never gets a security fix, which is worse than a tag.

Few files do so, which is why the rule is in the strict profile. Images without a tag are reported by
\`compose-image-no-tag-or-latest\`, and those of this file or in variables without a default not at all. Where
\`images.require.digest\` of \`plimsoll.yaml\` demands a digest, images without a tag are reported, too, and those in
variables count as not checked. There is no fix, since the digest is not in the file.`,
  category: "supply-chain",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:1357"],
  references: [
    composeKey("image"),
    dockerBestPractices,
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  keys: ["image", "build", "pull_policy"],
  messages: {
    tagged: (image: string) => `${image} can be another image tomorrow: only a digest stays what it is`,
  },
  bad: [
    { title: "a tag", source: "services:\n  db:\n    image: «postgres:17.6»\n" },
    {
      title: "quoted, of a registry, with a default",
      source:
        'services:\n  a: { image: "«registry.example.com:5000/team/app:1»" }\n  b:\n    image: «redis:${TAG:-8.2}»\n',
    },
    {
      title: "no tag, where a digest is required",
      source: "services:\n  a:\n    image: «nginx»\n  b:\n    image: «redis:latest»\n",
      context: { policy: { require: { digest: "high" } } },
    },
    {
      title: "from an anchor, once",
      source: "x-a: &a\n  image: «mysql:8.4»\nservices:\n  a:\n    <<: *a\n  b:\n    <<: *a\n",
    },
  ],
  good: [
    {
      title: "a digest",
      source: `services:\n  db:\n    image: postgres:17.6@sha256:${"0123456789abcdef".repeat(4)}\n`,
    },
    {
      title: "built here, and without a tag",
      source:
        "services:\n  a:\n    build: .\n    image: app:1\n  b:\n    image: app:1\n  c:\n    image: nginx\n  d:\n    image: nginx:latest\n",
    },
    { title: "in a variable", source: "services:\n  a:\n    image: app:${TAG}\n" },
  ],
  check(document, { policy, report, notChecked }) {
    const isRequired = Boolean(policy.require.digest);
    for (const { reference, span } of takenServiceImages(document)) {
      const { tag, digest } = reference;
      const isOthers = tag === undefined || tag === "latest";
      if (digest !== undefined || (isOthers && !isRequired)) continue;
      report("tagged", [shorten(reference.source)], { at: span });
    }
    if (!isRequired) return;
    for (const { raw, span } of unknownServiceImages(document))
      notChecked(`whether ${shorten(raw)} has a digest is not known`, span);
  },
});
