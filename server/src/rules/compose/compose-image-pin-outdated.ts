import { defineRule } from "../../engine/rule";
import { takenServiceImages } from "../shared/composeImageUses";
import { composeKey } from "../shared/composeReferences";
import { movePin, pinVerdict } from "../shared/movedPins";
import { cwe, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-image-pin-outdated",
  language: "compose",
  title: "A pinned image is what its tag stands for now",
  why: `A digest keeps an image as it is, with every hole that has been found since. Publishers move the tag on when they have
fixed something: where the tag stands for another image than the digest, there is something newer of the same line, and
nobody has taken it.

Move the pin on and try it; a bot (Renovate, Dependabot) does so by itself. Where the old image is wanted, say so with an
ignore comment and an end date.

This is known to the registry alone. It is found only where registries may be asked: \`plimsoll check --online\`, or the setting
\`plimsoll.network\`. The fix is not called safe: the newer image may do something else.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1329"],
  references: [
    composeKey("image"),
    dockerBestPractices,
    cwe(1329, "Reliance on component that is not updateable"),
  ],
  keys: ["image", "build", "pull_policy"],
  messages: {
    moved: (image: string) =>
      `${image} now stands for another image than the digest, which stays as old as it is`,
    gone: (image: string) => `${image} does not exist any more, so nothing newer than this digest will come`,
  },
  bad: [
    {
      title: "the tag has moved",
      source: `services:\n  db:\n    image: «postgres:17@sha256:${"0123456789abcdef".repeat(4)}»\n`,
      fixed: `services:\n  db:\n    image: postgres:17@sha256:${"fedcba9876543210".repeat(4)}\n`,
      context: {
        tagDigests: {
          [`postgres:17@sha256:${"0123456789abcdef".repeat(4)}`]: `sha256:${"fedcba9876543210".repeat(4)}`,
        },
      },
    },
  ],
  good: [
    {
      title: "it has not",
      source: `services:\n  db:\n    image: postgres:17@sha256:${"0123456789abcdef".repeat(4)}\n`,
      context: {
        tagDigests: {
          [`postgres:17@sha256:${"0123456789abcdef".repeat(4)}`]: `sha256:${"0123456789abcdef".repeat(4)}`,
        },
      },
    },
    {
      title: "nobody was asked",
      source: `services:\n  db:\n    image: postgres:17@sha256:${"0123456789abcdef".repeat(4)}\n`,
    },
  ],
  check(document, { facts, report, notChecked }) {
    for (const { reference, span } of takenServiceImages(document)) {
      const verdict = pinVerdict(reference, facts);
      if (verdict === undefined) continue;
      if (verdict.kind === "unknown") {
        notChecked(`what the tag of ${reference.familiar} stands for is not known: ${verdict.reason}`, span);
        continue;
      }
      const image = shorten(`${reference.familiar}:${reference.tag}`, 40);
      const fixes = verdict.kind === "gone" ? [] : movePin(reference, document.text, span, verdict.digest);
      report(verdict.kind, [image], { at: span, fixes });
    }
  },
});
