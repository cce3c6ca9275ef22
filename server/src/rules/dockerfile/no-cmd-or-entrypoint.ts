import { defineRule } from "../../engine/rule";
import { isForDevelopment } from "../shared/devcontainerImage";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "no-cmd-or-entrypoint",
  language: "dockerfile",
  title: "The final image says what it starts",
  why: `Without CMD and ENTRYPOINT the base image decides what a container starts: a service, a shell, or another
program after its next release. On \`scratch\` there is nothing to start.

The rule is wrong for images that others are built on, for toolboxes, and where the base image's own command is just
what is wanted; development containers are left out. There is no fix: only its author knows what the image is for.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["droast:DF036", "droast:DF017", "docker-ls:CMD required"],
  references: [dockerfileReference("CMD", "cmd"), dockerfileReference("ENTRYPOINT", "entrypoint")],
  messages: {
    base: () => "Without CMD or ENTRYPOINT the base image decides what a container starts",
    scratch: () => "An empty image without CMD or ENTRYPOINT has nothing to start",
  },
  bad: [
    { title: "neither", source: "FROM «node:22»\nCOPY . /app/\nHEALTHCHECK CMD x\n" },
    {
      title: "only in a stage that is thrown away",
      source: "FROM a AS b\nCMD c\nFROM «d»\nCOPY --from=b / /\n",
    },
    { title: "on an empty image", source: "FROM «scratch»\nCOPY app /\nONBUILD CMD x\n" },
  ],
  good: [
    { title: "a command", source: "FROM node:22\nCMD node main.js\n" },
    { title: "an entrypoint", source: 'FROM scratch\nENTRYPOINT ["/app"]\n' },
    { title: "a development container", source: "FROM mcr.microsoft.com/devcontainers/base:debian\nRUN a\n" },
    { title: "from the stage that it is built on", source: "FROM a AS b\nCMD c\nFROM b\nUSER d\n" },
  ],
  check({ finalStage }, { report }) {
    if (finalStage === undefined || finalStage.command || finalStage.entrypoint) return;
    if (isForDevelopment(finalStage)) return;
    const { image, keywordSpan } = finalStage.from;
    const isEmpty = finalStage.base?.target.kind === "scratch";
    report(isEmpty ? "scratch" : "base", [], { at: image?.span ?? keywordSpan });
  },
});
