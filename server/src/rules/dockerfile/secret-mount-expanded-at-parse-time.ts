import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
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

There is no fix: which secret was meant, and whether the argument is still passed, the file does not say.`,
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
    },
    {
      title: "in the environment of the command",
      source:
        "FROM node:22\nARG API_KEY\nENV KEY=$API_KEY\nRUN --mount=type=secret,id=key KEY2=«$KEY» make\n",
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
    for (const { span, variable } of usesBesideMount(document))
      report("argument", [shorten(variable.name)], {
        at: span,
        related: [{ message: "The variable", span: variable.assignment.nameSpan }],
      });
  },
});
