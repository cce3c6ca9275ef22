import type { Assignment, Instruction } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { maxSecretMountFixes } from "../../ruleLimits";
import { cisDocker, cwe, dockerBuildSecrets, dockerSecretsCheck } from "../shared/references";
import { secretMountFix } from "../shared/secretMount";
import { secretName } from "../shared/secrets/names";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "secret-name-in-arg",
  language: "dockerfile",
  needs: { keywords: ["ARG"] },
  reads: mayReadVariable,
  title: "No secret is passed as a build argument",
  why: `Build arguments are no secrets: their values are kept in the history of the image (\`docker history\`) and in
its provenance attestation, next to the commands that used them, and shells and build servers log them. Whoever can
pull the image or see the build has the token.

Mount the secret for the one step that needs it, \`RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci\`, and
build with \`--secret id=NPM_TOKEN\`. It is in no layer and in no history.

Only names without doubt count (\`…_TOKEN\`, \`…_PASSWORD\`, \`…_SECRET\`, \`API_KEY\`), and only arguments without a
default or with an empty one: a default that is itself a secret is another finding. An argument that merely sounds
like a secret is best renamed.

The fix deletes the ARG and mounts the secret in each RUN that reads it (\`env=\` needs Dockerfile syntax 1.10). The
build's command line has to change with it.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3064",
    "trivy:DS-0031",
    "kics:passwords_and_secrets",
    "semgrep:secret-in-build-arg",
    "buildkit:SecretsUsedInArgOrEnv",
    "sonar:S6472",
    "docker-bench:4.10",
    "droast:DF014",
    "owasp:RULE#12",
    "cis:4.10",
    "cwe:522",
    "cwe:538",
  ],
  references: [
    dockerBuildSecrets,
    dockerSecretsCheck,
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  messages: {
    argument: (name: string) =>
      `The value given for ${name} stays in the history and the provenance of the image`,
  },
  bad: [
    {
      title: "read by one step",
      source:
        "FROM node:22\nARG «NPM_TOKEN»\nCOPY . .\nRUN npm config set //r/:_authToken=$NPM_TOKEN && npm ci\n",
      fixed:
        "FROM node:22\nCOPY . .\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm config set //r/:_authToken=$NPM_TOKEN && npm ci\n",
    },
    {
      title: "one of several, read by a step with a mount",
      source:
        "FROM python:3.13\nARG TZ=UTC «PIP_PASSWORD»=\nRUN --mount=type=cache,target=/root/.cache pip install --index-url https://u:${PIP_PASSWORD}@pypi.example.com/simple app\n",
      fixed:
        "FROM python:3.13\nARG TZ=UTC\nRUN --mount=type=secret,id=PIP_PASSWORD,env=PIP_PASSWORD --mount=type=cache,target=/root/.cache pip install --index-url https://u:${PIP_PASSWORD}@pypi.example.com/simple app\n",
    },
    {
      title: "put into the environment, without a fix",
      source: "FROM debian:12\nARG «API_KEY»\nENV API_KEY=$API_KEY\n",
    },
    { title: "before the first FROM", source: "ARG «GITHUB_TOKEN»\nFROM debian:12\n" },
  ],
  good: [
    {
      title: "a build secret",
      source: "FROM node:22\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci\n",
    },
    {
      title: "names about secrets",
      source: "FROM debian:12\nARG GPG_KEY\nARG TOKEN_URL\nARG DB_PASSWORD_FILE\nARG SECRET_ID\n",
    },
    { title: "a default is judged by its value", source: "FROM debian:12\nARG INSTALL_TOKEN=false\n" },
    { title: "words with other meanings", source: "FROM debian:12\nARG CACHE_KEY\nARG KEY\n" },
  ],
  check(document, { report }) {
    let fixed = 0;
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ARG") continue;
      instruction.assignments.forEach((assignment, index) => {
        if (!isSecretWithoutDefault(assignment)) return;
        const fix = fixed++ < maxSecretMountFixes ? secretMountFix(document, instruction, index) : undefined;
        report("argument", [shorten(assignment.name)], { at: assignment.nameSpan, fixes: fix ? [fix] : [] });
      });
    }
  },
});

/** The fix mounts the secret where the variable is read. */
function mayReadVariable({ span }: Instruction, text: string): boolean {
  return text.slice(span.start, span.end).includes("$");
}

function isSecretWithoutDefault({ name, value }: Assignment): boolean {
  return (value === undefined || value === "") && secretName(name)?.strength === "strong";
}
