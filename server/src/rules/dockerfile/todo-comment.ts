import { defineRule } from "../../engine/rule";
import { spanOf } from "../../text/span";
import { cwe } from "../shared/references";

export default defineRule({
  id: "todo-comment",
  language: "dockerfile",
  title: "No comment says that something is still to be done",
  why: `A TODO in a Dockerfile is a promise that the image was built without. "TODO: run as another user" or "FIXME:
check the signature" tells an attacker where to look, and goes on being shipped.

By hand: do it, or write it down where work is planned, and delete the comment. There is no fix.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["sonar:S1135", "cwe:546"],
  references: [cwe(546, "Suspicious comment")],
  messages: { todo: (word: string) => `${word}: something here was left for later` },
  bad: [
    { title: "above an instruction", source: "# «TODO»: pin this\nFROM a\n" },
    {
      title: "within one, and others of its kind",
      source: "FROM a\nRUN b \\\n  # «FIXME» c\n  d\n# «todo»: e\n# (@«todo» f)\n",
    },
  ],
  good: [
    {
      title: "other comments",
      source: "# Does it all (para todo el mundo).\nFROM a\n# TODOS and mastodon\n",
    },
    { title: "no comment", source: "FROM a\nRUN echo TODO # TODO\nLABEL x=TODO\n" },
  ],
  check(document, { report }) {
    for (const { span } of document.comments) {
      const match = marker.exec(document.text.slice(span.start, Math.min(span.end, span.start + longest)));
      if (match === null) continue;
      const start = span.start + match.index;
      report("todo", [match[0].toUpperCase()], { at: spanOf(start, start + match[0].length) });
    }
  },
});

/** In small letters it is a word of some languages, so it counts only with a colon, or as a tag. */
const marker = /\b(?:TODO|FIXME)\b|\b[Tt]odo(?=:)|(?<=@)todo\b/;
const longest = 2000;
