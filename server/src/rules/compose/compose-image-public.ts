import { defineRule } from "../../engine/rule";
import { serviceReplacementFixes, takenServiceImages } from "../shared/composeImageUses";
import { composeKey } from "../shared/composeReferences";
import { judgePublicImage, publicImageSeverity } from "../shared/publicImage";
import { cisDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-image-public",
  language: "compose",
  title: "Images come from a publisher that somebody answers for",
  why: `Anybody can push to a namespace of a public registry. A service that runs such an image hands it your network,
your volumes and your secrets: a maintainer who loses the password, sells the name or plants a miner is inside with the
next pull. Abandoned images stay as they are and collect known holes.

Prefer Docker's official images and those of a known vendor; copy the rest into a registry of your own. What your
team has looked at goes into \`images.approved\` of \`plimsoll.yaml\` (\`docker.io/someone/tool\`), a mirror into
\`images.registries\`; both are then silent. Where the policy names a replacement, the fix writes it.

The list of known vendors is ours and cannot be complete. A namespace that is called
as the owner of the repository is, by git's remotes, is low; another one of your own looks like anybody's: approve it once. Images that this file builds are not reported. With a digest
the publisher cannot change what you get: the finding is then low; so it is where the namespace is called as its software
is (\`gogs/gogs\`), which is mostly the project's own. With the option \`official\`, images of
official and known publishers are reported too, as low.`,
  category: "base-image",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2"],
  references: [
    composeKey("image"),
    {
      title: "Docker: trusted content",
      url: "https://docs.docker.com/docker-hub/image-library/trusted-content/",
    },
    cisDocker,
  ],
  keys: ["image", "build", "pull_policy"],
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
    { title: "somebody's image", source: "services:\n  tool:\n    image: «johndoe/tool:1.2»\n" },
    { title: "in another registry", source: "services:\n  tool:\n    image: '«ghcr.io/johndoe/tool:1.2»'\n" },
    {
      title: "official ones on request",
      source: "services:\n  db:\n    image: «postgres:17»\n",
      context: { options: { official: true } },
    },
    {
      title: "named after its software, and of the repository's owner, low",
      source: "services:\n  a:\n    image: «gogs-x/gogs-x:1»\n  b:\n    image: «acme/tools:2»\n",
      context: { owners: ["acme"] },
    },
    {
      title: "with a replacement",
      source: "services:\n  tool:\n    image: «johndoe/tool:1.2»\n",
      fixed: "services:\n  tool:\n    image: registry.example.com/mirror/tool:1.2\n",
      context: {
        policy: { replacements: new Map([["docker.io/johndoe/*", "registry.example.com/mirror/tool"]]) },
      },
    },
  ],
  good: [
    { title: "an official image", source: "services:\n  db:\n    image: postgres:17\n" },
    { title: "a known vendor", source: "services:\n  db:\n    image: grafana/grafana:12.2.0\n" },
    {
      title: "a registry of one's own",
      source: "services:\n  db:\n    image: registry.example.com/team/db:3\n",
    },
    { title: "what is built", source: "services:\n  web:\n    build: .\n    image: johndoe/app:1\n" },
    {
      title: "approved",
      source: "services:\n  tool:\n    image: johndoe/tool:1.2\n",
      context: { policy: { approved: ["docker.io/johndoe/*"] } },
    },
  ],
  check(document, { facts, policy, options, report }) {
    for (const taken of takenServiceImages(document)) {
      const grade = judgePublicImage(taken.reference, policy);
      if (grade === undefined || (grade === "trusted" && !options.official)) continue;
      report(grade, [shorten(taken.image.raw)], {
        at: taken.span,
        severity: publicImageSeverity(taken.reference, grade, facts),
        fixes: serviceReplacementFixes(taken, policy),
      });
    }
  },
});
