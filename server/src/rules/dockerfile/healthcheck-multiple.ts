import { defineRule } from "../../engine/rule";
import { overriddenInstructions } from "../shared/overriddenInstructions";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "healthcheck-multiple",
  language: "dockerfile",
  needs: { keywords: ["HEALTHCHECK"] },
  title: "Each stage has one HEALTHCHECK",
  why: `Of several HEALTHCHECK instructions in one stage only the last counts. The earlier ones are never run, so a
service that they would have found dead goes on being called healthy.

By hand: join the checks in one command or script. The fix deletes the earlier one, which changes nothing in the
image.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3012", "trivy:DS-0023", "buildkit:MultipleInstructionsDisallowed", "droast:DF041"],
  references: [dockerfileReference("HEALTHCHECK", "healthcheck")],
  messages: { overridden: () => "Only the last HEALTHCHECK of a stage counts, so this one is never run" },
  bad: [
    {
      title: "two checks",
      source:
        "FROM nginx:1.29\n«HEALTHCHECK» CMD curl -f http://localhost/\nHEALTHCHECK --interval=5m CMD curl -f http://localhost/api\n",
      fixed: "FROM nginx:1.29\nHEALTHCHECK --interval=5m CMD curl -f http://localhost/api\n",
    },
    {
      title: "one that is switched off again",
      source:
        'FROM nginx:1.29\n«HEALTHCHECK» \\\n  --retries=2 \\\n  CMD ["a"]\nUSER app\nHEALTHCHECK NONE\n',
      fixed: "FROM nginx:1.29\nUSER app\nHEALTHCHECK NONE\n",
    },
  ],
  good: [
    { title: "one for each stage", source: "FROM a AS b\nHEALTHCHECK CMD a\nFROM b\nHEALTHCHECK CMD b\n" },
    { title: "one", source: "FROM a\nHEALTHCHECK CMD a\nCMD b\n" },
  ],
  check(document, { report }) {
    for (const place of overriddenInstructions(document, "HEALTHCHECK")) report("overridden", [], place);
  },
});
