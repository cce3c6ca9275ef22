import { type CommandFormat, optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { deleteSpan } from "../../text/edit";
import { unsafeFix } from "../shared/composeFix";
import { dockerRun, severityHere } from "../shared/engineCommands";
import { type NamedArgument, namedArguments } from "../shared/engineSecrets";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { type JudgedVariable, judgeVariable } from "../shared/secrets/variables";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "run-env-secret",
  language: "commands",
  title: "No secret is written into the environment of a container",
  why: `The value stands in the repository and its whole history, in the list of processes while the command runs, and in the
history of the shell that it was typed into. In the container every process inherits it, and \`docker inspect\` shows it.

\`-e NAME\` without a value takes it from the environment of the caller, where a pipeline's secret store or \`read -s\` puts
it; \`--env-file\` reads a file that is not committed. Better, mount a file and name it: \`POSTGRES_PASSWORD_FILE\`. Then
change the secret: the old one is out.

Name and value decide together: paths, switches, references and numbers are not reported. A provider's token and what
looks random is critical; what everybody knows (\`root\`, \`postgres\`) and placeholders, as tests have them, are low and
info. Pipelines, development containers and tools that remove themselves (\`--rm\`) are one step milder. In documentation
only tokens and random values are reported, since examples have to say something. The fix takes the value from the
environment.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "owasp:RULE#12", "cis:4.10", "cwe:214", "cwe:798"],
  references: [
    dockerRun,
    owaspSecrets,
    cisDocker,
    cwe(214, "Invocation of process using visible sensitive information"),
  ],
  messages: {
    token: (name: string, provider: string) =>
      `${name} holds a token of ${provider}, for everyone who can read this file`,
    literal: (name: string) => `The value of ${name} is there for everyone who can read this file`,
    known: (name: string) =>
      `${name} has a value that everybody knows, so anyone who reaches the program gets in`,
    placeholder: (name: string) => `${name} has a placeholder that works until somebody replaces it`,
  },
  bad: [
    {
      title: "written out",
      source:
        'docker run -d -e DB_PASSWORD=«correct-horse-staple» app:1\ndocker exec --env "API_TOKEN=«Nv8qL2xR7tKe4Wz9»" web ./job\n',
      fixed: 'docker run -d -e DB_PASSWORD app:1\ndocker exec --env "API_TOKEN" web ./job\n',
    },
    {
      title: "what everybody knows, a placeholder, the default of a variable",
      source:
        'docker run -d -e MYSQL_ROOT_PASSWORD=«root» -e APP_SECRET=«changeme» -e DB_PASSWORD=«"${DB_PASS:-correct-horse}"» app:1\n',
      fixed: "docker run -d -e MYSQL_ROOT_PASSWORD -e APP_SECRET -e DB_PASSWORD app:1\n",
    },
    {
      title: "a pipeline",
      source: "test:\n  script:\n    - docker compose run -e DB_PASSWORD=«correct-horse-staple» app\n",
      fixed: "test:\n  script:\n    - docker compose run -e DB_PASSWORD app\n",
      context: { format: "gitlab" },
    },
    {
      title: "a development container",
      source: '{ "containerEnv": { "DB_PASSWORD": "«correct-horse-staple»" } }\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    {
      title: "from outside",
      source:
        'docker run -e DB_PASSWORD -e API_TOKEN="$TOKEN" -e "KEY=${KEY:?}" -e SECRET=$(pass show x) --env-file .env app:1\n',
    },
    {
      title: "switches, paths and numbers",
      source:
        "docker run -e MYSQL_RANDOM_ROOT_PASSWORD=yes -e SSL_KEY_PATH=/etc/key.pem -e POSTGRES_PASSWORD_FILE=/run/secrets/db app:1\n",
    },
    {
      title: "a pipeline's store",
      source:
        "jobs:\n  a:\n    steps:\n      - run: docker run -e API_TOKEN=${{ secrets.API_TOKEN }} app:1\n",
      context: { format: "workflow" },
    },
    {
      title: "an example in documentation",
      source:
        "```console\n$ docker run -e POSTGRES_PASSWORD=mysecretpassword -e TOKEN=<your token> postgres\n```\n",
      context: { format: "markdown" },
    },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      if (command.action === "build") continue;
      for (const named of namedArguments(optionsNamed(command, "env"))) {
        const judged = judge(named, document.format);
        if (judged === undefined) continue;
        const place = {
          at: named.span,
          severity: severityHere(document, command, judged.severity),
          fixes: fromEnvironment(named),
        };
        const name = shorten(named.name, 40);
        if (named.token === undefined) report(judged.wording, [name], place);
        else report("token", [name, named.token], place);
      }
    }
  },
});

function judge({ name, raw, token }: NamedArgument, format: CommandFormat): JudgedVariable | undefined {
  if (raw === undefined) return undefined;
  // What documentation shows is read by all, so that the milder judgement of commands there does not fit.
  if (token !== undefined) return { wording: "literal", severity: "critical" };
  const judged = judgeVariable(name, raw);
  if (format === "markdown") return judged?.severity === "critical" ? judged : undefined;
  return judged && { ...judged, severity: milder[judged.wording] ?? judged.severity };
}

/** Commands start what tests need more often than Compose files do: what everybody knows is meant to be known there. */
const milder: Readonly<Partial<Record<JudgedVariable["wording"], Severity>>> = {
  known: "low",
  placeholder: "info",
};

function fromEnvironment({ name, option, equals }: NamedArgument) {
  const { value } = option;
  if (equals === undefined || value === undefined) return [];
  const closing = /^["']/.test(value.text) ? 1 : 0;
  return unsafeFix(
    `Take ${shorten(name, 40)} from the environment`,
    deleteSpan({ start: equals, end: value.span.end - closing }),
  );
}
