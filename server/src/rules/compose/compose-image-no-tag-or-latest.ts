import type { ComposeDocument, ImageValue } from "../../documents/compose/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { isOfficialImage } from "../../knowledge/publishers";
import { replaceSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { takenServiceImages } from "../shared/composeImageUses";
import { composeKey } from "../shared/composeReferences";
import { fillIn } from "../shared/fillIn";
import { cisDocker, cwe, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

/** Tags that by their meaning move on with every release or build. */
const moving: ReadonlySet<string> = new Set([
  "latest",
  "stable",
  "edge",
  "lts",
  "nightly",
  "dev",
  "develop",
  "devel",
  "main",
  "master",
  "beta",
  "canary",
  "unstable",
  "rolling",
  "snapshot",
]);

export default defineRule({
  id: "compose-image-no-tag-or-latest",
  language: "compose",
  title: "Every image names its version",
  why: `An image without a tag, or tagged \`latest\`, \`stable\` or \`nightly\`, is whatever its publisher pushed last:
the next \`docker compose pull\` brings another major version with a new data format, and whoever gets hold of the
publisher's account is in your stack the same day. After an incident nobody can say what was running, and there is no
version to go back to.

Write the version that you test with (\`postgres:17.6\`), and let a bot propose the next one. A digest behind the tag
pins it for good, and then nothing is reported.

Images that this file builds, that are never pulled or whose tag is in a variable without a default are not reported.
A name that is not in Docker Hub's official library is most likely your own image; it is low, as is a
moving tag in the default of a variable. Which version to write is
for you to say, so there is no automatic fix.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "trivy:USR-COMPOSE-0001",
    "docker-bench:5.28",
    "dclint:service-image-require-explicit-tag",
    "owasp:RULE#9",
    "docksec:compose-latest-or-untagged-image",
    "cis:5.28",
    "cwe:1357",
  ],
  references: [
    composeKey("image"),
    dockerBestPractices,
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  keys: ["image", "build", "pull_policy"],
  messages: {
    untagged: (image: string) => `${image} has no tag, so each pull takes whatever "latest" is that day`,
    moving: (image: string, tag: string) =>
      `${image} changes without notice: "${tag}" is another version after each release`,
  },
  bad: [
    {
      title: "no tag",
      source: "services:\n  db:\n    image: «postgres»\n",
      fixed: "services:\n  db:\n    image: postgres:TAG\n",
    },
    {
      title: "latest, quoted",
      source: 'services:\n  db:\n    image: "«grafana/grafana:latest»"\n',
      fixed: 'services:\n  db:\n    image: "grafana/grafana:TAG"\n',
    },
    {
      title: "another moving tag",
      source: "services:\n  db:\n    image: «nginx:stable»\n",
      fixed: "services:\n  db:\n    image: nginx:TAG\n",
    },
    {
      title: "in the default of a variable",
      source: "services:\n  db:\n    image: «redis:${REDIS_TAG:-latest}»\n",
    },
    {
      title: "of a registry with a port",
      source: "services:\n  db:\n    image: «registry.example.com:5000/team/app»\n",
      fixed: "services:\n  db:\n    image: registry.example.com:5000/team/app:TAG\n",
    },
    {
      title: "from an anchor, once",
      source: "x-a: &a\n  image: «mysql»\nservices:\n  a:\n    <<: *a\n  b:\n    <<: *a\n",
      fixed: "x-a: &a\n  image: mysql:TAG\nservices:\n  a:\n    <<: *a\n  b:\n    <<: *a\n",
    },
  ],
  good: [
    { title: "a version", source: "services:\n  db:\n    image: postgres:17.6-alpine\n" },
    {
      title: "a digest decides",
      source: `services:\n  db:\n    image: postgres@sha256:${"0123456789abcdef".repeat(4)}\n`,
    },
    {
      title: "the name of what is built",
      source: "services:\n  web:\n    build: .\n    image: team/app:latest\n",
    },
    {
      title: "built by another service",
      source:
        "services:\n  web:\n    build: .\n    image: app\n  worker:\n    image: app\n    command: work\n",
    },
    { title: "never pulled", source: "services:\n  web:\n    image: app\n    pull_policy: never\n" },
    {
      title: "variables without a default",
      source: "services:\n  a:\n    image: ${IMAGE}\n  b:\n    image: app:${TAG:?}\n",
    },
  ],
  check(document, { report }) {
    for (const { image, reference, span } of takenServiceImages(document)) {
      if (reference.digest !== undefined) continue;
      const shown = shorten(reference.source);
      const isDefault = image.variables.length > 0;
      const { tag } = reference;
      if (tag === undefined) {
        const isOurs = isOfficialImage(reference) && imageFacts(reference) === undefined;
        report("untagged", [shown], {
          at: span,
          severity: isOurs || isDefault ? "low" : "medium",
          fixes: tagFixes(document, image, span),
        });
      } else if (moving.has(tag.toLowerCase())) {
        report("moving", [shown, tag], {
          at: span,
          severity: tag === "latest" && !isDefault ? "medium" : "low",
          fixes: tagFixes(document, image, span),
        });
      }
    }
  },
});

/** A tag to fill in, behind the name of an image that is written out. */
function tagFixes(
  { text }: ComposeDocument,
  { raw, reference }: ImageValue,
  { start, end }: Span,
): readonly Fix[] {
  if (reference === undefined || text.slice(start, end) !== raw || reference.source !== raw) return [];
  const tag = replaceSpan(spanOf(start + reference.spans.name.end, end), ":TAG");
  return fillIn("Write a tag that you fill in", ["TAG"], tag);
}
