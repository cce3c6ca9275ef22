import { defineRule } from "../../engine/rule";

export default defineRule({
  id: "expired-repository-ignore",
  language: "configuration",
  title: "No exception of the repository is past its end date",
  why: `Whoever wrote the end date wanted the exception to end. From the day after, it excuses nothing, so its findings are
back, and this one says why.

By hand: fix what it excused and delete the entry, or agree on a new date.`,
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
    for (const entry of document.config.ignore) {
      if (entry.until !== undefined && entry.until < facts.today)
        report("expired", [entry.until], { at: entry.span });
    }
  },
});
