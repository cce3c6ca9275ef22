import { defineRule } from "../../engine/rule";
import { tooOld, tooOldMessages } from "../shared/askedImages";
import { fetchedImages, unknownBases } from "../shared/imageUses";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { shownImage } from "../shared/shownImage";

export default defineRule({
  id: "base-image-too-old",
  language: "dockerfile",
  title: "No image is older than the policy allows",
  why: `An image is as old as the updates in it: whatever was found since it was made is open in it. A team that rebuilds and updates
on a schedule says so in \`plimsoll.yaml\`: \`images.require.maxAge\`, in days.

Take a newer image of the same line, or pull the tag again and move its pin on. Where the publisher makes none any more, take
another image. An exception with a reason and an end date belongs into \`ignore:\`, with the image's name.

Judged are the images that FROM, \`COPY --from\`, \`RUN --mount=from\` and \`# syntax=\` name.

When an image was made is known to its registry alone: \`plimsoll check --online\`, or the setting \`plimsoll.network\`. Where nobody
may ask, where the answer does not come, and where an image does not say when it was made (some are dated to the beginning of
all times, so that they come out the same each time), it is listed as not checked. Which image to take is for you to say, so
there is no fix. Without the demand nothing is reported.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1329"],
  references: [cisDocker, cwe(1329, "Reliance on component that is not updateable")],
  messages: tooOldMessages,
  bad: [
    {
      title: "what reads the file",
      source: "# syntax=«docker/dockerfile:1.4»\nFROM scratch\n",
      context: {
        policy: { require: { maxAge: "high" }, maxAgeDays: 90 },
        asked: { "docker/dockerfile:1.4": { created: "2022-05-15T10:00:00.000Z" } },
        today: "2026-11-22",
      },
    },
    {
      title: "older than the policy allows",
      source: "FROM «node:22» AS build\n",
      context: {
        policy: { require: { maxAge: "high" }, maxAgeDays: 90 },
        asked: { "node:22": { created: "2026-01-15T10:00:00.000Z" } },
        today: "2026-11-22",
      },
    },
  ],
  good: [
    {
      title: "young enough",
      source: "FROM node:22 AS build\n",
      context: {
        policy: { require: { maxAge: "high" }, maxAgeDays: 90 },
        asked: { "node:22": { created: "2026-10-15T10:00:00.000Z" } },
        today: "2026-11-22",
      },
    },
    {
      title: "nothing is demanded",
      source: "FROM node:22 AS build\n",
      context: { asked: { "node:22": { created: "2016-01-15T10:00:00.000Z" } } },
    },
    {
      title: "not known, so not checked",
      source: "FROM node:22 AS build\n",
      context: { policy: { require: { maxAge: "high" }, maxAgeDays: 90 }, asked: { "node:22": {} } },
    },
  ],
  local: true,
  needs: { words: ["from"] },
  check(document, { policy, facts, report, notChecked }) {
    if (!policy.require.maxAge) return;
    for (const { reference, span, related } of fetchedImages(document)) {
      const verdict = tooOld(reference, policy, facts);
      if (verdict?.kind === "unknown") notChecked(verdict.reason, span);
      else if (verdict !== undefined)
        report("old", [shownImage(reference), verdict.days, verdict.most], { at: span, related });
    }
    for (const { span, text } of unknownBases(document))
      notChecked(`how old ${shorten(text)} is, is not known`, span);
  },
});
