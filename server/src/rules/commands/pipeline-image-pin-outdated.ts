import { defineRule } from "../../engine/rule";
import { movePin, pinVerdict } from "../shared/movedPins";
import { namedImages } from "../shared/namedImages";
import { cwe, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

const before = `sha256:${"0123456789abcdef".repeat(4)}`;
const after = `sha256:${"fedcba9876543210".repeat(4)}`;
const moved = { tagDigests: { [`node:22-slim@${before}`]: after } };

export default defineRule({
  id: "pipeline-image-pin-outdated",
  language: "commands",
  title: "A pinned image is what its tag stands for now",
  why: `The image that a job, an action or a development container runs in is the machine that your program is built on. A digest
keeps it as it is, with every hole that has been found since. Where the tag stands for another image than the digest, there is
something newer of the same line, and nobody has taken it.

Move the pin on and run the pipeline; a bot (Renovate, Dependabot) does so by itself. Where the old image is wanted, say so with an
ignore comment and an end date.

Judged are the images that a file's own keys name: \`container:\`, \`services:\` and \`uses: docker://…\` of a GitHub workflow, \`image:\` of an
action, \`image:\` and \`services:\` of a GitLab pipeline, \`image\` of a \`devcontainer.json\`. It is found only where registries may be
asked: \`plimsoll check --online\`, or the setting \`plimsoll.network\`. The fix is not called safe: the newer image may do something else.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1329"],
  references: [dockerBestPractices, cwe(1329, "Reliance on component that is not updateable")],
  messages: {
    moved: (image: string) =>
      `${image} now stands for another image than the digest, which stays as old as it is`,
    gone: (image: string) => `${image} does not exist any more, so nothing newer than this digest will come`,
  },
  bad: [
    {
      title: "a job, and an action",
      source: `jobs:\n  a:\n    container: «node:22-slim@${before}»\n    steps:\n      - uses: docker://«node:22-slim@${before}»\n`,
      fixed: `jobs:\n  a:\n    container: node:22-slim@${after}\n    steps:\n      - uses: docker://node:22-slim@${after}\n`,
      context: { format: "workflow", ...moved },
    },
    {
      title: "a development container",
      source: `{ "image": «"node:22-slim@${before}"» }\n`,
      fixed: `{ "image": "node:22-slim@${after}" }\n`,
      context: { format: "devcontainer", ...moved },
    },
  ],
  good: [
    {
      title: "it has not moved",
      source: `image: node:22-slim@${before}\n`,
      context: { format: "gitlab", tagDigests: { [`node:22-slim@${before}`]: before } },
    },
    { title: "nobody was asked", source: `image: node:22-slim@${before}\n`, context: { format: "gitlab" } },
    {
      title: "a command, which says for itself what it pulls",
      source: `docker run node:22-slim@${before}\n`,
      context: moved,
    },
  ],
  check(document, { facts, report, notChecked }) {
    for (const { reference, span, written } of namedImages(document)) {
      const verdict = pinVerdict(reference, facts);
      if (verdict === undefined) continue;
      if (verdict.kind === "unknown") {
        notChecked(`what the tag of ${reference.familiar} stands for is not known: ${verdict.reason}`, span);
        continue;
      }
      const image = shorten(`${reference.familiar}:${reference.tag}`, 40);
      const fixes = verdict.kind === "gone" ? [] : movePin(reference, document.text, written, verdict.digest);
      report(verdict.kind, [image], { at: span, fixes });
    }
  },
});
