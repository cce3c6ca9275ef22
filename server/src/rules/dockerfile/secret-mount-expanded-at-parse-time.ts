import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { changed } from "../shared/fillIn";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import type { SecretRun } from "../shared/secretRuns";
import { usesBesideMount } from "../shared/secretUses";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "secret-mount-expanded-at-parse-time",
  language: "dockerfile",
  title: "A step that mounts a secret reads the mount and not a build argument",
  why: `The mount is right, but the step does not read it: the variable in its command is the build argument, whose value
is recorded in the history of the image with every step after the ARG. The file under \`/run/secrets\` changes
nothing about that, and whoever reviews the line believes that the secret is safe.

Read the file (\`$(cat /run/secrets/token)\`, or the option of the program that takes a file), or let the mount set
the variable with \`env=\`, and delete the ARG.

The fix reads the file of the mount in the place of the variable. The argument stays, and is reported by a rule of
its own.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:538"],
  references: [
    dockerBuildSecrets,
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  local: true,
  needs: { keywords: ["RUN"], words: ["secret"] },
  messages: {
    argument: (name: string) =>
      `${name} is the build argument here, whose value stays in the history, and not the mounted secret`,
  },
  bad: [
    {
      title: "the argument of the same name",
      source:
        "FROM node:22\nARG NPM_TOKEN\nRUN --mount=type=secret,id=NPM_TOKEN npm ci --token=«${NPM_TOKEN}» && echo $NPM_TOKEN\n",
      fixed:
        "FROM node:22\nARG NPM_TOKEN\nRUN --mount=type=secret,id=NPM_TOKEN npm ci --token=$(cat /run/secrets/NPM_TOKEN) && echo $(cat /run/secrets/NPM_TOKEN)\n",
    },
    {
      title: "in the environment of the command",
      source:
        "FROM node:22\nARG API_KEY\nENV KEY=$API_KEY\nRUN --mount=type=secret,id=key KEY2=«$KEY» make\n",
      fixed:
        "FROM node:22\nARG API_KEY\nENV KEY=$API_KEY\nRUN --mount=type=secret,id=key KEY2=$(cat /run/secrets/key) make\n",
    },
  ],
  good: [
    {
      title: "the mount as a variable",
      source:
        "FROM node:22\nARG NPM_TOKEN\nRUN --mount=type=secret,id=n,env=NPM_TOKEN npm ci --token=$NPM_TOKEN\n",
    },
    {
      title: "the file",
      source:
        "FROM node:22\nARG NPM_TOKEN\nRUN --mount=type=secret,id=n NPM_TOKEN=$(cat /run/secrets/n) && npm ci --token=$NPM_TOKEN\n",
    },
    {
      title: "an argument that is no secret",
      source: "FROM node:22\nARG VERSION\nRUN --mount=type=secret,id=n make $VERSION\n",
    },
    { title: "no mount", source: "FROM node:22\nARG API_KEY\nRUN make $API_KEY\n" },
  ],
  check(document, { report }) {
    for (const { run, use } of usesBesideMount(document)) {
      const { span, variable } = use;
      report("argument", [shorten(variable.name)], {
        at: span,
        fixes: readingFixes(document, run, variable.name),
        related: [{ message: "The variable", span: variable.assignment.nameSpan }],
      });
    }
  },
});

/**
 * Reads the file of the only mount wherever the RUN uses the variable; none in the exec form, where no shell would.
 */
function readingFixes(
  { text }: DockerfileDocument,
  { run, mounts, uses }: SecretRun,
  variable: string,
): readonly Fix[] {
  const path = mounts[0]?.path;
  if (mounts.length !== 1 || path === undefined || run.form !== "shell" || !/^[\w./-]+$/.test(path))
    return [];
  const edits = uses.flatMap(({ span, variable: used }) =>
    used?.name === variable
      ? [isReference.test(text.slice(span.start, span.end)) ? replaceSpan(span, `$(cat ${path})`) : undefined]
      : [],
  );
  return changed("Read the mounted secret", edits);
}

const isReference = /^\$(?:\w+|\{\w+\})$/;
