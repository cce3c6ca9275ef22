import { defineRule } from "../../engine/rule";
import { credentialVariableFixes } from "../shared/credentialMount";
import { mayPassCredential, passedCredentials } from "../shared/passedCredentials";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { commandsOf } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "secret-in-cmd-or-healthcheck",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["CMD", "ENTRYPOINT", "HEALTHCHECK"] },
  title: "No secret stands in CMD, ENTRYPOINT or HEALTHCHECK",
  why: `The command of an image is part of its configuration: \`docker inspect\` shows it to everyone who can pull the
image, \`docker ps\` and every list of processes show it on the machine, and monitoring collects it. A health check is
logged by Docker as well.

Let the program read the secret from a file that is mounted when the container starts (\`/run/secrets\`), or from a
variable that is given at run time: \`redis-server --requirepass "$REDIS_PASSWORD"\` in a script that is the
entrypoint. For a health check, use a path that needs no login.

The value decides: variables, paths and placeholders are not reported; a password that everybody knows is low, a
word that somebody chose is medium, what looks random is high. In shell form the fix reads the secret from a
variable, which the container then has to be given.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "cis:4.10", "cwe:214"],
  references: [
    owaspSecrets,
    cisDocker,
    cwe(214, "Invocation of process using visible sensitive information"),
  ],
  messages: {
    command: (name: string) =>
      `The secret given to ${name} is in the image's configuration and in every process list`,
  },
  bad: [
    {
      title: "exec form",
      source:
        'FROM redis:8\nCMD ["redis-server", "--requirepass", "«kraken-hunts-9»"]\nHEALTHCHECK CMD redis-cli -a «kraken-hunts-9» ping\n',
      fixed:
        'FROM redis:8\nCMD ["redis-server", "--requirepass", "kraken-hunts-9"]\nHEALTHCHECK CMD redis-cli -a "$REDIS_CLI_PASSWORD" ping\n',
    },
    {
      title: "shell form, a script, an assignment",
      source:
        'FROM debian:12\nENTRYPOINT APP_SECRET=«Nv8qL2xR7tKe4Wz9» exec app --api-key=«f8Kx02mPq7Lw9ZtR»\nCMD ["sh", "-c", "curl -u admin:«tide-and-time» http://localhost"]\n',
      fixed:
        'FROM debian:12\nENTRYPOINT APP_SECRET=Nv8qL2xR7tKe4Wz9 exec app --api-key="$API_KEY"\nCMD ["sh", "-c", "curl -u admin:tide-and-time http://localhost"]\n',
    },
  ],
  good: [
    { title: "variables", source: 'FROM redis:8\nCMD redis-server --requirepass "$REDIS_PASSWORD"\n' },
    {
      title: "files",
      source: 'FROM debian:12\nCMD ["app", "--token-file=/run/secrets/token", "--password-file", "/x"]\n',
    },
    {
      title: "a path without a login",
      source: "FROM nginx:1.29\nHEALTHCHECK CMD curl -f http://localhost/health\n",
    },
    { title: "a step of the build", source: "FROM debian:12\nRUN curl -u admin:tide-and-time http://x\n" },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsOf(document, keywords, mayPassCredential))
      for (const { kind, name, span, severity } of passedCredentials(document, command)) {
        const variable = kind === "option" ? `${command.unwrapped.program}_password` : name;
        const shown = variable
          .toUpperCase()
          .replace(/[^A-Z0-9]+/g, "_")
          .replace(/^_+/, "");
        const fixes = credentialVariableFixes(document, instruction, command, span, shown);
        report("command", [shorten(name, 32)], { at: span, severity, fixes });
      }
  },
});

const keywords = ["CMD", "ENTRYPOINT", "HEALTHCHECK"] as const;
