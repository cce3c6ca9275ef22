import { defineRule } from "../../engine/rule";
import { notSigned, notSignedMessages } from "../shared/askedImages";
import { fetchedImages, unknownBases } from "../shared/imageUses";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { shownImage } from "../shared/shownImage";

export default defineRule({
  id: "base-image-unverified",
  language: "dockerfile",
  title: "Every image is signed as the policy demands",
  why: `A tag, and a whole account at a registry, can fall into wrong hands. A signature says that whoever you trust has made this very
image: \`images.require.signature\` of \`plimsoll.yaml\` says whose counts for which images, by public keys or by the holder of a
certificate of Sigstore's.

Take an image that is signed by one of those, ask its publisher, or sign it: \`cosign sign\`. An exception with a reason and an end
date belongs into \`ignore:\`, with the image's name. That an image has no signature is no finding where the policy does not
demand one: most official images have none.

Judged are the images that FROM, \`COPY --from\`, \`RUN --mount=from\` and \`# syntax=\` name.

The registry is asked where you allow it: \`plimsoll check --online\`, or the setting \`plimsoll.network\`. The signature must be over
the index, or over the image of every platform in it. Signatures of cosign in both of its schemes are verified; Notation,
and certificates in cosign's first scheme, are not: an image with nothing else is listed as not checked, as is one whose
registry was not asked or did not answer. What to do is for you to say, so there is no fix.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.2", "cwe:347"],
  references: [cisDocker, cwe(347, "Improper verification of cryptographic signature")],
  messages: notSignedMessages,
  bad: [
    {
      title: "what reads the file",
      source: "# syntax=«example/dockerfile:1»\nFROM scratch\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: [], keys: [], identities: [], severity: undefined }],
        },
        asked: { "example/dockerfile:1": { signed: [{ state: "none" }] } },
      },
    },
    {
      title: "no signature",
      source: "FROM «node:22» AS build\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: undefined }],
        },
        asked: { "node:22": { signed: [{ state: "none" }] } },
      },
    },
    {
      title: "the signature of somebody else",
      source: "FROM «node:22» AS build\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: "medium" }],
        },
        asked: { "node:22": { signed: [{ state: "others", kinds: ["cosign"] }] } },
      },
    },
    {
      title: "one platform alone",
      source: "FROM «node:22» AS build\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: undefined }],
        },
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
      source: "FROM node:22 AS build\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: undefined }],
        },
        asked: { "node:22": { signed: [{ state: "verified", by: ["cosign by a given key"] }] } },
      },
    },
    {
      title: "of a kind that cannot be verified, so not checked",
      source: "FROM node:22 AS build\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: undefined }],
        },
        asked: { "node:22": { signed: [{ state: "unchecked", kinds: ["notation"] }] } },
      },
    },
    {
      title: "could not be asked, so not checked",
      source: "FROM node:22 AS build\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: undefined }],
        },
        asked: { "node:22": { signed: [{ state: "unknown", reason: "the registry did not answer" }] } },
      },
    },
    {
      title: "another image",
      source: "FROM quay.io/team/app:1 AS build\n",
      context: {
        policy: {
          require: { signature: "on" },
          signers: [{ images: ["docker.io/library/*"], keys: [], identities: [], severity: undefined }],
        },
      },
    },
    { title: "nothing is demanded", source: "FROM node:22 AS build\n" },
  ],
  local: true,
  needs: { words: ["from"] },
  check(document, { policy, facts, report, notChecked }) {
    if (!policy.require.signature) return;
    for (const { reference, span, related } of fetchedImages(document)) {
      const image = shownImage(reference);
      for (const verdict of notSigned(reference, policy, facts)) {
        if (verdict.kind === "unknown") {
          notChecked(verdict.reason, span);
          continue;
        }
        const place = { at: span, severity: verdict.severity, related };
        if (verdict.kind === "partly") report("partly", [image, verdict.platforms], place);
        else report(verdict.kind, [image], place);
      }
    }
    for (const { span, text } of unknownBases(document))
      notChecked(`who has signed ${shorten(text)} is not known`, span);
  },
});
