import { defineRule } from "../../engine/rule";
import { notSigned, notSignedMessages } from "../shared/askedImages";
import { namedImages, openImages } from "../shared/namedImages";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { shownImage } from "../shared/shownImage";

const policy = {
  require: { signature: "on" },
  signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: undefined }],
} as const;

export default defineRule({
  id: "pipeline-image-unverified",
  language: "commands",
  title: "Every image is signed as the policy demands",
  why: `The image that a job, an action or a development container runs in sees your sources and every secret of the pipeline. A signature
says that whoever you trust has made this very image: \`images.require.signature\` of \`plimsoll.yaml\` says whose counts for which
images, by public keys or by the holder of a certificate of Sigstore's.

Take an image that is signed by one of those, ask its publisher, or sign it: \`cosign sign\`. An exception with a reason and an end
date belongs into \`ignore:\`, with the image's name. That an image has no signature is no finding where the policy does not
demand one: most official images have none.

Judged are the images that a file's own keys name: \`container:\`, \`services:\` and \`uses: docker://…\` of a GitHub workflow, \`image:\` of an
action, \`image:\` and \`services:\` of a GitLab pipeline, \`image\` of a \`devcontainer.json\`. The registry is asked where
you allow it: \`plimsoll check --online\`, or the setting \`plimsoll.network\`. Signatures of cosign in both of its schemes are verified;
Notation, and certificates in cosign's first scheme, are not: an image with nothing else is listed as not checked, as is one whose
registry was not asked or did not answer, and one with a variable in its name.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:347"],
  references: [cisDocker, cwe(347, "Improper verification of cryptographic signature")],
  messages: notSignedMessages,
  bad: [
    {
      title: "no signature",
      source: "jobs:\n  a:\n    container: «node:22»\n    services:\n      db: { image: «postgres:17» }\n",
      context: {
        ...{ format: "workflow", policy },
        asked: { "node:22": { signed: [{ state: "none" }] }, "postgres:17": { signed: [{ state: "none" }] } },
      },
    },
    {
      title: "the signature of somebody else",
      source: "job:\n  image: «node:22»\n",
      context: {
        ...{ format: "gitlab", policy },
        asked: { "node:22": { signed: [{ state: "others", kinds: ["cosign"] }] } },
      },
    },
    {
      title: "one platform alone",
      source: '{ "image": «"node:22"» }\n',
      context: {
        ...{ format: "devcontainer", policy },
        asked: {
          "node:22": {
            signed: [{ state: "partly", by: ["cosign by a given key"], platforms: ["linux/amd64"] }],
          },
        },
      },
    },
  ],
  good: [
    {
      title: "verified",
      source: "image: node:22\n",
      context: {
        ...{ format: "gitlab", policy },
        asked: { "node:22": { signed: [{ state: "verified", by: ["cosign by a given key"] }] } },
      },
    },
    {
      title: "of a kind that cannot be verified, so not checked",
      source: "image: node:22\nother:\n  image: $CI_REGISTRY_IMAGE:1\n",
      context: {
        ...{ format: "gitlab", policy },
        asked: { "node:22": { signed: [{ state: "unchecked", kinds: ["notation"] }] } },
      },
    },
    { title: "nothing is demanded", source: "image: node:22\n", context: { format: "gitlab" } },
  ],
  check(document, { policy, facts, report, notChecked }) {
    if (!policy.require.signature) return;
    for (const { reference, span } of namedImages(document)) {
      const image = shownImage(reference);
      for (const verdict of notSigned(reference, policy, facts)) {
        const { kind } = verdict;
        if (kind === "unknown") notChecked(verdict.reason, span);
        else if (kind === "partly")
          report(kind, [image, verdict.platforms], { at: span, severity: verdict.severity });
        else report(kind, [image], { at: span, severity: verdict.severity });
      }
    }
    for (const { span, name } of openImages(document))
      notChecked(`who has signed ${shorten(name)} is not known`, span);
  },
});
