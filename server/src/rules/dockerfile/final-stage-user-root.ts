import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { usersGivenByServices } from "../shared/builtBy";
import { dropsPrivileges } from "../shared/privilegeDrop";
import { runsProgram } from "../shared/program";
import { cisDocker, cwe, dockerfileReference, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";
import { runAsLesserUser } from "../shared/userFixes";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "final-stage-user-root",
  language: "dockerfile",
  needs: { keywords: ["USER"] },
  title: "The final image runs as a non-root user",
  why: `The last USER of the final stage is what the container starts as. A process that runs as root and is taken over
can write to every file of the container and of its volumes, open raw sockets, and use each hole in the kernel or the
runtime as the host's root; with a mounted socket or a wrong capability it needs no hole.

Switch back to a lesser user after the steps that need root, just before CMD or ENTRYPOINT. USER of an earlier stage
does not matter, and is not reported.

The finding is low in a development container, where Compose files beside the file or above it give a \`user:\` to every
service that builds it, and where root is given up before the service starts (\`gosu\`,
\`su-exec\`, \`setpriv\`, a supervisor, or a base image whose own entrypoint does it): that is often right, and there
is no fix, since those programs need root to start. It is low, too, for an image without a program of its own (a base, a
builder, a toolbox, a prompt), and medium where only a base image that is not known says what is started. Otherwise the fix names a user that exists in the file or in the
base image, or makes one. It changes who owns new files and which ports and paths can be used, so try it before you
ship.`,
  category: "user",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3002",
    "trivy:DS-0002",
    "checkov:CKV_DOCKER_8",
    "kics:last_user_is_root",
    "semgrep:last-user-is-root",
    "sonar:S6471",
    "dockle:CIS-DI-0001",
    "docker-bench:4.1",
    "dockerfile_lint:root_user",
    "droast:DF002",
    "owasp:RULE#2",
    "cis:4.1",
    "cwe:250",
  ],
  references: [
    dockerfileReference("USER", "user"),
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    root: (user: string) => `The container runs as ${user}, so a break-in has every right inside it`,
    given: (user: string) => `Started without the user that its services give, the container runs as ${user}`,
    dropped: (user: string) => `The container starts as ${user} and relies on its entrypoint to give that up`,
  },
  bad: [
    {
      title: "root by name, replaced by a user of the base image",
      source: 'FROM node:22-slim\nCOPY . /app\nUSER «root»\nCMD ["node", "/app/main.js"]\n',
      fixed: 'FROM node:22-slim\nCOPY . /app\nUSER node\nCMD ["node", "/app/main.js"]\n',
    },
    {
      title: "root by number, with a group; a user has been made before",
      source: "FROM debian:12\nRUN useradd --uid 1000 worker\nUSER «0:0»\nRUN make install\n",
      fixed: "FROM debian:12\nRUN useradd --uid 1000 worker\nUSER 0:0\nRUN make install\nUSER worker\n",
    },
    {
      title: "not switched back after a step that needs root",
      source:
        'FROM jenkins/jenkins:2.528\nUSER «root»\nRUN apt-get update\n\n# Plugins come last.\nCMD ["jenkins"]\n',
      fixed:
        'FROM jenkins/jenkins:2.528\nUSER root\nRUN apt-get update\n\nUSER jenkins\n# Plugins come last.\nCMD ["jenkins"]\n',
    },
    {
      title: "through a variable",
      source: "FROM alpine:3.21\nARG RUN_AS=root\nUSER «${RUN_AS}»\n",
      fixed: "FROM alpine:3.21\nARG RUN_AS=root\nRUN addgroup -S app && adduser -S -G app app\nUSER app\n",
    },
    {
      title: "inherited from an earlier stage",
      source: 'FROM debian:12 AS base\nUSER «root»\nRUN make\n\nFROM base\nCMD ["run"]\n',
      fixed:
        'FROM debian:12 AS base\nUSER root\nRUN make\n\nFROM base\nRUN groupadd --system app && useradd --system --gid app --no-create-home app\nUSER app\nCMD ["run"]\n',
    },
    {
      title: "Windows",
      source: "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nUSER «ContainerAdministrator»\n",
      fixed: "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nUSER ContainerUser\n",
    },
    {
      title: "a base image or toolbox, low",
      source: "FROM ubuntu:24.04\nUSER «root»\nRUN apt-get update\n",
      fixed:
        "FROM ubuntu:24.04\nUSER root\nRUN apt-get update\nRUN groupadd --system app && useradd --system --gid app --no-create-home app\nUSER app\n",
    },
    {
      title: "an entrypoint that gives root up is low",
      source: 'FROM debian:12\nUSER «root»\nENTRYPOINT ["gosu", "nobody", "/app"]\n',
    },
  ],
  good: [
    { title: "root for a step only", source: 'FROM debian:12\nUSER root\nRUN make\nUSER app\nCMD ["app"]\n' },
    {
      title: "root in a stage that is thrown away",
      source: "FROM golang:1.24 AS build\nUSER root\n\nFROM alpine:3.21\nUSER app\n",
    },
    { title: "a variable that the file does not fill", source: "FROM debian:12\nARG UID\nUSER $UID\n" },
    { title: "a user whose name begins with root", source: "FROM debian:12\nUSER rootless\n" },
    { title: "uid 0 only in the group", source: "FROM debian:12\nUSER 1001:0\n" },
    { title: "files only, nothing that runs", source: "FROM scratch\nCOPY rootfs /\nUSER root\n" },
  ],
  check(document, { facts, policy, report, notChecked }) {
    const stage = document.finalStage;
    const effective = stage?.effectiveUser;
    if (stage === undefined || effective?.source !== "instruction") return;
    const { user } = effective;
    if (user.name.state !== "known" && policy.require.nonRoot)
      notChecked(`whether ${shorten(user.text, 24)} is root is not known`, user.span);
    if (user.name.state !== "known" || !isRootUser(user.name.value)) return;
    const starts = stage.entrypoint !== undefined || stage.command !== undefined;
    if (stage.base?.target.kind === "scratch" && !starts) return;
    const shown = /^[A-Za-z]/.test(user.text) ? shorten(user.text, 24) : `root (${shorten(user.text, 24)})`;
    const given = usersGivenByServices(facts, stage);
    if (given !== undefined)
      report("given", [shown], {
        at: user.span,
        severity: "low",
        related: given,
        fixes: runAsLesserUser(document, effective),
      });
    else if (dropsPrivileges(stage)) report("dropped", [shown], { at: user.span, severity: "low" });
    else {
      const fixes = runAsLesserUser(document, effective);
      report("root", [shown], {
        at: user.span,
        fixes,
        severity: isDevcontainer(stage) ? "low" : severityOf(document, stage),
      });
    }
  },
});

/** As {@link runsProgram} says what runs; medium where that is up to a base image of which nothing is known. */
function severityOf(document: DockerfileDocument, stage: Stage): "high" | "medium" | "low" {
  const target = stage.base?.target;
  const startsItself = stage.entrypoint !== undefined || stage.command !== undefined;
  if (!startsItself && target?.kind === "image") {
    const facts = imageFacts(target.reference);
    if (facts === undefined) return "medium";
    const { defaultUser } = facts;
    if (defaultUser.state === "known" && !isRootUser(defaultUser.user.split(":")[0] ?? "")) return "high";
  }
  return runsProgram(document, stage) ? "high" : "low";
}

/** Development containers build as root and let the tool pick the user that works in them. */
function isDevcontainer({ base }: Stage): boolean {
  return base?.text.includes("/devcontainers/") ?? false;
}
