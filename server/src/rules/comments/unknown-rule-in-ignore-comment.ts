import { nearestName } from "../../engine/nearestName";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";

export default defineRule({
  id: "unknown-rule-in-ignore-comment",
  language: "comments",
  title: "Ignore comments name rules that exist",
  why: `A misspelt id silences nothing, and the one who wrote it believes that the matter is settled.

By hand: write a rule's id, or another tool's id that stands for it. The fix offers the nearest one.`,
  category: "configuration",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: {
    unknown: (id: string) => `There is no rule ${id}, so this comment silences nothing`,
    near: (id: string, near: string) => `There is no rule ${id}; perhaps ${near} is meant`,
  },
  bad: [
    {
      title: "a letter too few",
      source: "FROM debian:12.5\n# plimsoll-ignore «add-local-fil»: unpacked later\nADD app /app\n",
      context: { with: ["add-local-file"] },
      fixed: "FROM debian:12.5\n# plimsoll-ignore add-local-file: unpacked later\nADD app /app\n",
    },
    {
      title: "nothing like it",
      source: "FROM debian:12.5\n# plimsoll-ignore «everything»: please\nADD app /app\n",
    },
  ],
  good: [
    {
      title: "another tool's id that stands for a rule",
      source: "FROM debian:12.5\n# plimsoll-ignore DL3020: unpacked later\nADD app /app\n",
      context: { with: ["add-local-file"] },
    },
    {
      title: "another tool's comment with an id that only it knows",
      source: "FROM debian:12.5\n# hadolint ignore=SC2086\nRUN echo $A\n",
    },
  ],
  check(document, { report }) {
    for (const ignore of document.ignores) {
      if (ignore.tool !== "plimsoll") continue;
      for (const id of ignore.ids) {
        if (id.rules.length > 0) continue;
        const shownId = id.text.slice(0, 40);
        const near = nearestName(id.text, document.ruleIds);
        if (near === undefined) report("unknown", [shownId], { at: id.span });
        else {
          report("near", [shownId, near], {
            at: id.span,
            fixes: [{ title: `Write ${near}`, safety: "unsafe", edits: [replaceSpan(id.span, near)] }],
          });
        }
      }
    }
  },
});
