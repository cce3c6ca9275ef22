import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { imageFamily } from "../../knowledge/imageFamily";
import { imageFacts } from "../../knowledge/images";
import { insertAt } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { insertBeforeCommand, startWithComments } from "../shared/beforeCommand";
import { specialBits } from "../shared/fileModes";
import { cisDocker, cwe } from "../shared/references";
import { finalChain } from "../shared/stages";
import { isRootUser } from "../shared/users";
import { modeOf } from "../shared/writtenModes";

export default defineRule({
  id: "setuid-binaries-not-stripped",
  language: "dockerfile",
  title: "The final image has no setuid programs left",
  why: `Most base images bring programs that run as root whoever starts them: \`su\`, \`mount\`, \`passwd\`, \`chsh\`,
\`newgrp\`. A service hardly ever needs one, yet a flaw in one of them turns a process under a lesser user into root
in the container.

Take the bits away once everything is installed, as root and before \`USER\`:
\`RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +\`. At run time \`--security-opt no-new-privileges\` (in
Compose \`security_opt\`) makes them void without a change of the image; where that is set everywhere, leave this rule
off. Smaller base images, best without a shell, have none.

The check sees whether some step of the final image takes these bits away; it does not know which programs the base
image has. Empty and distroless bases, Alpine and Windows are left out. The fix adds the step; try whether the image still
does what it should (\`sudo\`, \`su\` and \`ping\` then work for root only).`,
  category: "privilege",
  severity: "info",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["dockle:CIS-DI-0008", "docker-bench:4.8", "cis:4.8", "cwe:250"],
  references: [cisDocker, cwe(250, "Execution with unnecessary privileges")],
  messages: {
    kept: () => "No step takes the setuid bits from the programs of the base image",
  },
  bad: [
    {
      title: "as root to the end",
      source: 'FROM «debian:12»\nRUN apt-get update\n\n# Start.\nCMD ["app"]\n',
      fixed:
        'FROM debian:12\nRUN apt-get update\n\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +\n# Start.\nCMD ["app"]\n',
    },
    {
      title: "before the lesser user",
      source:
        'FROM golang:1.24 AS build\nRUN chmod a-s /bin/su\nFROM «debian:12»\nRUN useradd app\n\n# The rest as app.\nUSER app\nRUN make\nCMD ["app"]\n',
      fixed:
        'FROM golang:1.24 AS build\nRUN chmod a-s /bin/su\nFROM debian:12\nRUN useradd app\n\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +\n# The rest as app.\nUSER app\nRUN make\nCMD ["app"]\n',
    },
    {
      title: "a base image with a lesser user, without a fix",
      source: "FROM «jenkins/jenkins:2.528»\nRUN make\n",
    },
  ],
  good: [
    {
      title: "taken away",
      source:
        'FROM debian:12\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} \\; || true\nCMD ["app"]\n',
    },
    {
      title: "in a stage that the final one is built on, with xargs",
      source:
        "FROM debian:12 AS base\nRUN find / -perm +6000 -type f | xargs -r chmod ug-s\nFROM base\nRUN make\n",
    },
    { title: "a single program", source: "FROM debian:12\nRUN chmod u-s /bin/su /usr/bin/passwd\n" },
    { title: "nothing in it", source: "FROM scratch\nCOPY app /\n" },
    { title: "no programs in it", source: "FROM gcr.io/distroless/static:nonroot\nCOPY app /\n" },
    { title: "Alpine", source: "FROM python:3.13-alpine\nCOPY app /\n" },
    { title: "Windows", source: "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n" },
  ],
  check(document, { report }) {
    const stage = document.finalStage;
    const target = stage?.base?.target;
    if (stage?.from.image === undefined || stage.os === "windows" || target?.kind !== "image") return;
    const family = imageFacts(target.reference)?.family ?? imageFamily(target.reference);
    if (withoutSuch.has(family ?? "") || /distroless|^cgr\.dev\//.test(target.reference.source)) return;
    if (finalChain(document).some(({ instructions }) => instructions.some(strips))) return;
    report("kept", [], { at: stage.from.image.span, fixes: fixesOf(document) });
  },
});

/** Images of these kinds come without setuid programs; what a package adds to them is rare. */
const withoutSuch: ReadonlySet<string> = new Set(["alpine", "busybox", "distroless"]);

function strips(instruction: DockerfileDocument["instructions"][number]): boolean {
  return instruction.keyword === "RUN" && hasCommand(instruction.script, stripsBits);
}

function stripsBits(command: ShellCommand): boolean {
  const mode = command.unwrapped.program === "chmod" ? modeOf(command) : undefined;
  return mode !== undefined && specialBits(mode.text)?.strips === true;
}

const step = "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +";

/** Adds the step where the stage is still root: before its first USER of another name, or before CMD. */
function fixesOf(document: DockerfileDocument): readonly Fix[] {
  const stage = document.finalStage;
  if (stage === undefined || !isRootAt(stage.stateAt(1).user, stage)) return [];
  const first = stage.instructions.findIndex(
    (one) => one.keyword === "USER" && !(one.user?.name.state === "known" && isRootUser(one.user.name.value)),
  );
  const user = stage.instructions[first];
  const edit = user
    ? insertAt(
        startWithComments(document, user, stage.instructions[first - 1]!),
        step + lineBreakOf(document.text),
      )
    : insertBeforeCommand(document, [step]);
  return edit ? [{ title: "Take the setuid bits away", safety: "unsafe", edits: [edit] }] : [];
}

type FinalStage = NonNullable<DockerfileDocument["finalStage"]>;

function isRootAt(user: FinalStage["effectiveUser"], { base }: FinalStage): boolean {
  if (user.source === "instruction")
    return user.user.name.state === "known" && isRootUser(user.user.name.value);
  const facts = base?.target.kind === "image" ? imageFacts(base.target.reference) : undefined;
  return facts?.defaultUser.state === "known" && isRootUser(facts.defaultUser.user.split(":")[0] ?? "");
}
