import { defineRule } from "../../engine/rule";

export default defineRule({
  id: "ignore-comment-without-reason",
  language: "comments",
  title: "Every ignore comment gives its reason",
  why: `A year on, nobody knows whether an exception without a reason was a decision or an accident, and nobody dares to
delete it. Where \`requireReason: true\` stands in \`plimsoll.yaml\`, each ignore comment must say why.

By hand: write the reason after a colon. There is no fix: only its author knows.`,
  category: "configuration",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: { missing: () => "Say after a colon why this is ignored: the repository asks for a reason" },
  bad: [
    { title: "no reason", source: "FROM debian:12.5\n«# plimsoll-ignore add-local-file»\nADD app /app\n" },
    {
      title: "another tool's comment without one",
      source: "FROM debian:12.5\n«# hadolint ignore=DL3020»\nADD app /app\n",
      context: { with: ["add-local-file"] },
    },
  ],
  good: [
    {
      title: "a reason",
      source: "FROM debian:12.5\n# plimsoll-ignore add-local-file: unpacked later\nADD app /app\n",
    },
    {
      title: "hadolint's form of a reason",
      source: "FROM debian:12.5\n# hadolint ignore=DL3020 # unpacked later\nADD app /app\n",
      context: { with: ["add-local-file"] },
    },
  ],
  check(document, { report }) {
    if (!document.requireReason) return;
    for (const ignore of document.ignores) {
      // A BuildKit directive has no room for a reason, and a comment that stands for none of our rules is not ours to judge.
      if (ignore.tool === "buildkit" || ignore.reason !== undefined) continue;
      if (ignore.tool === "plimsoll" || ignore.ids.some((id) => id.rules.length > 0)) {
        report("missing", [], { at: ignore.span });
      }
    }
  },
});
