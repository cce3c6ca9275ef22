import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { dockerfileReference } from "../shared/references";
import { spacedEquals } from "../shared/spacedEquals";

export default defineRule({
  id: "space-before-equal",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ENV", "LABEL", "ARG"], words: ["="] },
  title: "No blank stands before the equals sign of a variable",
  why: `\`ENV KEY =value\` is read as the old form \`ENV KEY value\`: the variable gets the value \`=value\`, and a
switch that should be off stays as it was. ARG, and a second pair in the same instruction, stop the build.

The fix deletes the blanks around the sign. It is not called safe, since the variable then has another value than
before.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["sonar:S6574"],
  references: [dockerfileReference("ENV", "env")],
  messages: {
    value: () => "With a blank before it, the equals sign becomes a part of the value",
    refused: () => "With a blank before the equals sign, the builder refuses this line",
  },
  bad: [
    {
      title: "before, and on both sides",
      source: 'FROM a\nENV «A» =1\nLABEL «b» = c\nENV «C»\t= "d e"\n',
      fixed: 'FROM a\nENV A=1\nLABEL b=c\nENV C="d e"\n',
    },
    {
      title: "where the build stops",
      source: "FROM a\nARG «V» =1\nENV A=1 «B» =2\nONBUILD ENV «X» =1\n",
      fixed: "FROM a\nARG V=1\nENV A=1 B=2\nONBUILD ENV X=1\n",
    },
  ],
  good: [
    { title: "none", source: 'FROM a\nENV A=1 B="=2"\nLABEL a.b="c = d"\nARG C\nARG D=\n' },
    { title: "the old form", source: "FROM a\nENV A b =c\n" },
    { title: "other instructions", source: "FROM a\nRUN A =1\n# ENV A =1\nENV A\nENV\n" },
  ],
  check(document, { report }) {
    for (const { instruction, nameSpan, gap } of spacedEquals(document)) {
      const isOldForm =
        (instruction.keyword === "ENV" || instruction.keyword === "LABEL") && instruction.legacy;
      report(isOldForm ? "value" : "refused", [], {
        at: nameSpan,
        fixes: [{ title: "Delete the blanks around =", safety: "unsafe", edits: [replaceSpan(gap, "=")] }],
      });
    }
  },
});
