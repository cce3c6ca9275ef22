import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { cwe, dockerBuildSecrets, dockerSecretsCheck, owaspSecrets } from "../shared/references";
import { secretAssignments } from "../shared/secretAssignment";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "secret-arg-default-value",
  language: "dockerfile",
  title: "No build argument has a secret as its default",
  why: `The default of an ARG is in the repository for everyone who can read it, with its whole history, and in the
image's history and provenance for everyone who can pull it. Such a default was meant for one developer's machine and
then ends up in every build that forgets to set it.

Delete the default, pass what the build needs through \`RUN --mount=type=secret\`, and change the secret: the old one
is out.

The name and the value decide together. Placeholders, paths, switches, references, key fingerprints and versions are
not reported; a value that everybody knows is medium, one that looks random is critical.

The fix deletes the default, so that a build without \`--build-arg\` gets no value.`,
  category: "secrets",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3064",
    "trivy:DS-0031",
    "kics:passwords_and_secrets",
    "semgrep:secret-in-build-arg",
    "buildkit:SecretsUsedInArgOrEnv",
    "sonar:S6472",
    "droast:DF014",
    "cis:4.10",
    "cwe:798",
  ],
  references: [
    dockerSecretsCheck,
    dockerBuildSecrets,
    owaspSecrets,
    cwe(798, "Use of hard-coded credentials"),
  ],
  local: true,
  needs: { keywords: ["ARG"] },
  messages: {
    literal: (name: string) =>
      `The default of ${name} is a secret that the repository and the image give away`,
    known: (name: string) => `${name} has a default that everybody knows, used wherever none is given`,
  },
  bad: [
    {
      title: "a token that looks random",
      source: "FROM node:22\nARG NPM_TOKEN=«Zk4vT9sWq2Lx8RnB3mYc»\nRUN npm ci\n",
      fixed: "FROM node:22\nARG NPM_TOKEN\nRUN npm ci\n",
    },
    {
      title: "before the first FROM, quoted",
      source: "ARG REGISTRY_PASSWORD=«'open sesame now'»\nFROM debian:12\n",
      fixed: "ARG REGISTRY_PASSWORD\nFROM debian:12\n",
    },
    {
      title: "one of several, known to everybody",
      source: "FROM postgres:17\nARG TZ=UTC POSTGRES_PASSWORD=«postgres»\n",
      fixed: "FROM postgres:17\nARG TZ=UTC POSTGRES_PASSWORD\n",
    },
  ],
  good: [
    { title: "no default", source: "FROM node:22\nARG NPM_TOKEN\n" },
    { title: "an empty default", source: 'FROM node:22\nARG NPM_TOKEN=""\n' },
    { title: "a path", source: "FROM node:22\nARG SSH_PRIVATE_KEY=/run/secrets/id_ed25519\n" },
    { title: "a checksum", source: "FROM node:22\nARG KEYRING_KEY=4AEE18F83AFDEB23\n" },
    { title: "another variable", source: "FROM node:22\nARG A\nARG API_TOKEN=${A}\n" },
    { title: "no secret's name", source: "FROM node:22\nARG BUILD_ID=Zk4vT9sWq2Lx8RnB3mYc\n" },
  ],
  check(document, { report }) {
    for (const { assignment, severity, wording } of secretAssignments(document, "ARG")) {
      const { nameSpan, valueSpan } = assignment;
      report(wording, [shorten(assignment.name, 40)], {
        at: valueSpan,
        severity,
        fixes: [
          {
            title: `Delete the default of ${shorten(assignment.name)}`,
            safety: "unsafe",
            edits: [deleteSpan({ start: nameSpan.end, end: valueSpan.end })],
          },
        ],
      });
    }
  },
});
