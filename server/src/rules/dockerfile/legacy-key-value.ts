import type { Assignment, DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "legacy-key-value",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ENV", "LABEL"] },
  title: "ENV and LABEL have an equals sign between name and value",
  why: `\`ENV NAME value\` is an old form that Docker's reference advises against. It takes everything up to the end of
the line for one value, so \`ENV A b C=d\` sets one variable where a reader sees two.

The fix writes \`NAME=value\`, with quotes where the value has blanks, and is safe: the value stays the same. There is
none where quotes and blanks are mixed, or where the value goes over several lines.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:LegacyKeyValueFormat"],
  references: [
    {
      title: "Docker build check: LegacyKeyValueFormat",
      url: "https://docs.docker.com/reference/build-checks/legacy-key-value-format/",
    },
    dockerfileReference("ENV", "env"),
  ],
  messages: {
    old: (keyword: string) =>
      `${keyword} without an equals sign takes the whole rest of the line for its value`,
  },
  bad: [
    {
      title: "one word",
      source: "FROM a\nENV «PORT» 80\nlabel «a.b»   c\n",
      fixed: "FROM a\nENV PORT=80\nlabel a.b=c\n",
    },
    {
      title: "blanks, quotes and variables",
      source: 'FROM a\nENV «A» b C=$D\nENV «E» "f g"\nENV «H» i\\ j\nENV «P» $PATH:/x\n',
      fixed: 'FROM a\nENV A="b C=$D"\nENV E="f g"\nENV H=i\\ j\nENV P=$PATH:/x\n',
    },
    {
      title: "quotes and blanks mixed, or over lines: without a fix",
      source: "FROM a\nENV «A» b \"c d\"\nENV «A» b \\\n  c\nONBUILD ENV «A» b 'c'\n",
    },
  ],
  good: [
    { title: "with an equals sign", source: 'FROM a\nENV A=b C="d e"\nLABEL x=y\nARG Z\n' },
    { title: "a blank before it, which has a rule of its own", source: "FROM a\nENV A =b\nENV A = b\n" },
    { title: "nothing yet", source: "FROM a\nENV A\nLABEL\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ENV" && instruction.keyword !== "LABEL") continue;
      const pair = instruction.assignments[0];
      if (!instruction.legacy || pair?.value === undefined) continue;
      const { start, end } = pair.valueSpan;
      const value = document.text.slice(start, end);
      if (value.startsWith("=")) continue;
      report("old", [instruction.keyword], { at: pair.nameSpan, fixes: fixesOf(document, pair, value) });
    }
  },
});

function fixesOf(document: DockerfileDocument, pair: Assignment, value: string): readonly Fix[] {
  const { nameSpan, valueSpan } = pair;
  const gap = spanOf(nameSpan.end, valueSpan.start);
  const isPlain = /^[\w.-]+$/.test(document.text.slice(nameSpan.start, nameSpan.end));
  if (!isPlain || !/^[ \t]+$/.test(document.text.slice(gap.start, gap.end))) return [];
  const edits = editsOf(document, value, gap, valueSpan);
  return edits === undefined ? [] : [{ title: "Write an equals sign", safety: "safe", edits }];
}

/** Longer values are left alone. */
const longest = 4000;

function editsOf(
  document: DockerfileDocument,
  value: string,
  gap: Span,
  valueSpan: Span,
): readonly TextEdit[] | undefined {
  if (value.length > longest || /[\r\n]/.test(value)) return undefined;
  const equals = replaceSpan(gap, "=");
  if (isOneWord(value, document.escape)) return [equals];
  if (/["'`\\]/.test(value)) return undefined;
  return [equals, replaceSpan(valueSpan, `"${value}"`)];
}

/** Whether a value has no blank but those that quotes or escapes hold together, which the new form reads alike. */
function isOneWord(value: string, escapeChar: string): boolean {
  if (!/\s/.test(value)) return !value.endsWith(escapeChar);
  const single = /^(?:"[^"\\`]*"|'[^'\\`]*')$/;
  if (single.test(value)) return true;
  if (/["'$]/.test(value)) return false;
  const parts = value.split(/\s/);
  return parts.every(
    (part, index) => (escapesAtEnd(part, escapeChar) % 2 === 1) === index < parts.length - 1,
  );
}

function escapesAtEnd(text: string, escapeChar: string): number {
  let count = 0;
  while (text.charAt(text.length - 1 - count) === escapeChar) count++;
  return count;
}
