import type { ComposeDocument } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { replaceSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { unsafeFix } from "../shared/composeFix";
import { composeSecrets } from "../shared/composeReferences";
import { secretVariables } from "../shared/composeSecrets";
import { cwe, owaspSecrets } from "../shared/references";
import { secretName } from "../shared/secrets/names";
import { findTokens } from "../shared/secrets/tokens";
import { findUrlCredentials } from "../shared/secrets/urls";
import { judgeValue, type ValueJudgement } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";
import { lookupBySpan } from "../shared/spanLookup";

export default defineRule({
  id: "compose-secret-interpolation-default",
  language: "compose",
  title: "A secret that is not set stops the start",
  why: `\`\${DB_PASSWORD:-postgres}\` means that the stack starts in production as well when somebody forgets to set the variable,
with a password that stands in the repository. Nothing tells them: it works. That is how default passwords get to the
internet.

\`\${DB_PASSWORD:?}\` stops the start with an error instead. For development, put the value into an \`.env\` file that is not
committed, or into \`compose.override.yaml\`.

Name and default decide together: paths, switches and numbers are not reported. Random is critical, a word that somebody
chose high, one that everybody knows medium, a placeholder such as \`changeme\` low. Where the whole value of an environment
variable, a build argument or the password of a URL is such a default, \`compose-plaintext-secret-env\`,
\`compose-build-arg-secret\` or \`compose-known-token-literal\` says so. The fix writes \`:?\`; it is not safe, since the variable
must be set then.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cis:7.4", "cwe:1392", "cwe:798"],
  references: [
    {
      title: "Compose: interpolation",
      url: "https://docs.docker.com/reference/compose-file/interpolation/",
    },
    composeSecrets,
    owaspSecrets,
    cwe(1392, "Use of default credentials"),
  ],
  local: true,
  messages: {
    usable: (name: string) =>
      `Where ${name} is not set, the stack starts with a value that stands in the repository`,
  },
  bad: [
    {
      title: "commands and checks",
      source:
        'services:\n  cache:\n    image: redis:8\n    command: redis-server --requirepass «${REDIS_PASSWORD:-tide-and-time}»\n    healthcheck:\n      test: ["CMD", "redis-cli", "-a", "«${REDIS_PASSWORD-redis}»", "ping"]\n',
      fixed:
        'services:\n  cache:\n    image: redis:8\n    command: redis-server --requirepass ${REDIS_PASSWORD:?}\n    healthcheck:\n      test: ["CMD", "redis-cli", "-a", "${REDIS_PASSWORD:?}", "ping"]\n',
    },
    {
      title: "a part of a value, a label, a placeholder",
      source:
        "services:\n  web:\n    image: app:1\n    environment:\n      OPTIONS: user=web;pass=«${DB_PASSWORD:-tide-and-time}»\n    labels:\n      - app.login=«${ADMIN_PASSWORD:-changeme}»\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    environment:\n      OPTIONS: user=web;pass=${DB_PASSWORD:?}\n    labels:\n      - app.login=${ADMIN_PASSWORD:?}\n",
    },
  ],
  good: [
    {
      title: "required, or nothing",
      source:
        "services:\n  a:\n    image: redis:8\n    command: --requirepass ${REDIS_PASSWORD:?} ${TOKEN:-} ${SECRET} ${API_TOKEN:-$OTHER}\n",
    },
    {
      title: "no secrets",
      source:
        "services:\n  a:\n    image: app:${TAG:-1.2}\n    command: app --key ${KEY_FILE:-/run/key} ${PASSWORD_RESET:-false} ${TOKEN_TTL:-300}\n",
    },
    {
      title: "escaped, and in a comment",
      source:
        "# ${DB_PASSWORD:-tide-and-time}\nservices:\n  a:\n    image: app:1\n    command: sh -c 'app $${DB_PASSWORD:-tide-and-time}'\n",
    },
    {
      title: "what is said elsewhere",
      source:
        "services:\n  a:\n    image: app:1\n    environment:\n      DB_PASSWORD: ${DB_PASSWORD:-tide-and-time}\n      URL: postgres://app:${DB_PASSWORD:-tide-and-time}@db/app\n    build:\n      args: ['API_TOKEN=${API_TOKEN:-tide-and-time}']\n",
    },
  ],
  check(document, { report }) {
    const defaults = defaultsIn(document);
    if (defaults.length === 0) return;
    const claimAt = lookupBySpan(claimedIn(document), (span) => span);
    for (const { name, span, operator, severity } of defaults)
      if (claimAt(span) === undefined)
        report("usable", [shorten(name, 36)], {
          at: span,
          severity,
          fixes: unsafeFix(`Require ${shorten(name, 36)}`, replaceSpan(operator, ":?")),
        });
  },
});

interface SecretDefault {
  readonly name: string;
  readonly span: Span;
  /** The operator with the default. */
  readonly operator: Span;
  readonly severity: Severity;
}

const severities: Partial<Record<ValueJudgement, Severity>> = {
  random: "critical",
  literal: "high",
  "weak-default": "medium",
  placeholder: "low",
};

function defaultsIn({ text, comments }: ComposeDocument): readonly SecretDefault[] {
  const commentAt = lookupBySpan(comments, (comment) => comment.span);
  return [...text.matchAll(/(?<!\$)(?:\$\$){0,9}(\$\{([A-Za-z_]\w{0,100}):?-([^{}\r\n]{1,200})\})/g)].flatMap(
    (match) => {
      const [, whole = "", name = "", value = ""] = match;
      const severity =
        secretName(name)?.strength === "strong" ? severities[judgeValue(value, name)] : undefined;
      const end = match.index + match[0].length;
      const span = spanOf(end - whole.length, end);
      if (severity === undefined || commentAt(span) !== undefined) return [];
      return [{ name, span, severity, operator: spanOf(span.start + name.length + 2, end - 1) }];
    },
  );
}

function claimedIn(document: ComposeDocument): readonly Span[] {
  const args = distinct(
    document,
    ({ build }) => build?.value.args ?? [],
    (arg) => arg.span,
  );
  return [
    ...secretVariables(document).map(({ named }) => named.valueSpan),
    ...args.flatMap(({ part }) => (secretName(part.name)?.strength === "strong" ? [part.valueSpan] : [])),
    ...findUrlCredentials(document.text).flatMap(({ passwordSpan }) => passwordSpan ?? []),
    ...findTokens(document.text).map(({ span }) => span),
  ];
}
