import { defineRule } from "../../engine/rule";
import { daemonFile } from "../shared/daemonSettings";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-not-json",
  language: "daemon",
  title: "The daemon can read the file, and reads it as people do",
  why: `The daemon takes JSON and nothing else: with a comment, a comma behind the last part or a bracket too few it does not
start, and after the next restart nothing runs on the host. Of a key that is given twice it takes the last, and the other,
which somebody relies on, is dropped in silence.

By hand: correct what is marked; keep remarks beside the file. \`dockerd --validate\` tells before a restart whether a file
will do.

The rule is wrong for a template (\`{{ … }}\`, \`\${…}\`), of which the real file is made; such files are not reported. Of
several faults the first is, since the others follow from it more often than not.`,
  category: "configuration",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [],
  references: [
    daemonFile,
    { title: "The JSON format (RFC 8259)", url: "https://www.rfc-editor.org/rfc/rfc8259" },
  ],
  messages: {
    comment: () => "The daemon does not start with this file: JSON has no comments",
    syntax: (problem: string) => `The daemon does not start with this file: ${problem}`,
    twice: (key: string) => `The daemon takes the last ${key} and drops the one before in silence`,
  },
  bad: [
    { title: "a comment", source: '{\n  «// chatty»\n  "debug": true «/* as long as we look */»\n}\n' },
    { title: "a comma behind the last part", source: '{ "debug": true«,» }\n' },
    { title: "no comma between two", source: '{\n  "debug": true\n  «"icc"»: false,\n}\n' },
    {
      title: "a key given twice",
      source: '{ "icc": false, «"icc"»: true, "log-opts": { "a": "1", «"a"»: "2" } }\n',
    },
    { title: "no end", source: '{ "debug": true«»' },
  ],
  good: [
    { title: "JSON", source: '{ "debug": true, "a": [1, 2.5e3, null, "b\\\\u0041"], "b": {} }\n' },
    { title: "nothing", source: "" },
    { title: "a template", source: '{ "debug": {{ docker_debug }}, "hosts": ["${HOST}"] }\n' },
  ],
  check(document, { report }) {
    if (/\{\{|\{%|\$\{|<%/.test(document.text)) return;
    for (const { span } of document.comments) report("comment", [], { at: span });
    const [first] = document.problems;
    if (first?.effect === "syntax") report("syntax", [withinSentence(first.message)], { at: first.span });
    for (const { key, keySpan } of document.repeatedKeys)
      report("twice", [key.length > 40 ? "value" : shorten(key)], { at: keySpan });
  },
});

/** An abbreviation keeps its capitals. */
function withinSentence(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
