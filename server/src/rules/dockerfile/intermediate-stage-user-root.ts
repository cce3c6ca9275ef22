import { defineRule } from "../../engine/rule";
import { cisDocker, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { endAsLesserUser } from "../shared/userFixes";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "intermediate-stage-user-root",
  language: "dockerfile",
  needs: { keywords: ["USER"] },
  title: "Stages that can be built by name do not end as root",
  why: `Each stage can be an image of its own: \`docker build --target test\` or \`target:\` in a Compose file. A stage
that switches to root for a step and does not switch back then starts its containers as root, and what is built on
it inherits that.

Where the stage is used that way, end it with \`USER\` and the user that it shall run as. Where it only builds files
for another stage, root does no harm at run time: leave this rule off, or say so in an ignore comment.

The final stage has a rule of its own; so has a root that it inherits. The fix ends a stage that no other is built
on with a lesser user.`,
  category: "user",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["hadolint:DL3002", "cis:4.1", "cwe:250"],
  references: [
    dockerfileReference("USER", "user"),
    {
      title: "Docker: build a stage by its name",
      url: "https://docs.docker.com/build/building/multi-stage/",
    },
    cisDocker,
  ],
  messages: {
    root: (stage: string) => `Stage ${stage} ends as root, which its containers run as when it is the target`,
  },
  bad: [
    {
      title: "by name and by number",
      source:
        "FROM golang:1.24 AS build\nUSER «root»\nRUN make\n\nFROM node:22\nUSER «0:0»\n\nFROM alpine:3.21\n",
      fixed:
        "FROM golang:1.24 AS build\nUSER root\nRUN make\nRUN groupadd --system app && useradd --system --gid app --no-create-home app\nUSER app\n\nFROM node:22\nUSER 0:0\nUSER node\n\nFROM alpine:3.21\n",
    },
    {
      title: "a base that others switch away from",
      source: "FROM debian:12 AS base\nUSER app\nRUN make\nUSER «root»\n\nFROM base\nUSER app\n",
    },
    {
      title: "through a variable",
      source: "FROM debian:12 AS test\nARG RUN_AS=root\nUSER «$RUN_AS»\nFROM alpine:3.21\n",
      fixed:
        "FROM debian:12 AS test\nARG RUN_AS=root\nUSER $RUN_AS\nRUN groupadd --system app && useradd --system --gid app --no-create-home app\nUSER app\nFROM alpine:3.21\n",
    },
  ],
  good: [
    {
      title: "switched back",
      source: "FROM debian:12 AS build\nUSER root\nRUN make\nUSER app\nFROM alpine:3.21\nUSER app\n",
    },
    {
      title: "what the final stage inherits or says itself",
      source: "FROM debian:12 AS base\nUSER root\nFROM base\nRUN make\n",
    },
    { title: "no USER", source: "FROM debian:12 AS build\nRUN make\nFROM alpine:3.21\nUSER root\n" },
    {
      title: "inherited from a stage that is reported",
      source: "FROM a\nUSER app\nFROM b\nUSER $X\nFROM c\n",
    },
  ],
  check(document, { report }) {
    const final = document.finalStage;
    const inherited =
      final?.effectiveUser.source === "instruction" ? final.effectiveUser.instruction : undefined;
    for (const stage of document.stages) {
      const { effectiveUser } = stage;
      if (stage === final || effectiveUser.source !== "instruction" || effectiveUser.stage !== stage)
        continue;
      const { user, instruction } = effectiveUser;
      if (instruction === inherited || user.name.state !== "known" || !isRootUser(user.name.value)) continue;
      const fixes = endAsLesserUser(document, stage);
      report("root", [shorten(stage.name ?? `${stage.index}`, 32)], { at: user.span, fixes });
    }
  },
});
