import { defineRule } from "../../engine/rule";
import { monthsAfter } from "../../text/day";
import { replaceSpan } from "../../text/edit";
import { ignoreIdEdit } from "../shared/ignoreIdEdit";

export default defineRule({
  id: "expired-ignore-comment",
  language: "comments",
  title: "No ignore comment is past its end date",
  why: `Whoever wrote the end date wanted the exception to end. From the day after, the comment silences nothing, so the
finding is back, and this one says why.

By hand: fix what the comment excused and delete it, or agree on a new date. The fixes offer both; a date in three months.`,
  category: "configuration",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: { expired: (date: string) => `This exception ended on ${date} and silences nothing any more` },
  bad: [
    {
      title: "an end date in the past",
      source:
        "FROM debian:12.5\n# plimsoll-ignore add-local-file until «2026-03-01»: until the build is split\nADD app /app\n",
      fixed: "FROM debian:12.5\nADD app /app\n",
    },
    {
      title: "in a Compose file, at the end of the line",
      source:
        "services:\n  web:\n    image: nginx:1.27 # plimsoll-ignore compose-image-public until «2025-12-31»: trial\n",
      context: { language: "compose" },
      fixed: "services:\n  web:\n    image: nginx:1.27\n",
    },
  ],
  good: [
    {
      title: "the last day still counts",
      source:
        "FROM debian:12.5\n# plimsoll-ignore add-local-file until 2026-11-21: until the build is split\nADD app /app\n",
    },
    {
      title: "no end date",
      source: "FROM debian:12.5\n# plimsoll-ignore add-local-file: for good\nADD app /app\n",
    },
  ],
  check(document, { facts, report }) {
    const later = monthsAfter(facts.today, 3);
    for (const ignore of document.ignores) {
      if (!ignore.expired || ignore.until === undefined) continue;
      report("expired", [ignore.until.date], {
        at: ignore.until.span,
        fixes: [
          {
            title: "Delete the ignore comment",
            safety: "unsafe",
            edits: [ignoreIdEdit(document, ignore, undefined)],
          },
          {
            title: `Let it count until ${later}`,
            safety: "unsafe",
            edits: [replaceSpan(ignore.until.span, later)],
          },
        ],
      });
    }
  },
});
