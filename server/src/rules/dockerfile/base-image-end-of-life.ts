import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { imageFacts } from "../../knowledge/images";
import { baseImages, unknownBases } from "../shared/imageUses";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";
import { hasKnownEnd, type PassedEnd, passedEnd, supportEndMessages } from "../shared/supportEnds";

export default defineRule({
  id: "base-image-end-of-life",
  language: "dockerfile",
  title: "The base image still gets security fixes",
  why: `When a release of a system, a language or a database reaches its end of support, holes that are found in it are
no longer closed. The image keeps them, whatever you do to your own code, and scanners may fall silent, since nobody
publishes advisories for it any more.

Move to a release that is supported; the publisher's page says what changes. Both the product and the system beneath it
are looked at: \`python:3.8-slim-buster\` is past its end twice.

High where support ended more than a year ago; medium in the first year, for tools such as Gradle, and for stages that
are not part of the image; low while extended support, which may cost money, still runs. Dates come from endoflife.date and are as fresh as this version of
Plimsoll. An image in a private registry is not judged; where \`images.require.notEndOfLife\` of \`plimsoll.yaml\`
demands support, it counts as not checked. That the policy approves an image does not silence this: an exception that names
the image does. There is no automatic fix, since a newer release can break what is built on it.`,
  category: "base-image",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1104", "cwe:1329"],
  references: [
    { title: "endoflife.date", url: "https://endoflife.date/" },
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  local: true,
  needs: { words: ["from"] },
  messages: supportEndMessages,
  bad: [
    {
      title: "systems",
      source: "FROM «debian:9»\nRUN make\n",
    },
    { title: "languages", source: 'FROM «node:14-alpine»\nCMD ["node", "app.js"]\n' },
    {
      title: "the system beneath a language that is still supported",
      source: "FROM «python:3.12-slim-buster»\n",
    },
    {
      title: "ended in the last year, which is less",
      source: "FROM «rust:1.90»\n",
      context: { today: "2026-03-01" },
    },
    { title: "a default", source: "ARG V=3.7\nFROM «python:${V}»\n" },
    {
      title: "in a stage that is thrown away, which is less",
      source: "FROM «node:14» AS build\nFROM scratch\nCOPY --from=build /a /b\n",
    },
    {
      title: "in extended support, which is less",
      source: "FROM «ubuntu:18.04»\n",
      context: { today: "2026-11-21" },
    },
  ],
  good: [
    { title: "supported", source: "FROM debian:13\nFROM node:24\n" },
    { title: "not yet over on that day", source: "FROM debian:9\n", context: { today: "2018-01-01" } },
    { title: "no version", source: "FROM debian\nFROM node:lts\nFROM python:3\n" },
    { title: "not known", source: "FROM registry.example.com/team/base:1\nFROM scratch\n" },
  ],
  check(document, { facts, policy, report, notChecked }) {
    const final = finalStages(document);
    for (const { use, reference, by, related } of baseImages(document)) {
      const end = passedEnd(reference, facts.today);
      if (end === undefined) {
        if (policy.require.notEndOfLife && !hasKnownEnd(reference))
          notChecked(`when support of ${shorten(reference.source)} ends is not known`, use.span);
        continue;
      }
      const severity = severityOf(end, final.has(by.stageIndex), facts.today);
      const place = { at: use.span, related, severity };
      const { product, cycle, date, extended, over } = end;
      const successor = imageFacts(reference)?.replacement;
      if (end.isExtended) report("extended", [product, cycle, date, extended ?? ""], place);
      else if (successor !== undefined)
        report("moved", [product, cycle, over, shorten(successor, 30)], place);
      else report("over", [product, cycle, over], place);
    }
    if (!policy.require.notEndOfLife) return;
    for (const { span, text } of unknownBases(document))
      notChecked(`when support of ${shorten(text)} ends is not known`, span);
  },
});

function severityOf(end: PassedEnd, isFinal: boolean, today: string): Severity {
  if (end.isExtended) return "low";
  return isFinal && end.kind !== "app" && end.over < yearBefore(today) ? "high" : "medium";
}

/** The same day a year before; dates compare as text, so that a day which that year lacks does no harm. */
function yearBefore(today: string): string {
  return `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
}
