import type { ImageUse } from "../../documents/dockerfile/model";
import type { Facts } from "../../engine/facts";
import { defineRule } from "../../engine/rule";
import { imageFacts } from "../../knowledge/images";
import { toldRootness, userNotKnown } from "../shared/askedImages";
import { usersGivenByServices } from "../shared/builtBy";
import { dropsPrivileges } from "../shared/privilegeDrop";
import { runsProgram } from "../shared/program";
import { cisDocker, cwe, dockerBestPractices, dockerfileReference, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";
import { runAsLesserUser } from "../shared/userFixes";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "missing-user-instruction",
  language: "dockerfile",
  title: "The final stage says which user it runs as",
  why: `Without USER the base image decides, and most base images start as root. A process that is taken over can then
write to every file of the container and of its volumes, and use each hole in the kernel or the runtime as the host's
root.

Make a user (or use the one that the base image has: \`node\`, \`nginx\`, \`postgres\`) and write \`USER\` just
before CMD or ENTRYPOINT, after the steps that need root.

The check knows the default users of official and well-known images: where it is not root, nothing is reported, and
where the base image is not known, the file counts as not checked. Where \`images.require.nonRoot\` of \`plimsoll.yaml\`
demands another user, and registries may be asked (\`plimsoll check --online\`, the setting \`plimsoll.network\`), the image itself tells.
The finding is low for an image without a program
of its own (a base, a builder, a toolbox, a prompt, tests, a command that only prints), and where root is given up before
the service starts. Windows
images and development containers are left out. Where Compose files beside the file or above it give a \`user:\` to every
service that builds it, it is low, too. It cannot see a \`runAsUser\` in a cluster.

The fix writes USER, with a RUN that makes the user where none exists. What the process surely writes to is given to that
user: VOLUMEs, outputs that the command names, folders that steps make for data, and the working directory of a program
that builds where it stands (\`npm run dev\`, \`go run\`), by \`--chown\` where COPY alone fills it. Code stays with
root. It changes who owns new files and which ports and paths can be used, so try it before you ship.`,
  category: "user",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "trivy:DS-0002",
    "checkov:CKV_DOCKER_3",
    "kics:missing_user_instruction",
    "semgrep:missing-user",
    "semgrep:missing-user-entrypoint",
    "sonar:S6471",
    "dockle:CIS-DI-0001",
    "docker-bench:4.1",
    "droast:DF020",
    "owasp:RULE#2",
    "cis:4.1",
    "cwe:250",
  ],
  references: [
    dockerfileReference("USER", "user"),
    dockerBestPractices,
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    root: (image: string) => `Without USER the program runs as root, the default user of ${image}`,
    base: (image: string) => `Without USER what is built on this runs as root, the default user of ${image}`,
    given: (image: string) =>
      `Started without the user that its services give, it runs as root, as ${image} does`,
    dropped: (image: string) => `Without USER the container starts as root (${image}) until that is given up`,
  },
  bad: [
    {
      title: "a user of the base image",
      source: 'FROM «node:22-slim»\nWORKDIR /app\nCOPY . .\n\nCMD ["node", "main.js"]\n',
      fixed: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\n\nUSER node\nCMD ["node", "main.js"]\n',
    },
    {
      title: "a user that the file makes and never uses",
      source: 'FROM «debian:12.11»\nRUN useradd --system app\nCOPY app /usr/bin/\nENTRYPOINT ["app"]\n',
      fixed:
        'FROM debian:12.11\nRUN useradd --system app\nCOPY app /usr/bin/\nUSER app\nENTRYPOINT ["app"]\n',
    },
    {
      title: "the final stage counts, through an earlier one; comments stay with CMD",
      source:
        'FROM golang:1.24 AS build\nUSER nobody\nFROM alpine:3.21 AS base\nRUN apk add tini\nFROM «base»\n# Start.\nCMD ["app"]',
      fixed:
        'FROM golang:1.24 AS build\nUSER nobody\nFROM alpine:3.21 AS base\nRUN apk add tini\nFROM base\nRUN addgroup -S app && adduser -S -G app app\nUSER app\n# Start.\nCMD ["app"]',
    },
    {
      title: "data that belongs to the process, before the VOLUME that names it",
      source:
        'FROM «debian:12»\nCOPY app /usr/bin/\nRUN mkdir -p /var/log/app\n# What has to stay.\nVOLUME /data\nCMD ["app"]\n',
      fixed:
        'FROM debian:12\nCOPY app /usr/bin/\nRUN mkdir -p /var/log/app\nRUN groupadd --system app && useradd --system --gid app --no-create-home app \\\n    && mkdir -p /data \\\n    && chown -R app:app /data /var/log/app\n# What has to stay.\nVOLUME /data\nUSER app\nCMD ["app"]\n',
    },
    {
      title: "a program that builds where it stands",
      source: 'FROM «node:22»\nWORKDIR /app\nCOPY package.json .\nCOPY src src\nCMD ["npm", "run", "dev"]\n',
      fixed:
        'FROM node:22\nWORKDIR /app\nRUN chown node /app\nCOPY --chown=node package.json .\nCOPY --chown=node src src\nUSER node\nCMD ["npm", "run", "dev"]\n',
    },
    {
      title: "the same after a step that has written there",
      source: 'FROM «node:22»\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "run", "dev"]\n',
      fixed:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN chown -R node /app\nUSER node\nCMD ["npm", "run", "dev"]\n',
    },
    {
      title: "scratch has no users but numbers",
      source: 'FROM «scratch»\nCOPY app /\nENTRYPOINT ["/app"]\n',
      fixed: 'FROM scratch\nCOPY app /\nUSER 65532:65532\nENTRYPOINT ["/app"]\n',
    },
    {
      title: "a builder or base image, low",
      source: "FROM «node:22»\nRUN apt-get update",
      fixed: "FROM node:22\nRUN apt-get update\nUSER node",
    },
    {
      title: "an entrypoint around a prompt, low",
      source: 'FROM «node:22»\nENTRYPOINT ["/setup.sh"]\nCMD ["bash"]\n',
      fixed: 'FROM node:22\nUSER node\nENTRYPOINT ["/setup.sh"]\nCMD ["bash"]\n',
    },
    {
      title: "tests, low",
      source: 'FROM «python:3.14-slim»\nENTRYPOINT ["pytest"]\nCMD ["-v"]\n',
      fixed:
        'FROM python:3.14-slim\nRUN groupadd --system app && useradd --system --gid app --no-create-home app\nUSER app\nENTRYPOINT ["pytest"]\nCMD ["-v"]\n',
    },
    {
      title: "every service that builds it says which user, low",
      source: 'FROM «node:22»\nCMD ["node", "main.js"]\n',
      context: {
        builtBy: [
          {
            service: "web",
            path: "../compose.yaml",
            target: undefined,
            user: {
              value: "1000:1000",
              place: {
                path: "../compose.yaml",
                span: { start: 40, end: 51 },
                start: { line: 3, column: 10 },
                end: { line: 3, column: 21 },
              },
            },
            place: {
              path: "../compose.yaml",
              span: { start: 12, end: 15 },
              start: { line: 1, column: 2 },
              end: { line: 1, column: 5 },
            },
          },
        ],
      },
      fixed: 'FROM node:22\nUSER node\nCMD ["node", "main.js"]\n',
    },
    {
      title: "a server whose workers are not root, low and without a fix",
      source: 'FROM «php:8.4-apache»\nENTRYPOINT ["bash", "/setup.sh"]\nCMD ["apache2-foreground"]\n',
    },
    {
      title: "a server beside a program of one's own",
      source: "FROM «nginx:1.28»\nCMD nginx && node /srv/main.js\n",
      fixed: "FROM nginx:1.28\nUSER nginx\nCMD nginx && node /srv/main.js\n",
    },
    {
      title: "a base image whose registry says that it has none, where the policy demands one",
      source: 'FROM «registry.example.com/team/base:7-alpine»\nCMD ["app"]\n',
      context: {
        policy: { require: { nonRoot: "high" } },
        asked: { "registry.example.com/team/base:7-alpine": { user: "" } },
      },
      fixed:
        'FROM registry.example.com/team/base:7-alpine\nRUN addgroup -S app && adduser -S -G app app\nUSER app\nCMD ["app"]\n',
    },
    {
      title: "a base image that gives root up by itself, low and without a fix",
      source: "FROM «postgres:17»\nCOPY init.sql /docker-entrypoint-initdb.d/\n",
    },
  ],
  good: [
    { title: "a user", source: "FROM node:22-slim\nUSER node\n" },
    {
      title: "a base image whose user is another",
      source: 'FROM gcr.io/distroless/static:nonroot\nCMD ["/app"]\n',
    },
    {
      title: "a user in the stage that it builds on",
      source: 'FROM debian:12 AS base\nUSER app\nFROM base\nCMD ["app"]\n',
    },
    { title: "a user that is a variable", source: 'FROM node:22\nARG APP_USER\nUSER $APP_USER\nCMD ["x"]\n' },
    {
      title: "a base image that is not known",
      source: 'FROM registry.example.com/team/base:7\nCMD ["app"]\n',
    },
    { title: "Windows", source: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD ["app.exe"]\n' },
    {
      title: "a development container",
      source: "FROM mcr.microsoft.com/devcontainers/base:debian\nRUN apt-get update\n",
    },
    { title: "files only", source: "FROM scratch\nCOPY rootfs /\n" },
    {
      title: "a base image whose registry says that it has a user, where the policy demands one",
      source: 'FROM registry.example.com/team/base:7\nCMD ["app"]\n',
      context: {
        policy: { require: { nonRoot: "high" } },
        asked: { "registry.example.com/team/base:7": { user: "1000" } },
      },
    },
  ],
  check(document, { facts, report, notChecked }) {
    const stage = document.finalStage;
    if (stage === undefined || stage.effectiveUser.source !== "base" || stage.os === "windows") return;
    const at = stage.from.image?.span;
    const base = stage.base;
    if (at === undefined || base === undefined) return;
    const image = shorten(base.text, 40);
    const hasProgram = runsProgram(document, stage);
    if (base.target.kind === "scratch") {
      if (hasProgram) report("root", [image], { at, severity: "low", fixes: runAsLesserUser(document) });
      return;
    }
    const start = startsAs(base, facts);
    if (start === "unknown")
      notChecked(
        base.target.kind === "image"
          ? userNotKnown(base.target.reference, facts)
          : `the default user of ${image} is not known`,
        at,
      );
    if (start !== "root") return;
    const given = usersGivenByServices(facts, stage);
    if (given !== undefined)
      report("given", [image], { at, severity: "low", related: given, fixes: runAsLesserUser(document) });
    else if (dropsPrivileges(stage)) report("dropped", [image], { at, severity: "low" });
    else if (hasProgram) report("root", [image], { at, fixes: runAsLesserUser(document) });
    else report("base", [image], { at, severity: "low", fixes: runAsLesserUser(document) });
  },
});

/**
 * What a stage without USER starts as: by its registry where that was asked, else by what is known of the image. An official
 * image whose default user is not recorded is taken for most of them.
 */
function startsAs({ target, text }: ImageUse, facts: Facts): "root" | "other" | "unknown" {
  const image = target.kind === "image" ? imageFacts(target.reference) : undefined;
  if (image?.devcontainer || text.includes("/devcontainers/")) return "other";
  const told = target.kind === "image" ? toldRootness(target.reference, facts) : undefined;
  if (told !== undefined) return told;
  if (image === undefined) return "unknown";
  if (image.defaultUser.state === "unknown") return image.official ? "root" : "unknown";
  return isRootUser(image.defaultUser.user.split(":")[0] ?? "") ? "root" : "other";
}
