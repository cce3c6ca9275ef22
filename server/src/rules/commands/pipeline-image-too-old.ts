import { defineRule } from "../../engine/rule";
import { tooOld, tooOldMessages } from "../shared/askedImages";
import { namedImages, openImages } from "../shared/namedImages";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { shownImage } from "../shared/shownImage";

const policy = { require: { maxAge: "high" }, maxAgeDays: 90 } as const;

export default defineRule({
  id: "pipeline-image-too-old",
  language: "commands",
  title: "No image is older than the policy allows",
  why: `The image that a job, an action or a development container runs in builds your program and holds its secrets meanwhile; whatever
was found in it since it was made is open in it. A team that rebuilds and updates on a schedule says so in \`plimsoll.yaml\`:
\`images.require.maxAge\`, in days.

Take a newer image of the same line, or move its pin on. An exception with a reason and an end date belongs into \`ignore:\`, with
the image's name.

Judged are the images that a file's own keys name: \`container:\`, \`services:\` and \`uses: docker://…\` of a GitHub workflow, \`image:\` of an
action, \`image:\` and \`services:\` of a GitLab pipeline, \`image\` of a \`devcontainer.json\`. When an image was made is known to
its registry alone: \`plimsoll check --online\`, or the setting \`plimsoll.network\`. Where nobody may ask, where the answer does not come,
where an image does not say when it was made, and where a variable stands in its name, it is listed as not checked. Without the
demand nothing is reported.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.4", "cwe:1329"],
  references: [cisDocker, cwe(1329, "Reliance on component that is not updateable")],
  messages: tooOldMessages,
  bad: [
    {
      title: "a job, and an action",
      source: "jobs:\n  a:\n    container: «node:22»\n    steps:\n      - uses: docker://«node:22»\n",
      context: {
        ...{ format: "workflow", policy, today: "2026-11-22" },
        asked: { "node:22": { created: "2026-01-15T10:00:00.000Z" } },
      },
    },
    {
      title: "a development container",
      source: '{ "image": «"node:22"» }\n',
      context: {
        ...{ format: "devcontainer", policy, today: "2026-11-22" },
        asked: { "node:22": { created: "2026-01-15T10:00:00.000Z" } },
      },
    },
  ],
  good: [
    {
      title: "young enough",
      source: "image: node:22\n",
      context: {
        ...{ format: "gitlab", policy, today: "2026-11-22" },
        asked: { "node:22": { created: "2026-10-15T10:00:00.000Z" } },
      },
    },
    {
      title: "not known, so not checked",
      source: "image: node:22\nother:\n  image: $CI_REGISTRY_IMAGE:1\n",
      context: { format: "gitlab", policy, asked: { "node:22": {} } },
    },
    {
      title: "nothing is demanded",
      source: "image: node:22\n",
      context: { format: "gitlab", asked: { "node:22": { created: "2016-01-15T10:00:00.000Z" } } },
    },
  ],
  check(document, { policy, facts, report, notChecked }) {
    if (!policy.require.maxAge) return;
    for (const { reference, span } of namedImages(document)) {
      const verdict = tooOld(reference, policy, facts);
      if (verdict?.kind === "unknown") notChecked(verdict.reason, span);
      else if (verdict !== undefined)
        report("old", [shownImage(reference), verdict.days, verdict.most], { at: span });
    }
    for (const { span, name } of openImages(document))
      notChecked(`how old ${shorten(name)} is, is not known`, span);
  },
});
