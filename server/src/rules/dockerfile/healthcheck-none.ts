import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { removeInstruction } from "../shared/removeValue";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "healthcheck-none",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["HEALTHCHECK"] },
  title: "The health check of the base image stays on",
  why: `\`HEALTHCHECK NONE\` switches off the check that the base image brings. A service that hangs, or that an
attacker has brought down, is then still called running, and nothing restarts it or takes it out of the balancer.

It is right where the image has no service to check (a tool, a job), or where only an orchestrator's own probes count,
as in Kubernetes, which takes no notice of HEALTHCHECK.

By hand: write the check that fits this service. The fix deletes the instruction; whether the base image's check fits
has to be tried.`,
  category: "hygiene",
  severity: "low",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["cis:4.6", "cwe:703"],
  references: [
    dockerfileReference("HEALTHCHECK", "healthcheck"),
    cisDocker,
    cwe(703, "Improper check or handling of exceptional conditions"),
  ],
  messages: {
    none: () => "HEALTHCHECK NONE switches the base image's check off, so a service that hangs stays up",
  },
  bad: [
    {
      title: "switched off",
      source: "FROM registry.example.com/base:1\n«HEALTHCHECK NONE»\nCMD app\n",
      fixed: "FROM registry.example.com/base:1\nCMD app\n",
    },
    {
      title: "in lower case, and in images built on this one",
      source: "FROM a:1\n«healthcheck none»\nONBUILD «HEALTHCHECK \\\n  NONE»\n",
      fixed: "FROM a:1\n",
    },
  ],
  good: [
    { title: "a check", source: "FROM a:1\nHEALTHCHECK CMD none\n" },
    { title: "no instruction", source: "FROM a:1\n# HEALTHCHECK NONE\nRUN echo HEALTHCHECK NONE\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "HEALTHCHECK" || !instruction.disabled) continue;
      const edit = removeInstruction(document, instruction);
      report("none", [], {
        at: instruction.span,
        fixes: edit ? [{ title: "Delete HEALTHCHECK NONE", safety: "unsafe", edits: [edit] }] : [],
      });
    }
  },
});
