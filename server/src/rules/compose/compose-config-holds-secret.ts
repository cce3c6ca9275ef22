import type { ComposeDocument, TopLevelEntry } from "../../documents/compose/model";
import { scalarOf, spanInScalar } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { secretFileSeverity } from "../../knowledge/secretFileNames";
import { maxConfigLines } from "../../ruleLimits";
import type { Span } from "../../text/span";
import { composeKey, composeSecrets } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { secretName } from "../shared/secrets/names";
import { findTokens } from "../shared/secrets/tokens";
import { findUrlCredentials } from "../shared/secrets/urls";
import { judgeValue, type ValueJudgement } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-config-holds-secret",
  language: "compose",
  title: "Configs hold no secrets",
  why: `A config is for what may be read: in a Swarm \`docker config inspect\` prints it to every user of the engine, and in the
container it is readable by all users. Secrets are kept encrypted there and shown to nobody. What stands in \`content:\` is in
the repository as well.

Declare it below \`secrets:\` instead, with \`file:\` or \`environment:\`, and grant it to the service: it then lies below
\`/run/secrets\`. Within a longer configuration, leave the password out and have the program read it from a file; most can.

A password in \`content:\` is judged by name and value as in \`environment:\`; files are told by their names (\`id_rsa\`,
\`.env.production\`, \`server.key\`), and a variable by its own. There is no fix, since the service must look for it elsewhere.`,
  category: "secrets",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:7.4", "cwe:312"],
  references: [
    composeSecrets,
    composeKey("configs"),
    { title: "Docker: configs of a Swarm", url: "https://docs.docker.com/engine/swarm/configs/" },
    cwe(312, "Cleartext storage of sensitive information"),
  ],
  local: true,
  messages: {
    content: (name: string) =>
      `The value of ${name} is there for everyone who can read the repository or the config`,
    file: (config: string) =>
      `The file behind config ${config} is a secret by its name, and configs are none`,
    variable: (config: string) => `Config ${config} is filled from a secret, and configs are not kept secret`,
  },
  bad: [
    {
      title: "in its text",
      source:
        'services: {}\nconfigs:\n  app:\n    content: |\n      [db]\n      user = web\n      password = «tide-and-time»\n      api_key: "«Nv8qL2xR7tKe4Wz9»"\n',
    },
    {
      title: "by a file's name, and a variable",
      source:
        'services: {}\nconfigs:\n  key:\n    file: «./keys/id_rsa»\n  tls: { file: "«certs/server.key»" }\n  token:\n    environment: «API_TOKEN»\n',
    },
  ],
  good: [
    {
      title: "as secrets",
      source:
        "services: {}\nsecrets:\n  key:\n    file: ./keys/id_rsa\n  token:\n    environment: API_TOKEN\n",
    },
    {
      title: "configuration",
      source:
        "services: {}\nconfigs:\n  app:\n    content: |\n      # password = tide-and-time\n      password = ${DB_PASSWORD}\n      password_file = /run/secrets/db\n      token_ttl: 300\n  nginx:\n    file: ./nginx.conf\n  env:\n    environment: LOG_LEVEL\n  ca:\n    file: certs/ca.pem.pub\n",
    },
  ],
  check(document, { report }) {
    for (const config of document.configs) {
      const shown = shorten(config.name, 32);
      for (const { name, span, severity } of secretLines(document, config))
        report("content", [shorten(name, 32)], { at: span, severity });
      const file = scalarOf(config.fields.get("file")?.node);
      if (file !== undefined && secretFileSeverity(file.value) === "high")
        report("file", [shown], { at: spanInScalar(document.text, file, 0, file.value.length) });
      const variable = scalarOf(config.fields.get("environment")?.node);
      if (variable !== undefined && secretName(variable.value)?.strength === "strong")
        report("variable", [shown], { at: variable.span });
    }
  },
});

const severities: Partial<Record<ValueJudgement, Severity>> = {
  random: "critical",
  literal: "high",
  "weak-default": "medium",
};

function secretLines(
  document: ComposeDocument,
  config: TopLevelEntry,
): readonly { readonly name: string; readonly span: Span; readonly severity: Severity }[] {
  const scalar = scalarOf(config.fields.get("content")?.node);
  let at = 0;
  return (scalar?.value.split("\n", maxConfigLines) ?? []).flatMap((line) => {
    const start = at;
    at += line.length + 1;
    const match =
      /^\s{0,80}["']?([A-Za-z_][\w.-]{1,80})["']?\s{0,20}[:=]\s{0,20}["']?([^"'\s#;,][^"'\r]{0,300}?)["']?[,;]?\s{0,20}$/.exec(
        line,
      );
    if (scalar === undefined || match?.[1] === undefined || match[2] === undefined) return [];
    const [, name, value] = match;
    const severity =
      secretName(name)?.strength === "strong" ? severities[judgeValue(value, name)] : undefined;
    if (severity === undefined || findTokens(value).length > 0 || findUrlCredentials(value).length > 0)
      return [];
    const from = start + line.indexOf(value, line.indexOf(name) + name.length);
    return [{ name, severity, span: spanInScalar(document.text, scalar, from, from + value.length) }];
  });
}
