import type { ComposeDocument, Text } from "../../documents/compose/model";
import { distinct, type Selected } from "../../documents/compose/select";
import { scalarOf, spanInScalar } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import type { Span } from "../../text/span";
import { commandFields } from "../shared/composeCommands";
import { isReachable } from "../shared/composeReach";
import { composeSecrets } from "../shared/composeReferences";
import { requireFromEnvironment } from "../shared/composeRequire";
import { secretVariables } from "../shared/composeSecrets";
import { cwe, owaspSecrets } from "../shared/references";
import { judgeValue } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";
import { lookupBySpan } from "../shared/spanLookup";

export default defineRule({
  id: "compose-default-credentials",
  language: "compose",
  title: "No login is one that everybody knows",
  why: `\`NEO4J_AUTH=neo4j/neo4j\`, \`COUCHDB_AUTH=admin:password\`, \`--basic-auth=admin:admin\`: user and password in one value, and
both the first that anybody tries. Lists of such pairs are in every scanner, and robots go through them within minutes of a
port being open.

Choose a password that nobody knows, and read it from outside (\`\${NEO4J_AUTH:?}\`) or from a file below \`secrets:\`.

This rule is about pairs. A well-known password in a variable of its own, \`POSTGRES_PASSWORD: postgres\`, is reported by
\`compose-plaintext-secret-env\`, and an image's own default login that is not changed by \`compose-missing-auth-by-image\`.
High where other machines reach the service, else medium. The fix takes a variable's value from the environment,
without which Compose then does not start.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "cwe:1392"],
  references: [composeSecrets, owaspSecrets, cwe(1392, "Use of default credentials")],
  local: true,
  messages: {
    pair: (name: string) => `The login in ${name} is one of the first that anybody tries`,
  },
  bad: [
    {
      title: "variables",
      source:
        'services:\n  a:\n    image: neo4j:5\n    environment:\n      NEO4J_AUTH: «neo4j/neo4j»\n    ports: ["7474:7474"]\n  b:\n    image: x:1\n    environment:\n      - COUCHDB_AUTH=«admin:password»\n      - "FLOWER_BASIC_AUTH=«guest:guest»"\n',
      fixed:
        'services:\n  a:\n    image: neo4j:5\n    environment:\n      NEO4J_AUTH: "${NEO4J_AUTH:?}"\n    ports: ["7474:7474"]\n  b:\n    image: x:1\n    environment:\n      - COUCHDB_AUTH=${COUCHDB_AUTH:?}\n      - "FLOWER_BASIC_AUTH=${FLOWER_BASIC_AUTH:?}"\n',
    },
    {
      title: "options",
      source:
        'services:\n  a:\n    image: x:1\n    command: celery flower --basic-auth=«admin:admin» --port=5555\n  b:\n    image: x:1\n    command: [celery, flower, "--basic_auth=«user:password1»"]\n',
    },
    {
      title: "by default, from an anchor, once",
      source:
        "x-e: &e\n  NEO4J_AUTH: «${AUTH:-neo4j/password}»\nservices:\n  a:\n    image: x:1\n    environment: *e\n  b:\n    image: x:1\n    environment: *e\n",
      fixed:
        'x-e: &e\n  NEO4J_AUTH: "${AUTH:?}"\nservices:\n  a:\n    image: x:1\n    environment: *e\n  b:\n    image: x:1\n    environment: *e\n',
    },
  ],
  good: [
    {
      title: "chosen, or from outside",
      source:
        "services:\n  a:\n    image: neo4j:5\n    environment:\n      NEO4J_AUTH: neo4j/${PASS:?}\n  b:\n    image: x:1\n    environment: ['BASIC_AUTH=admin:${PASS}', 'OTHER_AUTH=none']\n    command: flower --basic-auth=$LOGIN\n",
    },
    {
      title: "no logins",
      source:
        "services:\n  a:\n    image: x:1\n    environment:\n      AUTH_URL: http://auth:8080\n      AUTH_BACKEND: admin/auth\n      AUTH_HOST: auth:password\n      IMAGE: admin/admin\n",
    },
    {
      title: "what is said elsewhere",
      source:
        "services:\n  a:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: postgres\n",
    },
  ],
  check(document, { report }) {
    const pairs = pairsIn(document);
    if (pairs.length === 0) return;
    const claimAt = lookupBySpan(secretVariables(document), ({ named }) => named.valueSpan);
    for (const { service, part } of pairs)
      if (claimAt(part.span) === undefined)
        report("pair", [shorten(part.name, 40)], {
          at: part.span,
          severity: isReachable(service) ? "high" : "medium",
          fixes: part.fixes,
        });
  },
});

interface Pair {
  /** Takes it out of the file, where that is a variable. */
  readonly fixes: readonly Fix[];
  readonly name: string;
  readonly span: Span;
}

function pairsIn(document: ComposeDocument): readonly Selected<Pair>[] {
  const variables = distinct(
    document,
    ({ environment }) => environment.filter(({ name }) => pairName.test(name)),
    ({ valueSpan }) => valueSpan,
  ).flatMap(({ service, part: named }) => {
    const { name, value, valueSpan } = named;
    if (!isKnownPair(value?.value ?? "")) return [];
    return [{ service, part: { name, span: valueSpan, fixes: requireFromEnvironment(document, named) } }];
  });
  const options = commandFields(document).flatMap(({ service, part }) =>
    part.value.words.flatMap((word) => {
      const found = optionOf(document, word);
      return found === undefined ? [] : [{ service, part: found }];
    }),
  );
  return [...variables, ...options];
}

function optionOf({ text }: ComposeDocument, { raw, node }: Text): Pair | undefined {
  const match = /(?:^|\s)(--basic[-_]auth)[= ]["']?([^\s"']{3,100})/.exec(raw);
  const scalar = scalarOf(node);
  if (match?.[1] === undefined || match[2] === undefined || scalar === undefined) return undefined;
  const end = match.index + match[0].length;
  const span = spanInScalar(text, scalar, end - match[2].length, end);
  return isKnownPair(match[2]) ? { name: match[1], span, fixes: [] } : undefined;
}

/** Names whose value is a user with a password: not those of a host, an address or a kind of login. */
const pairName = /(?:^|_)(?:BASIC_?AUTH|AUTH|CREDENTIALS?|LOGIN|USERPASS)$/i;

function isKnownPair(value: string): boolean {
  const match = /^([A-Za-z][\w.@-]{1,40})[:/]([^\s:/]{2,60})$/.exec(value.trim().replace(/^["']|["']$/g, ""));
  if (match?.[1] === undefined || match[2] === undefined) return false;
  const [, user, password] = match;
  return password === user || judgeValue(password, `${user}_password`) === "weak-default";
}
