import type { Assignment, DockerfileDocument, EnvInstruction, Stage } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerBuildSecrets, dockerSecretsCheck } from "../shared/references";
import { removeAssignment } from "../shared/removeAssignment";
import { secretName } from "../shared/secrets/names";
import { referencesIn, type SecretVariable, secretVariables } from "../shared/secretVariables";
import { shorten } from "../shared/shorten";
import { finalStages, placedInstructions } from "../shared/stages";

export default defineRule({
  id: "secret-arg-promoted-to-env",
  language: "dockerfile",
  title: "No build argument with a secret becomes part of the image's environment",
  why: `\`ENV TOKEN=$TOKEN\` takes what was given to one build and writes it into the configuration of the image.
Whoever can pull the image reads it with \`docker inspect\`, and every process of every container inherits it.

What the build needs comes through \`RUN --mount=type=secret,id=token,env=TOKEN\`; what the program needs is passed
when the container starts.

Reported where a secret's argument without a harmless default goes into a variable of any name, and where any
argument without a default goes into a variable with a secret's name. In a stage that is not part of the final image
it is medium: the value is then in the build cache and its history only.

The fix deletes the variable. Later steps of the build still see the argument; the running program does not.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["trivy:DS-0031", "sonar:S6472", "cis:4.10", "cwe:526"],
  references: [
    dockerSecretsCheck,
    dockerBuildSecrets,
    cisDocker,
    cwe(526, "Cleartext storage of sensitive information in an environment variable"),
  ],
  local: true,
  needs: { keywords: ["ENV"] },
  messages: {
    promoted: (name: string) =>
      `${name} keeps the value of a build argument for everyone who can pull the image`,
  },
  bad: [
    {
      title: "under its own name",
      source: "FROM node:22\nARG NPM_TOKEN\nENV NPM_TOKEN=«$NPM_TOKEN»\nRUN npm ci\n",
      fixed: "FROM node:22\nARG NPM_TOKEN\nRUN npm ci\n",
    },
    {
      title: "as a part of something, in the old form, and on",
      source:
        'FROM debian:12\nARG DB_PASSWORD=\nENV TZ=UTC DATABASE=«"db://app:${DB_PASSWORD}@db"»\nENV URL «$DATABASE»\n',
      fixed: "FROM debian:12\nARG DB_PASSWORD=\nENV TZ=UTC\n",
    },
    {
      title: "an argument that only the variable calls a secret",
      source: "FROM debian:12\nARG VALUE\nENV API_TOKEN=«${VALUE:-}»\n",
      fixed: "FROM debian:12\nARG VALUE\n",
    },
    {
      title: "in a stage that is thrown away, and by inheritance",
      source:
        "FROM node:22 AS a\nARG TOKEN\nENV API_TOKEN=«$TOKEN»\nFROM a AS b\nENV X=«$API_TOKEN»\nFROM scratch\n",
      fixed: "FROM node:22 AS a\nARG TOKEN\nFROM a AS b\nFROM scratch\n",
    },
  ],
  good: [
    {
      title: "a default that is no secret",
      source: "FROM debian:12\nARG TOKEN_FILE=/run/t\nENV API_TOKEN=$TOKEN_FILE\n",
    },
    { title: "no secret", source: "FROM debian:12\nARG VERSION\nENV APP_VERSION=$VERSION\n" },
    {
      title: "another stage's argument",
      source: "FROM debian:12 AS a\nARG API_TOKEN\nFROM debian:12\nENV X=$API_TOKEN\n",
    },
    {
      title: "whether there is one",
      source: "FROM debian:12\nARG API_TOKEN\nENV HAS_TOKEN=${API_TOKEN:+yes}\n",
    },
    {
      title: "after something else took the name",
      source: "FROM debian:12\nARG API_TOKEN\nENV API_TOKEN=\nENV X=$API_TOKEN\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const { instruction, stage, position } of placedInstructions(document)) {
      if (instruction.keyword !== "ENV") continue;
      const lookup = secretVariables(document);
      instruction.assignments.forEach((assignment, index) => {
        const source =
          sourceOf(assignment, lookup(stage, position)) ?? argumentOf(document, assignment, stage, position);
        if (source === undefined) return;
        report("promoted", [shorten(assignment.name)], {
          at: assignment.valueSpan,
          ...(kept.has(stage.index) ? {} : { severity: "medium" as const }),
          related: [{ message: "The argument with the value", span: source.nameSpan }],
          fixes: [deletion(document, instruction, index)],
        });
      });
    }
  },
});

function argumentBefore({ instructions }: Stage, position: number, name: string): Assignment | undefined {
  for (let at = position - 1; at >= 0; at--) {
    const before = instructions[at]!;
    const found = before.keyword === "ARG" && before.assignments.findLast((one) => one.name === name);
    if (found) return found;
  }
  return undefined;
}

function sourceOf(
  { value }: Assignment,
  variable: (name: string) => SecretVariable | undefined,
): Assignment | undefined {
  for (const name of referencesIn(value ?? "")) {
    const given = variable(name)?.given;
    if (given !== undefined) return given.assignment;
  }
  return undefined;
}

/** The argument that is all of the value of a variable with a secret's name. */
function argumentOf(
  document: DockerfileDocument,
  { name, value }: Assignment,
  stage: Stage,
  position: number,
): Assignment | undefined {
  if (secretName(name)?.strength !== "strong") return undefined;
  const whole = /^\$(?:\{(\w+)(?::?-)?\}|(\w+))$/.exec(value ?? "");
  const found = argumentBefore(stage, position, whole?.[1] ?? whole?.[2] ?? "");
  if (found === undefined || (found.value !== undefined && found.value !== "")) return undefined;
  const isGlobal = document.globalArgs.some(({ assignments }) =>
    assignments.some((one) => one.name === found.name && one.value),
  );
  return isGlobal ? undefined : found;
}

function deletion(document: DockerfileDocument, instruction: EnvInstruction, index: number): Fix {
  return {
    title: `Delete ${shorten(instruction.assignments[index]?.name ?? "")}, to be given at run time`,
    safety: "unsafe",
    edits: [removeAssignment(document, instruction, index)],
  };
}
