import { defineRule } from "../../engine/rule";
import { deniedMessages, reasonOf, verdictOn } from "../shared/imageVerdict";
import { namedImages, namedReplacementFixes } from "../shared/namedImages";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "pipeline-image-denied",
  language: "commands",
  title: "No image is used that the policy denies",
  why: `\`plimsoll.yaml\` lists images that must not be used (\`images.denied\`): one that is given up, one whose
publisher was taken over, a floating tag. Whoever denied it knows a reason, and the message repeats it. A job that runs in such
an image hands it your sources and every secret of the pipeline.

Take what the policy names in its place, which the fix writes, or ask whoever keeps the policy. A denial wins over an
approval and over an allowed registry. An exception with a reason and an end date belongs into \`ignore:\` of
\`plimsoll.yaml\`, with the image's name. Without a list nothing is reported.

Judged are the images that a file's own keys name: \`container:\`, \`services:\` and \`uses: docker://…\` of a GitHub workflow, \`image:\` of an
action, \`image:\` and \`services:\` of a GitLab pipeline, \`image\` of a \`devcontainer.json\`.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:829"],
  references: [cisDocker, cwe(829, "Inclusion of functionality from untrusted control sphere")],
  messages: deniedMessages,
  bad: [
    {
      title: "with what takes its place",
      source:
        'jobs:\n  a:\n    container: «"centos:7"» # the base\n    steps:\n      - uses: docker://«centos:7»\n',
      fixed:
        'jobs:\n  a:\n    container: "almalinux:9" # the base\n    steps:\n      - uses: docker://almalinux:9\n',
      context: {
        format: "workflow",
        policy: {
          denied: [{ image: "docker.io/library/centos", reason: undefined, replacement: "almalinux:9" }],
        },
      },
    },
    {
      title: "a tag, and why",
      source: "image: «node»\njob:\n  services: [«postgres:latest», redis:8]\n",
      context: {
        format: "gitlab",
        policy: { denied: [{ image: "**/*:latest", reason: "it moves", replacement: undefined }] },
      },
    },
    {
      title: "a development container",
      source: '{ "image": «"centos:7"» }\n',
      context: {
        format: "devcontainer",
        policy: {
          denied: [{ image: "docker.io/library/centos", reason: undefined, replacement: undefined }],
        },
      },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "image: centos:7\n", context: { format: "gitlab" } },
    {
      title: "another image, and one that a variable makes up",
      source: "image: node:22\nother:\n  image: $CI_REGISTRY_IMAGE:latest\n",
      context: {
        format: "gitlab",
        policy: { denied: [{ image: "**/*:latest", reason: undefined, replacement: undefined }] },
      },
    },
  ],
  check(document, { policy, report }) {
    if (policy.denied.length === 0) return;
    for (const named of namedImages(document)) {
      const verdict = verdictOn(named.reference, policy);
      if (verdict?.kind !== "denied") continue;
      const place = { at: named.span, fixes: namedReplacementFixes(named, document.text, policy) };
      const image = shorten(named.reference.source, 40);
      const reason = reasonOf(verdict.by);
      if (reason === undefined) report("denied", [image], place);
      else report("reason", [image, reason], place);
    }
  },
});
