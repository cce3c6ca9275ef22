import { removeField } from "../../documents/compose/edits";
import type { Field, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { flagField, textField } from "../../documents/compose/values";
import { defineRule } from "../../engine/rule";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-oom-kill-disabled",
  language: "compose",
  title: "A service that takes too much memory is ended",
  why: `When memory runs out, the kernel ends what uses the most. \`oom_kill_disable: true\` keeps this service alive instead: at
its limit it hangs, and without a limit the kernel ends everything else first, SSH and the engine included. A negative
\`oom_score_adj\` does the same by degrees.

\`memswap_limit: -1\` lets the service swap without end, which slows the whole machine down; that is low.

Give the service a limit that it can live with, and a restart policy. The fix removes the key.`,
  category: "resources",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:5.11", "cwe:400"],
  references: [
    composeKey("oom_kill_disable"),
    composeKey("oom_score_adj"),
    composeKey("memswap_limit"),
    cisDocker,
    cwe(400, "Uncontrolled resource consumption"),
  ],
  local: true,
  messages: {
    spared: (service: string) =>
      `When memory runs out, other services and the host's are ended before ${service}`,
    swaps: (service: string) => `${service} may swap without end and slow the whole host down`,
  },
  bad: [
    {
      title: "switched off",
      source: "services:\n  web:\n    image: app:1\n    «oom_kill_disable: true»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "a low score, and endless swap",
      source:
        "services:\n  web: { image: 'app:1', «oom_score_adj: -500», mem_limit: 1g }\n  job:\n    image: app:1\n    «memswap_limit: \"-1\"»\n",
      fixed: "services:\n  web: { image: 'app:1', mem_limit: 1g }\n  job:\n    image: app:1\n",
    },
  ],
  good: [
    {
      title: "left on",
      source:
        "services:\n  web:\n    image: app:1\n    oom_kill_disable: false\n    oom_score_adj: 500\n    memswap_limit: 2g\n",
    },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    oom_score_adj: ${SCORE}\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of distinct(document, sparingKeys, (one) => one.keySpan)) {
      const swaps = field.name === "memswap_limit";
      report(swaps ? "swaps" : "spared", [shorten(service.name, 32)], {
        at: spanOfField(field),
        severity: swaps ? "low" : "medium",
        fixes: unsafeFix(`Remove ${field.name}`, removeField(document, field)),
      });
    }
  },
});

function sparingKeys({ fields }: Service): readonly Field<unknown>[] {
  const disabled = flagField(fields, "oom_kill_disable");
  const score = textField(fields, "oom_score_adj");
  const swap = textField(fields, "memswap_limit");
  return [
    ...(disabled?.value === true ? [disabled] : []),
    ...(score !== undefined && /^-[1-9]\d{0,3}$/.test(score.value.value?.trim() ?? "") ? [score] : []),
    ...(swap?.value.value?.trim() === "-1" ? [swap] : []),
  ];
}
