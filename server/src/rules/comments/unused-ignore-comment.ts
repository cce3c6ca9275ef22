import { defineRule } from "../../engine/rule";
import { ignoreIdEdit } from "../shared/ignoreIdEdit";

export default defineRule({
  id: "unused-ignore-comment",
  language: "comments",
  title: "Every ignore comment silences something",
  why: `An ignore comment that silences nothing is a hole kept open: when the problem comes back, nobody will be told.
It is usually left over from a line that has since been fixed or moved.

The rule speaks only of comments in Plimsoll's own form, and only of rules that have run. Comments of other tools may
still be needed by those tools.

By hand: delete the id, or the whole comment. The fix does just that.`,
  category: "configuration",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: { unused: (id: string) => `This comment silences nothing: ${id} has no finding here` },
  bad: [
    {
      title: "the line was fixed, the comment stayed",
      source: "FROM debian:12.5\n# plimsoll-ignore «add-local-file»: needs no unpacking\nCOPY app /app\n",
      context: { with: ["add-local-file"] },
      fixed: "FROM debian:12.5\nCOPY app /app\n",
    },
    {
      title: "one of two ids is still needed",
      source:
        "FROM debian:12.5\n# plimsoll-ignore add-local-file, «run-security-insecure»: kept as it was\nADD app /app\n",
      context: { with: ["add-local-file", "run-security-insecure"] },
      fixed: "FROM debian:12.5\n# plimsoll-ignore add-local-file: kept as it was\nADD app /app\n",
    },
  ],
  good: [
    {
      title: "a comment that silences a finding",
      source: "FROM debian:12.5\n# plimsoll-ignore add-local-file: kept as it was\nADD app /app\n",
      context: { with: ["add-local-file"] },
    },
    {
      title: "another tool's comment",
      source: "FROM debian:12.5\n# hadolint ignore=DL3020\nCOPY app /app\n",
      context: { with: ["add-local-file"] },
    },
    {
      title: "a rule that did not run",
      source: "FROM debian:12.5\n# plimsoll-ignore add-local-file: kept as it was\nCOPY app /app\n",
    },
  ],
  check(document, { report }) {
    for (const ignore of document.ignores) {
      if (ignore.tool !== "plimsoll" || ignore.expired) continue;
      const unused = ignore.ids.filter((id) => id.judged && !id.used);
      for (const id of unused) {
        const whole = unused.length === ignore.ids.length;
        report("unused", [id.text], {
          at: id.span,
          tag: "unnecessary",
          fixes: [
            {
              title: whole ? "Delete the ignore comment" : `Delete ${id.text} from the comment`,
              safety: "unsafe",
              edits: [ignoreIdEdit(document, ignore, whole ? undefined : id)],
            },
          ],
        });
      }
    }
  },
});
