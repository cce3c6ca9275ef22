import type { ComposeDocument } from "../../documents/compose/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { maxRequireContext } from "../../ruleLimits";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { startedCommands } from "../shared/composeCommands";
import { unsafeFix } from "../shared/composeFix";
import { composeKey, composeSecrets } from "../shared/composeReferences";
import { mayPassCredential, type PassedCredential, passedCredentials } from "../shared/passedCredentials";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-secret-in-command",
  language: "compose",
  title: "No command of a service has a secret in it",
  why: `A password in \`command:\`, \`entrypoint:\`, a healthcheck or a hook stands in the repository, in \`docker inspect\`, and in the
list of processes, which every user of the host and many a monitoring agent read.

Let the program read a file (\`--requirepass\` becomes a line of \`redis.conf\`, \`mysqladmin --defaults-extra-file\`), given as
a secret, or a variable of the container that is set from outside: \`$$REDIS_PASSWORD\` in a command that a shell runs. A
variable that Compose fills in, \`\${REDIS_PASSWORD:?}\`, keeps it out of the repository, though not out of the list of
processes. Then change the secret: the old one is out.

The value decides: variables, paths and placeholders are not reported; a password that everybody knows is low, a word that
somebody chose is medium, what looks random is high. The fix takes it from the environment of Compose,
which then does not start without it; the container's list of processes still shows it.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "cis:4.10", "cwe:214"],
  references: [
    composeSecrets,
    composeKey("command"),
    owaspSecrets,
    cisDocker,
    cwe(214, "Invocation of process using visible sensitive information"),
  ],
  local: true,
  messages: {
    command: (name: string) => `The secret given to ${name} is in the repository and in every process list`,
  },
  bad: [
    {
      title: "a line, and options only",
      source:
        'services:\n  a:\n    image: redis:8\n    command: redis-server --requirepass "«kraken-hunts-9»" --save 60 1\n  b:\n    image: redis:8\n    command: --requirepass «kraken-hunts-9»\n',
      fixed:
        'services:\n  a:\n    image: redis:8\n    command: redis-server --requirepass "${REQUIREPASS:?}" --save 60 1\n  b:\n    image: redis:8\n    command: --requirepass ${REQUIREPASS:?}\n',
    },
    {
      title: "words, and a script",
      source:
        'services:\n  a:\n    image: redis:8-alpine\n    command: ["redis-server", "--requirepass", "«kraken-hunts-9»"]\n  b:\n    image: app:1\n    entrypoint:\n      - sh\n      - -c\n      - APP_SECRET=«Nv8qL2xR7tKe4Wz9» exec app\n  c:\n    image: app:1\n    command: [--api-key=«f8Kx02mPq7Lw9ZtR»]\n',
      fixed:
        'services:\n  a:\n    image: redis:8-alpine\n    command: ["redis-server", "--requirepass", "${REQUIREPASS:?}"]\n  b:\n    image: app:1\n    entrypoint:\n      - sh\n      - -c\n      - APP_SECRET=${APP_SECRET:?} exec app\n  c:\n    image: app:1\n    command: [--api-key=f8Kx02mPq7Lw9ZtR]\n',
    },
    {
      title: "a healthcheck",
      source:
        'services:\n  a:\n    image: mysql:8.4\n    healthcheck:\n      test: ["CMD", "mysqladmin", "ping", "-uroot", "-p«tide-and-time»"]\n  b:\n    image: mysql:8.4\n    healthcheck:\n      test: [CMD-SHELL, "curl -u admin:«tide-and-time» http://localhost"]\n  c:\n    image: redis:8\n    healthcheck:\n      test: redis-cli -a «kraken-hunts-9» ping\n',
    },
    {
      title: "a block, from an anchor, once",
      source:
        "x-c: &c\n  command: |\n    migrate\n    app --db-password=«tide-and-time»\nservices:\n  a:\n    <<: *c\n    image: x:1\n  b:\n    <<: *c\n    image: x:1\n",
      fixed:
        "x-c: &c\n  command: |\n    migrate\n    app --db-password=${DB_PASSWORD:?}\nservices:\n  a:\n    <<: *c\n    image: x:1\n  b:\n    <<: *c\n    image: x:1\n",
    },
  ],
  good: [
    {
      title: "variables",
      source:
        "services:\n  a:\n    image: redis:8\n    command: redis-server --requirepass ${REDIS_PASSWORD:?}\n  b:\n    image: redis:8\n    command: [sh, -c, 'redis-server --requirepass $$REDIS_PASSWORD']\n  c:\n    image: redis:8\n    command: [--requirepass, $REDIS_PASSWORD]\n",
    },
    {
      title: "files",
      source:
        "services:\n  a:\n    image: mysql:8.4\n    command: [app, --token-file=/run/secrets/token, --password-file, /x]\n    healthcheck:\n      test: [CMD-SHELL, 'mysqladmin ping --password=\"$$(cat /run/secrets/db)\"']\n",
    },
    {
      title: "placeholders, and options that are no secrets",
      source:
        "services:\n  a:\n    image: app:1\n    command: app --password=changeme --default-authentication-plugin=mysql_native_password\n",
    },
  ],
  check(document, { report }) {
    for (const { name, span, severity } of credentialsIn(document))
      report("command", [shorten(name, 32)], {
        at: span,
        severity,
        fixes: requiredFixes(document, name, span),
      });
  },
});

/** The default of a variable is looked at by a rule of its own. */
function credentialsIn(document: ComposeDocument): readonly PassedCredential[] {
  return startedCommands(document).flatMap(({ command, text, placeOf }) => {
    if (!mayPassCredential(command)) return [];
    return passedCredentials({ text }, command)
      .filter(({ span }) => !text.slice(span.start, span.end).includes("$"))
      .map((credential) => ({ ...credential, span: placeOf(credential.span) }));
  });
}

/** Has Compose put the value in from its environment, where the place of the secret is known and YAML takes the text. */
function requiredFixes({ text }: ComposeDocument, option: string, span: Span): readonly Fix[] {
  const variable = option
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
  const before = text.slice(Math.max(0, span.start - maxRequireContext), span.start);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const isQuoted = /["'][^"']*$/.test(line) && (line.match(/["']/g)?.length ?? 0) % 2 === 1;
  const isInFlow = line.lastIndexOf("[") > line.lastIndexOf("]");
  if (
    !/^[A-Z]\w{2,60}$/.test(variable) ||
    (isInFlow && !isQuoted) ||
    /\s/.test(text.slice(span.start, span.end))
  )
    return [];
  return unsafeFix(
    `Require ${shorten(variable)} from the environment`,
    replaceSpan(span, `\${${variable}:?}`),
  );
}
