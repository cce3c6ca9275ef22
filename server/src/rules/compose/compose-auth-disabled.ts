import type { CommandValue, ComposeDocument, Service } from "../../documents/compose/model";
import { distinct, type Selected } from "../../documents/compose/select";
import { scalarOf, spanInScalar } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import type { Span } from "../../text/span";
import { authOptionIn, openingVariables } from "../shared/composeAuthSwitches";
import { commandFields } from "../shared/composeCommands";
import { programOf, unsafeFix } from "../shared/composeFix";
import { removeNamed } from "../shared/composeNamed";
import { isReachable } from "../shared/composeReach";
import { composeKey } from "../shared/composeReferences";
import { cwe } from "../shared/references";

export default defineRule({
  id: "compose-auth-disabled",
  language: "compose",
  title: "No database or console lets everybody in",
  why: `\`POSTGRES_HOST_AUTH_METHOD=trust\`, \`MYSQL_ALLOW_EMPTY_PASSWORD\`, \`xpack.security.enabled=false\`,
\`--protected-mode no\`, \`--NotebookApp.token=''\` and the like switch off the login that the program comes with. Whoever
reaches it reads and changes everything in it: from the internet where the port is published, and otherwise from every
container of its networks, so that a hole in a web service is a hole in the data. In a notebook or a console it is a shell.

Set a password, with \`\${NAME:?}\` or a file below \`secrets:\`. For tests that run on one machine say so in an ignore comment, and
publish no port.

High where other machines reach it, medium where only this machine or other containers do. An empty password that is only
allowed, beside one that is set, is not reported. The fix removes the variable; it is not safe, since the program then asks for a
password, or does not start before it has one.`,
  category: "secrets",
  severity: "high",
  marksNoSecret: true,
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cwe:306", "cwe:1188"],
  references: [
    composeKey("environment"),
    { title: "Docker Hub: postgres", url: "https://hub.docker.com/_/postgres" },
    cwe(306, "Missing authentication for critical function"),
  ],
  local: true,
  messages: {
    open: (program: string) => `Whoever reaches ${program} from another machine is let in without a password`,
    inside: (program: string) =>
      `Whoever reaches ${program}, any container beside it, is let in without a password`,
  },
  bad: [
    {
      title: "variables, published",
      source:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      «POSTGRES_HOST_AUTH_METHOD: trust»\n      TZ: UTC\n    ports: ['5432:5432']\n",
      fixed:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      TZ: UTC\n    ports: ['5432:5432']\n",
    },
    {
      title: "for other containers",
      source:
        'services:\n  db:\n    image: mysql:8.4\n    environment:\n      - «MYSQL_ALLOW_EMPTY_PASSWORD=yes»\n  es:\n    image: elasticsearch:8.19.1\n    environment:\n      - discovery.type=single-node\n      - «"xpack.security.enabled=false"»\n    ports: ["127.0.0.1:9200:9200"]\n',
      fixed:
        'services:\n  db:\n    image: mysql:8.4\n  es:\n    image: elasticsearch:8.19.1\n    environment:\n      - discovery.type=single-node\n    ports: ["127.0.0.1:9200:9200"]\n',
    },
    {
      title: "options",
      source:
        "services:\n  a:\n    image: redis:8\n    command: redis-server «--protected-mode no» --save 60 1\n  b:\n    image: jupyter/base-notebook:x\n    command: [start-notebook.sh, «\"--NotebookApp.token=''\"»]\n    ports: ['8888:8888']\n  c:\n    image: cockroachdb/cockroach:v25.3.0\n    command: start-single-node «--insecure»\n",
    },
    {
      title: "by default, from an anchor, once",
      source:
        "x-e: &e\n  «ALLOW_EMPTY_PASSWORD: ${EMPTY:-yes}»\n  TZ: UTC\nservices:\n  a:\n    image: bitnami/redis:8\n    environment: *e\n  b:\n    image: bitnami/redis:8\n    environment: *e\n",
      fixed:
        "x-e: &e\n  TZ: UTC\nservices:\n  a:\n    image: bitnami/redis:8\n    environment: *e\n  b:\n    image: bitnami/redis:8\n    environment: *e\n",
    },
  ],
  good: [
    {
      title: "on",
      source:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_HOST_AUTH_METHOD: scram-sha-256\n  es:\n    image: elasticsearch:8.19.1\n    environment: [xpack.security.enabled=true]\n  r:\n    image: redis:8\n    command: --protected-mode yes\n",
    },
    {
      title: "allowed, but there is a password",
      source:
        "services:\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_ALLOW_EMPTY_PASSWORD: 'no'\n      MYSQL_ROOT_PASSWORD: ${PASS:?}\n",
    },
    {
      title: "another program's option, and a variable",
      source:
        "services:\n  a:\n    image: app:1\n    command: app --insecure --noauth --auth none\n    environment: ['POSTGRES_HOST_AUTH_METHOD=${METHOD}']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part } of switchesIn(document)) {
      const isOpen = isReachable(service);
      report(isOpen ? "open" : "inside", [part.program], {
        at: part.at,
        severity: isOpen ? "high" : "medium",
        fixes: part.fixes,
      });
    }
  },
});

interface Switch {
  readonly program: string;
  readonly at: Span;
  readonly fixes: readonly Fix[];
}

function switchesIn(document: ComposeDocument): readonly Selected<Switch>[] {
  const variables = distinct(document, openingVariables, ({ named }) => named.span).map(
    ({ service, part }) => {
      const { named, program } = part;
      const fixes = unsafeFix("Remove the variable", removeNamed(document, named));
      return { service, part: { program, at: named.span, fixes } };
    },
  );
  const options = commandFields(document).flatMap(({ service, part }) => {
    const found = optionOf(document, service, part.value);
    return found === undefined ? [] : [{ service, part: found }];
  });
  return [...variables, ...options];
}

/** The option in a line, or the word that it begins in. */
function optionOf(
  document: ComposeDocument,
  service: Service,
  { form, words }: CommandValue,
): Switch | undefined {
  const found = authOptionIn(words.map(({ raw }) => raw).join(" "), programOf(service));
  if (found === undefined) return undefined;
  const { program, from, to } = found;
  let start = 0;
  for (const { raw, node, span } of words) {
    if (from <= start + raw.length) {
      const scalar = form === "string" ? scalarOf(node) : undefined;
      const at = scalar === undefined ? span : spanInScalar(document.text, scalar, from - start, to - start);
      return { program, at, fixes: [] };
    }
    start += raw.length + 1;
  }
  return undefined;
}
