import type { Service } from "../../documents/compose/model";
import { defineRule } from "../../engine/rule";
import { openingVariables } from "../shared/composeAuthSwitches";
import { takenServiceImages } from "../shared/composeImageUses";
import { programBehind } from "../shared/composePrograms";
import { isReachable } from "../shared/composeReach";
import { composeKey, composeSecrets } from "../shared/composeReferences";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-missing-auth-by-image",
  language: "compose",
  title: "A database that others can reach asks for a password",
  why: `Redis, MongoDB, Elasticsearch before version 8, InfluxDB 1, Meilisearch and Qdrant ask for no password unless they are told to, and
MinIO comes with one that everybody knows. Published beyond this machine, they are found within hours, emptied and held to
ransom.

Give them a password (\`--requirepass\`, \`MONGO_INITDB_ROOT_PASSWORD_FILE\`, \`ELASTIC_PASSWORD\`, \`MEILI_MASTER_KEY\`,
\`QDRANT__SERVICE__API_KEY\`, \`MINIO_ROOT_PASSWORD\`), read from outside or from a file below \`secrets:\`. Or do not publish
the port: other services reach it by its name.

Only what one file shows counts: nothing is reported where an \`env_file\`, a configuration file that is mounted or named in the
command, or a variable may set it. RabbitMQ is not in the list, since its well-known user gets in from its own container
only. There is no fix, since a password has to be chosen.`,
  category: "secrets",
  severity: "medium",
  marksNoSecret: true,
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cwe:306"],
  references: [
    composeSecrets,
    composeKey("ports"),
    {
      title: "Redis: security",
      url: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/",
    },
    cwe(306, "Missing authentication for critical function"),
  ],
  keys: [
    "image",
    "build",
    "pull_policy",
    "ports",
    "network_mode",
    "net",
    "env_file",
    "configs",
    "secrets",
    "entrypoint",
    "command",
    "environment",
    "volumes",
  ],
  messages: {
    open: (service: string, program: string) =>
      `${service} is reached from other machines, and ${program} asks for no password as it is set up`,
    known: (service: string, program: string) =>
      `${service} is reached from other machines, and ${program} has the password that everybody knows`,
  },
  bad: [
    {
      title: "published",
      source:
        "services:\n  cache:\n    image: «redis:8»\n    command: redis-server --save 60 1\n    ports: ['6379:6379']\n  db:\n    image: «mongo:8»\n    ports: ['10.0.0.5:27017:27017']\n",
    },
    {
      title: "on the host's network, and an old version",
      source:
        "services:\n  a:\n    image: «valkey/valkey:8»\n    network_mode: host\n  b:\n    image: «elasticsearch:7.17.28»\n    environment: [discovery.type=single-node]\n    ports: ['9200:9200']\n  c:\n    image: \"«minio/minio:RELEASE.2025-01-20T14-49-07Z»\"\n    command: server /data\n    ports: ['9000:9000']\n",
    },
  ],
  good: [
    {
      title: "with a password",
      source:
        "services:\n  a:\n    image: redis:8\n    command: --requirepass ${PASS:?}\n    ports: ['6379:6379']\n  b:\n    image: mongo:8\n    environment:\n      MONGO_INITDB_ROOT_PASSWORD_FILE: /run/secrets/db\n    ports: ['27017:27017']\n  c:\n    image: elasticsearch:8.19.1\n    ports: ['9200:9200']\n  d:\n    image: minio/minio:x\n    environment: ['MINIO_ROOT_PASSWORD=${P}']\n    ports: ['9000:9000']\n",
    },
    {
      title: "for this machine, or other containers",
      source:
        "services:\n  a:\n    image: redis:8\n    ports: ['127.0.0.1:6379:6379']\n  b:\n    image: mongo:8\n    expose: ['27017']\n",
    },
    {
      title: "set where it is not seen",
      source:
        "services:\n  a:\n    image: redis:8\n    command: redis-server /etc/redis.conf\n    ports: ['6379:6379']\n  b:\n    image: mongo:8\n    env_file: .env\n    ports: ['27017:27017']\n  c:\n    image: redis:8\n    command: [sh, -c, $START]\n    ports: ['6379:6379']\n  d:\n    image: mongo:8\n    volumes: ['./mongod.conf:/etc/mongod.conf']\n    ports: ['27017:27017']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, reference, span } of takenServiceImages(document)) {
      const program = programBehind(service)?.name;
      const need = program === undefined ? undefined : needs.get(program);
      if (program === undefined || need === undefined || !isReachable(service)) continue;
      if (need.upTo !== undefined && !(majorOf(reference.tag) <= need.upTo)) continue;
      if (mayBeSet(service, need)) continue;
      report(need.hasDefault === true ? "known" : "open", [shorten(service.name, 24), program], { at: span });
    }
  },
});

interface Need {
  /** In the name of a variable, or in the command. */
  readonly setBy: RegExp;
  /** The last major version that is open as it comes; all where it is missing. */
  readonly upTo?: number;
  readonly hasDefault?: true;
}

/** By the name that {@link programBehind} gives; what each image documents. */
const needs: ReadonlyMap<string, Need> = new Map<string, Need>([
  ["Redis", { setBy: /PASS|REDIS_ARGS|requirepass|aclfile/i }],
  ["Valkey", { setBy: /PASS|EXTRA_FLAGS|requirepass|aclfile/i }],
  ["MongoDB", { setBy: /PASS|--auth\b|keyFile/i }],
  ["Elasticsearch", { setBy: /ELASTIC_PASSWORD|xpack\.security\.enabled|XPACK_SECURITY/, upTo: 7 }],
  ["InfluxDB", { setBy: /AUTH_ENABLED/, upTo: 1 }],
  ["Meilisearch", { setBy: /MASTER_KEY|master-key/ }],
  ["Qdrant", { setBy: /API_KEY/ }],
  [
    "MinIO",
    { setBy: /MINIO_ROOT_PASSWORD|MINIO_SECRET_KEY|PASSWORD_FILE|SECRET_KEY_FILE/, hasDefault: true },
  ],
]);

/** NaN for a tag that begins with no number. */
function majorOf(tag: string | undefined): number {
  return Number(/^v?(\d{1,4})(?!\d)/.exec(tag ?? "")?.[1]);
}

/** Whether a password is set, may be set where this file does not show it, or is refused in so many words, which is said elsewhere. */
function mayBeSet(service: Service, { setBy }: Need): boolean {
  if (
    !service.complete ||
    service.envFiles.length > 0 ||
    service.configs.length > 0 ||
    service.secrets.length > 0
  )
    return true;
  const words = [service.entrypoint, service.command].flatMap((field) => field?.value.words ?? []);
  return (
    openingVariables(service).length > 0 ||
    words.some(({ raw }) => setBy.test(raw) || /\$|\.(?:conf|cnf|ya?ml|toml|sh)\b/.test(raw)) ||
    service.environment.some((named) => setBy.test(named.name)) ||
    service.volumes.some(
      ({ target }) =>
        target === undefined ||
        /\.(?:conf|cnf|ya?ml|toml|sh|acl)$|\/(?:etc|config|conf)(?:\/|$)/.test(target),
    )
  );
}
