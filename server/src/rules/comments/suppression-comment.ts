import { defineRule } from "../../engine/rule";
import { cwe } from "../shared/references";

export default defineRule({
  id: "suppression-comment",
  language: "comments",
  title: "Findings are silenced with a reason, or not at all",
  why: `A comment that silences a finding and does not say why leaves the next reader with the risk and without the
thought behind it. Some teams do without such comments altogether.

By hand: fix what is silenced, or write the reason after the ids (\`# plimsoll-ignore id: reason\`,
\`# hadolint ignore=DL3008 # reason\`). Docker's own \`# check=skip=\` has no room for one and is not reported. Where
\`requireReason\` is on, this rule is silent and \`ignore-comment-without-reason\` speaks. There is no fix: only the
author knows the reason.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL1001", "cwe:1053"],
  references: [cwe(1053, "Missing documentation for design")],
  messages: { silent: () => "This comment silences findings and does not say why" },
  bad: [
    { title: "ours", source: "FROM a\n«# plimsoll-ignore sudo-in-run»\nRUN b\n" },
    {
      title: "of other tools",
      source:
        "«# hadolint global ignore=DL3008»\nFROM a\n«# hadolint ignore=DL3002,DL3004»\nUSER b\n«#checkov:skip=CKV_DOCKER_2»\n",
    },
  ],
  good: [
    { title: "with a reason", source: "FROM a\n# hadolint ignore=DL3008 # pinned by the mirror\nRUN b\n" },
    { title: "for the builder", source: "# check=skip=JSONArgsRecommended\nFROM a\n" },
    { title: "other comments", source: "FROM a\n# ignore this\nRUN b\n" },
  ],
  check(document, { report }) {
    if (document.requireReason) return;
    for (const { tool, reason, span } of document.ignores) {
      if (tool !== "buildkit" && reason === undefined) report("silent", [], { at: span });
    }
  },
});
