import { defineRule } from "../../engine/rule";
import { namedImages, openImages } from "../shared/namedImages";
import { cwe, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

export default defineRule({
  id: "pipeline-image-not-digest",
  language: "commands",
  title: "Every image is pinned by its digest",
  why: `A tag is a label that its publisher, or whoever has the publisher's account, can move to another image at any time, and the next
run of the pipeline hands that image your sources and secrets. The digest is the image itself: \`node:22.11@sha256:…\` is the same
bytes on every machine and for ever.

\`plimsoll pin --online\` writes it behind the tag, which stays for people. Let a bot (Renovate, Dependabot) propose the next one: a
digest that nobody renews never gets a security fix, which is worse than a tag.

Few files do so, which is why the rule is in the strict profile, or on where \`images.require.digest\` of \`plimsoll.yaml\` demands a
digest; then an image with a variable in its name counts as not checked. There is no fix, since the digest is not in the file.

Judged are the images that a file's own keys name: \`container:\`, \`services:\` and \`uses: docker://…\` of a GitHub workflow, \`image:\` of an
action, \`image:\` and \`services:\` of a GitLab pipeline, \`image\` of a \`devcontainer.json\`.`,
  category: "supply-chain",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:1357"],
  references: [dockerBestPractices, cwe(1357, "Reliance on insufficiently trustworthy component")],
  messages: {
    tagged: (image: string) => `${image} can be another image tomorrow: only a digest stays what it is`,
  },
  bad: [
    {
      title: "a job, its services, and an action",
      source:
        "jobs:\n  a:\n    container: «node»\n    services:\n      db: { image: «postgres:17.6» }\n    steps:\n      - uses: docker://«alpine:3.21»\n",
      context: { format: "workflow" },
    },
    {
      title: "a development container",
      source: '{ "image": «"mcr.microsoft.com/devcontainers/base:debian"» }\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    { title: "a digest", source: `image: node:22@${digest}\n`, context: { format: "gitlab" } },
    {
      title: "a variable, so not checked where a digest is demanded",
      source: "image: node:$VERSION\n",
      context: { format: "gitlab", policy: { require: { digest: "high" } } },
    },
  ],
  check(document, { policy, report, notChecked }) {
    for (const { reference, span } of namedImages(document))
      if (reference.digest === undefined) report("tagged", [shorten(reference.source)], { at: span });
    if (!policy.require.digest) return;
    for (const { span, name } of openImages(document))
      notChecked(`whether ${shorten(name)} has a digest is not known`, span);
  },
});
