import { defineRule } from "../../engine/rule";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "onbuild-forbidden",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ONBUILD"] },
  title: "ONBUILD triggers an instruction that may be triggered",
  why: `ONBUILD cannot trigger ONBUILD, FROM or MAINTAINER. Builders refuse such a file, old ones only when somebody
builds on the image.

By hand: write the instruction without ONBUILD, or leave it to those who build on the image. There is no fix, since it
cannot be told which of the two was meant.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3043"],
  references: [dockerfileReference("ONBUILD: limitations", "onbuild-limitations")],
  messages: { forbidden: (keyword: string) => `ONBUILD cannot trigger ${keyword}, so this cannot be built` },
  bad: [
    {
      title: "each of the three, in any case",
      source: "FROM a\nONBUILD «ONBUILD» RUN b\nONBUILD «from» c\nonbuild \\\n  «MAINTAINER» d\n",
    },
  ],
  good: [
    { title: "others", source: "FROM a\nONBUILD RUN b\nONBUILD USER from\nONBUILD LABEL c=d\nONBUILD\n" },
    { title: "none", source: "FROM a\nMAINTAINER b\n# ONBUILD FROM c\n" },
  ],
  check(document, { report }) {
    for (const instruction of document.instructions) {
      const trigger = instruction.keyword === "ONBUILD" ? instruction.trigger : undefined;
      if (trigger === undefined || !forbidden.has(trigger.keyword)) continue;
      report("forbidden", [trigger.keyword], { at: trigger.keywordSpan });
    }
  },
});

const forbidden: ReadonlySet<string> = new Set(["ONBUILD", "FROM", "MAINTAINER"]);
