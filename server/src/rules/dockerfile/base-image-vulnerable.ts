import { defineRule } from "../../engine/rule";
import { takenImages } from "../shared/imageUses";
import { cisDocker, cwe } from "../shared/references";
import { shownImage } from "../shared/shownImage";
import { notScanned, vulnerabilitiesOf, vulnerableMessage } from "../shared/vulnerableImages";

export default defineRule({
  id: "base-image-vulnerable",
  language: "dockerfile",
  title: "No image has critical or high vulnerabilities",
  why: `What an image brings along runs with your program and is attacked with it: a hole in its TLS library or its shell is a hole in
your service. Most are closed by a newer image of the same line, or do not exist in a smaller one.

Take the newest image of the line, pull again for a tag that has been rebuilt, or change to a smaller variant. A hole that
your program does not reach is for you to judge: silence the rule there with a reason and an end date.

Plimsoll is no scanner. It runs yours where you say so (\`plimsoll check --scan trivy --online\`, *Scan Images* in the editor), and
takes what it has said: \`--scan-results FILE\`. Trivy, Grype, Docker Scout and Snyk are understood. A result counts for the image that it names: for a pinned image by its
digest. The severity is high where something critical was found, else medium. Which image to take is for you to say, so there is no fix.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1395"],
  references: [cisDocker, cwe(1395, "Dependency on vulnerable third-party component")],
  messages: { vulnerable: vulnerableMessage },
  bad: [
    {
      title: "critical ones",
      source: "FROM «node:22» AS a\nFROM a\n",
      context: {
        vulnerabilities: {
          "docker.io/library/node:22": { scanner: "Trivy", critical: 2, high: 5, fixable: 4 },
        },
      },
    },
    {
      title: "more than the policy tolerates",
      source: "FROM «node:22» AS a\nFROM a\n",
      context: {
        policy: { require: { vulnerabilities: "high" }, tolerated: { fixable: 0 } },
        vulnerabilities: {
          "docker.io/library/node:22": { scanner: "Grype", critical: 0, high: 5, fixable: 4 },
        },
      },
    },
  ],
  good: [
    {
      title: "what the policy tolerates",
      source: "FROM node:22\n",
      context: {
        policy: { require: { vulnerabilities: "high" }, tolerated: { critical: 0, high: 5 } },
        vulnerabilities: {
          "docker.io/library/node:22": { scanner: "Trivy", critical: 0, high: 5, fixable: 4 },
        },
      },
    },
    {
      title: "the policy demands it and nobody has scanned, so not checked",
      source: "FROM node:22\n",
      context: { policy: { require: { vulnerabilities: "high" }, tolerated: { critical: 0, high: 0 } } },
    },
    {
      title: "nothing grave",
      source: "FROM node:22\n",
      context: {
        vulnerabilities: {
          "docker.io/library/node:22": { scanner: "Grype", critical: 0, high: 0, fixable: 0 },
        },
      },
    },
    { title: "nobody has scanned", source: "FROM node:22\n" },
  ],
  local: true,
  needs: { words: ["from"] },
  check(document, { facts, policy, report, notChecked }) {
    for (const { reference, use, related } of takenImages(document)) {
      const found = vulnerabilitiesOf(reference, facts, policy);
      if (found === undefined) continue;
      const image = shownImage(reference);
      if ("unknown" in found) notChecked(notScanned(image, found), use.span);
      else
        report("vulnerable", [image, found], {
          at: use.span,
          severity: found.critical > 0 ? "high" : "medium",
          related,
        });
    }
  },
});
