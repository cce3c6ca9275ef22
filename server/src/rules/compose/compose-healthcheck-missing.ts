import { addServiceKeys } from "../../documents/compose/edits";
import type { ComposeDocument, Service } from "../../documents/compose/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { isWhole } from "../shared/composeHardening";
import { programBehind } from "../shared/composePrograms";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-healthcheck-missing",
  language: "compose",
  title: "Each service can be asked whether it is healthy",
  why: `Compose knows only whether the process runs. A service that hangs, or that an attacker has brought down, is running, and
\`depends_on\` starts what needs it before it answers. A Swarm replaces only what is unhealthy.

The rule sees one file: a check that the image or the Dockerfile brings, it cannot know, so that a service that is built here
is info. \`disable: true\` is taken for a decision, and reported elsewhere. Jobs that end by themselves need no check.

The fix writes the program's own command for databases, caches and brokers that the rule knows by their image. It is not
safe, since names, ports and passwords may differ. For other services there is none.`,
  category: "hygiene",
  severity: "low",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: [
    "kics:healthcheck_not_set",
    "docker-bench:5.27",
    "docksec:compose-missing-healthcheck",
    "cis:5.27",
    "cwe:703",
  ],
  references: [
    composeKey("healthcheck"),
    cisDocker,
    cwe(703, "Improper check or handling of exceptional conditions"),
  ],
  local: true,
  messages: {
    missing: (service: string) => `Without a healthcheck nobody notices when ${service} hangs`,
  },
  bad: [
    {
      title: "a program that is known",
      source: "services:\n  «db»:\n    image: postgres:17\n  «cache»: { image: redis:8 }\n",
      fixed:
        'services:\n  db:\n    image: postgres:17\n    healthcheck: { test: [CMD-SHELL, "pg_isready -U $${POSTGRES_USER:-postgres}"], interval: 10s, retries: 5 }\n  cache: { image: redis:8, healthcheck: { test: [CMD, redis-cli, ping], interval: 10s, retries: 5 } }\n',
    },
    {
      title: "others",
      source: "services:\n  «web»:\n    build: .\n  «api»:\n    image: app:1\n    restart: always\n",
    },
  ],
  good: [
    {
      title: "checked",
      source:
        "services:\n  web:\n    image: app:1\n    healthcheck:\n      test: curl -f http://localhost || exit 1\n",
    },
    {
      title: "inherited",
      source:
        "x-h: &h\n  healthcheck:\n    test: [CMD, app, ping]\nservices:\n  a:\n    <<: *h\n    image: x:1\n  b:\n    image: x:1\n    extends: a\n",
    },
    {
      title: "switched off, which is said elsewhere",
      source: "services:\n  web:\n    image: app:1\n    healthcheck:\n      disable: true\n",
    },
    { title: "an addition to another file's service", source: "services:\n  web:\n    restart: always\n" },
  ],
  check(document, { report }) {
    for (const service of document.services) {
      if (!isWhole(service) || service.fields.has("healthcheck")) continue;
      report("missing", [shorten(service.name, 48)], {
        at: service.nameSpan,
        severity: service.build === undefined ? "low" : "info",
        fixes: fixesFor(document, service),
      });
    }
  },
});

/** What each program's own documentation names to ask it, by the name that {@link programBehind} gives. */
const tests: ReadonlyMap<string, string> = new Map([
  ["PostgreSQL", '[CMD-SHELL, "pg_isready -U $${POSTGRES_USER:-postgres}"]'],
  ["MySQL", "[CMD, mysqladmin, ping, -h, 127.0.0.1]"],
  ["MariaDB", "[CMD, healthcheck.sh, --connect, --innodb_initialized]"],
  ["MongoDB", "[CMD, mongosh, --quiet, --eval, \"db.adminCommand('ping')\"]"],
  ["RabbitMQ", "[CMD, rabbitmq-diagnostics, -q, ping]"],
  ["Redis", "[CMD, redis-cli, ping]"],
  ["Valkey", "[CMD, valkey-cli, ping]"],
]);

function fixesFor(document: ComposeDocument, service: Service): readonly Fix[] {
  const test = tests.get(programBehind(service)?.name ?? "");
  if (test === undefined) return [];
  const value = `{ test: ${test}, interval: 10s, retries: 5 }`;
  return unsafeFix("Add a healthcheck", addServiceKeys(document, service, [{ key: "healthcheck", value }]));
}
