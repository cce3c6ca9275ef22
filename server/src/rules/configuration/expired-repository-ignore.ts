import type { ConfigurationDocument } from "../../engine/configuration";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { monthsAfter } from "../../text/day";
import { deleteSpan, replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";

export default defineRule({
  id: "expired-repository-ignore",
  language: "configuration",
  title: "No exception of the repository is past its end date",
  why: `Whoever wrote the end date wanted the exception to end. From the day after, it excuses nothing, so its findings are
back, and this one says why.

By hand: fix what it excused and delete the entry, or agree on a new date. The fixes offer both; a date in three months.`,
  category: "configuration",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: { expired: (date: string) => `This exception ended on ${date} and excuses nothing any more` },
  bad: [
    {
      title: "an end date in the past",
      source: "ignore:\n  - «rule: expired-repository-ignore\n    until: 2026-03-01»\n",
      fixed: "ignore:\n",
    },
    {
      title: "among others",
      source:
        'ignore:\n  - rule: "*"\n    path: vendor/**\n  - «rule: expired-repository-ignore\n    until: 2026-03-01» # agreed in spring\n  - rule: invalid-configuration\n',
      fixed: 'ignore:\n  - rule: "*"\n    path: vendor/**\n  - rule: invalid-configuration\n',
    },
    {
      title: "in braces, where only the date can be changed",
      source: "ignore: [«{ rule: expired-repository-ignore, until: 2026-03-01 }»]\n",
      fixed: "ignore: [{ rule: expired-repository-ignore, until: 2027-02-21 }]\n",
    },
  ],
  good: [
    {
      title: "the last day still counts",
      source: "ignore:\n  - rule: expired-repository-ignore\n    until: 2026-11-21\n",
    },
    {
      title: "the exception of an image",
      source:
        "ignore:\n  - image: docker.io/library/debian\n    owner: platform\n    ticket: CHG-31337\n    until: 2026-11-21\n",
    },
    { title: "no end date", source: "ignore:\n  - rule: expired-repository-ignore\n" },
  ],
  check(document, { facts, report }) {
    for (const { until, untilSpan, span } of document.config.ignore) {
      if (until === undefined || until >= facts.today) continue;
      const later = monthsAfter(facts.today, 3);
      const fixes: Fix[] = [];
      const lines = linesOfItem(document, span);
      if (lines !== undefined)
        fixes.push({ title: "Delete the exception", safety: "unsafe", edits: [deleteSpan(lines)] });
      if (untilSpan !== undefined)
        fixes.push({
          title: `Let it count until ${later}`,
          safety: "unsafe",
          edits: [replaceSpan(untilSpan, later)],
        });
      report("expired", [until], { at: span, fixes });
    }
  },
});

/** The lines of an item of a list in block style, where nothing but a comment stands on them beside it. */
function linesOfItem({ text, lines }: ConfigurationDocument, span: Span): Span | undefined {
  const first = lines.contentOf(lines.at(span.start).line);
  const last = lines.at(span.end).line;
  const isAlone =
    /^[ \t]*-[ \t]+$/.test(text.slice(first.start, span.start)) &&
    /^[ \t]*(?:#|$)/.test(text.slice(span.end, lines.contentOf(last).end));
  return isAlone ? { start: first.start, end: lines.startOf(last + 1) } : undefined;
}
