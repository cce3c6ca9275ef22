import { defineRule } from "../../engine/rule";
import { verdictOn } from "../shared/imageVerdict";
import { namedImages, namedReplacementFixes } from "../shared/namedImages";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "pipeline-image-not-approved",
  language: "commands",
  title: "Only images are used that the policy approves",
  why: `\`plimsoll.yaml\` lists the images that may be used (\`images.approved\`) and the registries that images may come from
(\`images.registries\`). Another one has not been looked at: nobody knows who publishes it, who fixes it, and what is in it, and a job
that runs in it hands it your sources and every secret of the pipeline.

Take an approved image, or have this one approved. Where the policy names a replacement, the fix writes it. Without either list
nothing is reported; where there are both, an image may be used that is on one of them.

Judged are the images that a file's own keys name: \`container:\`, \`services:\` and \`uses: docker://…\` of a GitHub workflow, \`image:\` of an
action, \`image:\` and \`services:\` of a GitLab pipeline, \`image\` of a \`devcontainer.json\`.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:4.2", "cis:4.2", "cwe:829"],
  references: [cisDocker, cwe(829, "Inclusion of functionality from untrusted control sphere")],
  messages: {
    unapproved: (image: string) => `${image} is not among the images that the policy approves`,
    notAllowed: (image: string, registry: string) =>
      `${image} comes from ${registry}, which the policy does not allow`,
  },
  bad: [
    {
      title: "another image",
      source: "jobs:\n  a:\n    container: node:22\n    services:\n      db:\n        image: «postgres:17»\n",
      context: { format: "workflow", policy: { approved: ["docker.io/library/node"] } },
    },
    {
      title: "another registry, with a replacement",
      source: "job:\n  image: { name: «'node:22-slim'», entrypoint: [''] }\n",
      fixed: "job:\n  image: { name: 'mirror.example.com/library/node:22-slim', entrypoint: [''] }\n",
      context: {
        format: "gitlab",
        policy: {
          registries: ["*.example.com"],
          replacements: new Map([["docker.io/library/node", "mirror.example.com/library/node"]]),
        },
      },
    },
    {
      title: "a development container",
      source: '{ "image": «"node:22"» }\n',
      context: { format: "devcontainer", policy: { registries: ["registry.example.com"] } },
    },
  ],
  good: [
    { title: "nothing has been decided", source: "image: node:22\n", context: { format: "gitlab" } },
    {
      title: "approved by its name, and from an allowed registry",
      source: "image: node:22\nother:\n  image: registry.example.com/app:1\n",
      context: {
        format: "gitlab",
        policy: { registries: ["registry.example.com"], approved: ["docker.io/library/node"] },
      },
    },
  ],
  check(document, { policy, report }) {
    for (const named of namedImages(document)) {
      const { reference, span } = named;
      const kind = verdictOn(reference, policy)?.kind;
      if (kind === undefined || kind === "denied") continue;
      const place = { at: span, fixes: namedReplacementFixes(named, document.text, policy) };
      if (kind === "unapproved") report("unapproved", [shorten(reference.source, 60)], place);
      else report("notAllowed", [shorten(reference.source, 36), shorten(reference.domain, 28)], place);
    }
  },
});
