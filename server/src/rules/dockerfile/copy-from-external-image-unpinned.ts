import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { copiedImages } from "../shared/stageNames";
import { tagFixes } from "../shared/tagFixes";

export default defineRule({
  id: "copy-from-external-image-unpinned",
  language: "dockerfile",
  title: "Images that files are copied from name their version",
  why: `\`COPY --from=image\` and \`RUN --mount=from=image\` put files of another image into yours, mostly programs.
Without a tag, or with \`latest\`, that is whatever its publisher pushed last: the build from the same commit is another
one next week, and whoever gets hold of the publisher's account is in it. Such an image is easily forgotten, since it
does not stand in a FROM.

Write the version, and best its digest: \`COPY --from=composer:2.9 …\`. A bot such as Renovate or Dependabot keeps it
current. Or name it once, \`FROM composer:2.9 AS composer\`, and copy from that stage.

An image whose tag is in a variable without a value is not reported. Where \`images.require.digest\` of
\`plimsoll.yaml\` demands a digest, every image without one is. The fix leaves a place for the tag: which version to
write is for you to say.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:1357", "cwe:494"],
  references: [
    dockerfileReference("COPY --from", "copy---from"),
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  local: true,
  needs: { keywords: ["COPY", "ADD", "RUN"], words: ["from"] },
  messages: {
    untagged: (image: string) =>
      `${image} has no tag, so files of whatever was pushed last get into the image`,
    tagged: (image: string) => `${image} has no digest, which the policy requires of every image`,
    latest: (image: string) => `${image} moves without notice, so files of whatever was pushed last get in`,
  },
  bad: [
    {
      title: "no tag",
      source:
        "FROM php:8.4\nCOPY --from=«composer» /usr/bin/composer /usr/bin/\nCOPY --from=«ghcr.io/team/tool» /a /b\n",
      fixed:
        "FROM php:8.4\nCOPY --from=composer:TAG /usr/bin/composer /usr/bin/\nCOPY --from=ghcr.io/team/tool:TAG /a /b\n",
    },
    {
      title: "latest",
      source: "FROM php:8.4\nCOPY --from=«composer:latest» /usr/bin/composer /usr/bin/\n",
      fixed: "FROM php:8.4\nCOPY --from=composer:TAG /usr/bin/composer /usr/bin/\n",
    },
    {
      title: "a version, where a digest is required",
      source: "FROM php:8.4\nCOPY --from=«composer:2.9» /usr/bin/composer /usr/bin/\n",
      context: { policy: { require: { digest: "high" } } },
    },
    {
      title: "in a mount",
      source: "FROM debian:12\nRUN --mount=type=bind,from=«team/tool»,target=/t /t/run\n",
      fixed: "FROM debian:12\nRUN --mount=type=bind,from=team/tool:TAG,target=/t /t/run\n",
    },
  ],
  good: [
    { title: "a version", source: "FROM php:8.4\nCOPY --from=composer:2.9 /usr/bin/composer /usr/bin/\n" },
    {
      title: "a digest",
      source: `FROM php:8.4\nCOPY --from=composer@sha256:${"0123456789abcdef".repeat(4)} /a /b\n`,
    },
    { title: "a stage", source: "FROM composer AS tools\nFROM php:8.4\nCOPY --from=tools /a /b\n" },
    { title: "a variable", source: "FROM php:8.4\nCOPY --from=composer:${V} /a /b\n" },
  ],
  check(document, { policy, report }) {
    for (const taken of copiedImages(document)) {
      const { use, reference } = taken;
      if (reference.digest !== undefined) continue;
      const shown = shorten(reference.source);
      if (reference.tag === undefined) report("untagged", [shown], { at: use.span, fixes: tagFixes(taken) });
      else if (/^latest(?:-|$)/.test(reference.tag))
        report("latest", [shown], { at: use.span, fixes: tagFixes(taken) });
      else if (policy.require.digest) report("tagged", [shown], { at: use.span });
    }
  },
});
