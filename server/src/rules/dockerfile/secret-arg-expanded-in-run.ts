import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { maxSecretMountFixes } from "../../ruleLimits";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { secretMountFix } from "../shared/secretMount";
import { plainUses } from "../shared/secretUses";
import type { SecretVariable } from "../shared/secretVariables";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "secret-arg-expanded-in-run",
  language: "dockerfile",
  needs: { keywords: ["ARG", "ENV"] },
  title: "No build step reads a secret from a build argument",
  why: `The steps after an ARG are recorded together with its value: \`docker history\` shows it to everyone who has the
image, and the provenance of the build repeats it. On the command line the value is also in the list of processes, and
the program may keep it: in a configuration file, a lock file, a log.

Mount the secret for the one step that needs it: \`RUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN\`, and build with
\`--secret id=NPM_TOKEN\`.

Each step is reported once for each argument. Steps that print the value, write it to a key file or to the settings of
a package manager are findings of their own. The rule secret-name-in-arg reports the argument itself; this one shows
where it goes, which is why it is not on by default.

The fix deletes the argument and mounts the secret in each step of the stage that reads it.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:214", "cwe:538"],
  references: [
    dockerBuildSecrets,
    cisDocker,
    cwe(214, "Invocation of process using visible sensitive information"),
  ],
  messages: {
    expanded: (name: string) =>
      `The value given for ${name} is recorded with this step in the history of the image`,
  },
  bad: [
    {
      title: "in an option, once for each step",
      source:
        'FROM debian:12\nARG API_TOKEN\nRUN curl -H "X-Api-Key: «${API_TOKEN}»" https://example.com/$API_TOKEN -o /x\n',
      fixed:
        'FROM debian:12\nRUN --mount=type=secret,id=API_TOKEN,env=API_TOKEN curl -H "X-Api-Key: ${API_TOKEN}" https://example.com/$API_TOKEN -o /x\n',
    },
    {
      title: "in a variable of the command and in a heredoc; through ENV there is no fix",
      source:
        "FROM debian:12\nARG DB_PASSWORD\nENV PASS=$DB_PASSWORD\nRUN PGPASSWORD=«$PASS» psql -f x.sql\nRUN mysql <<EOF\nSET PASSWORD = '«$DB_PASSWORD»';\nEOF\n",
    },
  ],
  good: [
    {
      title: "a build secret",
      source: "FROM node:22\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci --token=$NPM_TOKEN\n",
    },
    { title: "an argument that is no secret", source: "FROM node:22\nARG TOKEN_URL\nRUN curl $TOKEN_URL\n" },
    {
      title: "a variable of the script",
      source: "FROM node:22\nRUN API_TOKEN=$(make-token) && use $API_TOKEN\n",
    },
    { title: "text", source: "FROM node:22\nARG API_TOKEN\nRUN use '$API_TOKEN' \"\\$API_TOKEN\"\n" },
    {
      title: "whether there is one",
      source: 'FROM node:22\nARG API_TOKEN\nRUN test -n "${API_TOKEN:+x}" && [ -z "$API_TOKEN" ]\n',
    },
  ],
  check(document, { report }) {
    const fixes = new Map<string, readonly Fix[]>();
    for (const { span, variable } of plainUses(document)) {
      const key = `${variable.instruction.span.start} ${variable.index}`;
      if (!fixes.has(key) && fixes.size < maxSecretMountFixes) fixes.set(key, fixesOf(document, variable));
      report("expanded", [shorten(variable.name)], {
        at: span,
        fixes: fixes.get(key) ?? [],
        related: [{ message: "The variable", span: variable.assignment.nameSpan }],
      });
    }
  },
});

function fixesOf(document: DockerfileDocument, { instruction, index }: SecretVariable): readonly Fix[] {
  const fix = instruction.keyword === "ARG" ? secretMountFix(document, instruction, index) : undefined;
  return fix ? [fix] : [];
}
