import type { ShellCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { type SecretVariable, secretVariables } from "../shared/secretVariables";
import { shorten } from "../shared/shorten";
import { placedInstructions } from "../shared/stages";

export default defineRule({
  id: "latent-env-unset",
  language: "dockerfile",
  title: "A secret in ENV is not thought to be gone after unset",
  why: `\`RUN unset TOKEN\` ends with its own shell: the next step, and the container, have the variable again. And
\`ENV TOKEN=\` later only changes what the container starts with: the first value stays in the history of the image,
where \`docker history --no-trunc\` shows it.

Do not set the variable with ENV at all. For one step, mount the secret with
\`RUN --mount=type=secret,id=token,env=TOKEN\`; for the program, give it when the container starts. Then change it: the
old one is out.

Only variables whose earlier value is a secret, or was given as one to the build, are reported. There is no fix: the
ENV above has to go, which is that finding's.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["sonar:S6581", "cis:4.10", "cwe:212"],
  references: [
    dockerBuildSecrets,
    cisDocker,
    cwe(212, "Improper removal of sensitive information before storage or transfer"),
  ],
  local: true,
  needs: { keywords: ["ENV", "RUN"] },
  messages: {
    unset: (name: string) =>
      `unset ends with this step: ${name} is set again in the next one and in the container`,
    emptied: (name: string) => `Emptying ${name} here leaves its earlier value in the history of the image`,
  },
  bad: [
    {
      title: "unset",
      source: "FROM debian:12\nENV API_TOKEN=f8Kx02mPq7Lw9ZtR\nRUN deploy && unset -v «API_TOKEN»\n",
    },
    {
      title: "emptied, also in a stage that is built on it",
      source:
        'FROM debian:12 AS base\nARG DB_PASSWORD\nENV TZ=UTC PASS=$DB_PASSWORD\nFROM base\nENV «PASS»=""\n',
    },
  ],
  good: [
    {
      title: "a variable of the step",
      source: "FROM debian:12\nRUN export API_TOKEN=$(get) && deploy && unset API_TOKEN\n",
    },
    {
      title: "no secret",
      source: "FROM debian:12\nENV http_proxy=http://p LANG=C\nRUN unset http_proxy\nENV LANG=\n",
    },
    {
      title: "nothing before",
      source: "FROM debian:12\nENV API_TOKEN=\nARG DB_PASSWORD\nENV DB_PASSWORD=\n",
    },
    { title: "an argument", source: "FROM debian:12\nARG API_TOKEN\nRUN unset API_TOKEN\n" },
  ],
  check(document, { report }) {
    for (const { instruction, stage, position } of placedInstructions(document)) {
      const before = (name: string): SecretVariable | undefined => {
        const found = secretVariables(document)(stage, position)(name);
        return found?.instruction.keyword === "ENV" ? found : undefined;
      };
      if (instruction.keyword === "ENV") {
        for (const { name, nameSpan, value } of instruction.assignments) {
          const earlier = value === "" ? before(name) : undefined;
          if (earlier === undefined) continue;
          const related = [{ message: "The value that stays", span: earlier.assignment.nameSpan }];
          report("emptied", [shorten(name, 40)], { at: nameSpan, related });
        }
      }
      if (instruction.keyword !== "RUN" || !hasCommand(instruction.script, isUnset)) continue;
      for (const { arguments: words } of instruction.script.commands.filter(isUnset)) {
        for (const { value, span } of words) {
          const earlier = value === undefined ? undefined : before(value);
          if (value === undefined || earlier === undefined) continue;
          const related = [{ message: "The value that stays", span: earlier.assignment.nameSpan }];
          report("unset", [shorten(value, 40)], { at: span, related });
        }
      }
    }
  },
});

function isUnset({ program }: ShellCommand): boolean {
  return program === "unset";
}
