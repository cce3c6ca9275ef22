import type { Assignment, DockerfileDocument, EnvInstruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { stateBefore } from "../shared/stages";
import { variableUsesIn } from "../shared/variableUses";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "env-self-reference",
  language: "dockerfile",
  title: "A variable is used only after the ENV that sets it",
  why: `All values of one ENV are worked out before any of them is set. In \`ENV HOME=/srv PATH=$HOME/bin:$PATH\` the path
gets the \`HOME\` of before, which most images do not have: it becomes \`/bin\`, and nothing says so.

Set the variable in an ENV of its own, above. The fix splits the instruction there; it is not called safe, since the
value then changes, to the one that was most likely meant.

A value that adds to its own variable (\`PATH=/app:$PATH\`) is right and not reported, nor is a variable that the file
sets earlier, whose old value may be meant.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3044", "droast:DF062"],
  references: [
    dockerfileReference("environment replacement", "environment-replacement"),
    dockerfileReference("ENV", "env"),
  ],
  messages: {
    before: (name: string) => `This is the value that ${name} had before, not the one that the same ENV sets`,
  },
  bad: [
    {
      title: "one after the other",
      source: 'FROM a:1\nENV BLA="x" FOO="«${BLA}»/y"\n',
      fixed: 'FROM a:1\nENV BLA="x"\nENV FOO="${BLA}/y"\n',
    },
    {
      title: "continued; what follows moves along",
      source: "FROM a:1\nENV NODE=/opt/node \\\n    PATH=«$NODE»/bin:$PATH \\\n    B=c\n",
      fixed: "FROM a:1\nENV NODE=/opt/node\nENV PATH=$NODE/bin:$PATH \\\n    B=c\n",
    },
    {
      title: "a comment in between, or the wrong order, cannot be split",
      source: "FROM a:1\nENV A=1 \\\n  # b\n  B=«$A»\nENV C=«$D» D=1\n",
    },
    {
      title: "the same variable twice",
      source: "FROM a:1\nENV PATH=/a:${PATH} PATH=/b:«${PATH}»\n",
      fixed: "FROM a:1\nENV PATH=/a:${PATH}\nENV PATH=/b:${PATH}\n",
    },
  ],
  good: [
    { title: "two instructions", source: "FROM a:1\nENV A=1\nENV B=$A\n" },
    { title: "a value that adds to itself", source: "FROM a:1\nENV PATH=/a:$PATH LANG=C\n" },
    { title: "names that only begin so", source: 'FROM a:1\nENV A=1 B="$AB ${BA} A" C=$A_B\n' },
    { title: "set earlier", source: "FROM a:1\nARG A=0\nENV A=1 B=$A\nENV C=1\nENV C=2 D=$C\n" },
    { title: "no variable", source: "FROM a:1\nENV A=1 B='$A' C=\\$A\n" },
    { title: "the old form has one value", source: "FROM a:1\nENV A b=1 $b\n" },
  ],
  local: true,
  needs: { keywords: ["ENV"] },
  check(document, { report }) {
    for (const instruction of document.instructions) {
      if (instruction.keyword !== "ENV" || instruction.assignments.length < 2) continue;
      if (!document.text.slice(instruction.span.start, instruction.span.end).includes("$")) continue;
      const places = placesOf(instruction);
      const known = stateBefore(document, instruction)?.environment;
      for (const [index, { name: own, valueSpan }] of instruction.assignments.entries()) {
        const seen = new Set<string>();
        for (const { name, whole } of variableUsesIn(document, valueSpan, "quotes")) {
          const place = places.get(name);
          const isOwn = name === own && place === index;
          if (place === undefined || isOwn || seen.has(name) || known?.has(name) === true) continue;
          seen.add(name);
          report("before", [shorten(name)], {
            at: whole,
            fixes: place < index ? splitFixes(document, instruction.assignments, index) : [],
          });
        }
      }
    }
  },
});

/** The first place of each name among the assignments. */
function placesOf({ assignments }: EnvInstruction): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, { name }] of assignments.entries()) if (!places.has(name)) places.set(name, index);
  return places;
}

function splitFixes(
  document: DockerfileDocument,
  assignments: readonly Assignment[],
  index: number,
): readonly Fix[] {
  const before = assignments[index - 1];
  const own = assignments[index];
  const gap = before && own && withBlanksBefore(document, before.span, { ...own.span, end: own.span.start });
  if (gap === undefined) return [];
  const edits = [replaceSpan(gap, `${lineBreakOf(document.text)}ENV `)];
  return [{ title: "Begin a new ENV here", safety: "unsafe", edits }];
}
