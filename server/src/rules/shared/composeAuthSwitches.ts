import type { NamedValue, Service } from "../../documents/compose/model";

/** A setting with which a program lets everybody in. */
interface AuthSwitch {
  /** Of the program, for people. */
  readonly program: string;
  /** By the whole value, in lower case and without quotes. */
  readonly off: RegExp;
  /** Whether it only allows an empty password, so that a password that is set all the same counts. */
  readonly allowsEmpty?: true;
}

const yes = /^(?:true|yes|y|on|1)$/;
const no = /^(?:false|no|n|off|0|disabled)$/;
/** The official images of MySQL and MariaDB take any text but the empty one. */
const anything = /^.+$/;

/** Environment variables, as each image documents them. */
const authVariables: ReadonlyMap<string, AuthSwitch> = new Map<string, AuthSwitch>([
  ["POSTGRES_HOST_AUTH_METHOD", { program: "PostgreSQL", off: /^trust$/ }],
  ["MYSQL_ALLOW_EMPTY_PASSWORD", { program: "MySQL", off: anything, allowsEmpty: true }],
  ["MYSQL_ALLOW_EMPTY_ROOT_PASSWORD", { program: "MySQL", off: anything, allowsEmpty: true }],
  ["MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", { program: "MariaDB", off: anything, allowsEmpty: true }],
  ["MARIADB_ALLOW_EMPTY_PASSWORD", { program: "MariaDB", off: anything, allowsEmpty: true }],
  ["ALLOW_EMPTY_PASSWORD", { program: "the database", off: yes, allowsEmpty: true }],
  ["ALLOW_ANONYMOUS_LOGIN", { program: "ZooKeeper", off: yes }],
  ["ALLOW_NONE_AUTHENTICATION", { program: "etcd", off: yes }],
  ["xpack.security.enabled", { program: "Elasticsearch", off: no }],
  ["XPACK_SECURITY_ENABLED", { program: "Elasticsearch", off: no }],
  ["plugins.security.disabled", { program: "OpenSearch", off: yes }],
  ["DISABLE_SECURITY_PLUGIN", { program: "OpenSearch", off: yes }],
  ["NEO4J_AUTH", { program: "Neo4j", off: /^none$/ }],
  ["NEO4J_dbms_security_auth__enabled", { program: "Neo4j", off: no }],
  ["INFLUXDB_HTTP_AUTH_ENABLED", { program: "InfluxDB", off: no }],
  ["CLICKHOUSE_SKIP_USER_SETUP", { program: "ClickHouse", off: yes }],
  ["SURREAL_UNAUTHENTICATED", { program: "SurrealDB", off: yes }],
  ["AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED", { program: "Weaviate", off: yes }],
  ["GF_AUTH_ANONYMOUS_ORG_ROLE", { program: "Grafana", off: /^admin$/ }],
  ["ME_CONFIG_BASICAUTH", { program: "mongo-express", off: no }],
  ["ME_CONFIG_BASICAUTH_ENABLED", { program: "mongo-express", off: no }],
  ["PGADMIN_CONFIG_SERVER_MODE", { program: "pgAdmin", off: no }],
  ["WEBUI_AUTH", { program: "Open WebUI", off: no }],
  ["DISABLE_AUTH", { program: "RStudio", off: yes }],
  ["JUPYTER_TOKEN", { program: "Jupyter", off: /^$/ }],
]);

interface AuthOption {
  readonly program: string;
  readonly option: RegExp;
  /** What must stand in the command or be the image, where the option alone does not say whose it is. */
  readonly within?: RegExp;
}

/** Options on command lines, as each program's manual has them; words are joined by one blank. */
const options: readonly AuthOption[] = [
  { program: "Redis", option: /--protected-mode ["']?no\b/ },
  { program: "MongoDB", option: /--noauth\b/, within: /mongo/ },
  { program: "MySQL", option: /--skip-grant-tables\b/ },
  { program: "Jupyter", option: /--(?:NotebookApp|ServerApp|IdentityProvider)\.token=?(?:''|"")?(?=\s|$)/ },
  { program: "Elasticsearch", option: /-E ?xpack\.security\.enabled=false\b/ },
  { program: "CockroachDB", option: /--insecure\b(?!=false)/, within: /cockroach/ },
  { program: "code-server", option: /--auth[= ]none\b/, within: /code-server/ },
  { program: "SurrealDB", option: /--unauthenticated\b/, within: /surreal/ },
];

/**
 * The option with which a command switches authentication off.
 * @param line the whole command, with one blank between words
 * @param image the repository of the image, in lower case
 * @returns with the place of the option in the line
 */
export function authOptionIn(
  line: string,
  image: string,
): { readonly program: string; readonly from: number; readonly to: number } | undefined {
  for (const { program, option, within } of options) {
    const match = option.exec(line);
    if (match === null || within?.test(`${image} ${line}`) === false) continue;
    return { program, from: match.index, to: match.index + match[0].length };
  }
  return undefined;
}

/** The variables of a service that let everybody in, with the program that they open. */
export function openingVariables(
  service: Service,
): readonly { readonly named: NamedValue; readonly program: string }[] {
  const found = service.environment.flatMap((named) => {
    const known = authVariables.get(named.name);
    const text = named.value?.value?.trim().replace(/^["']|["']$/g, "");
    if (known === undefined || text === undefined || !known.off.test(text.toLowerCase())) return [];
    return [{ named, ...known }];
  });
  if (!found.some(({ allowsEmpty }) => allowsEmpty === true) || !setsPassword(service)) return found;
  return found.filter(({ allowsEmpty }) => allowsEmpty !== true);
}

function setsPassword({ environment }: Service): boolean {
  return environment.some(
    ({ name, value }) => /PASSWORD(?:_FILE)?$/.test(name) && !/ALLOW|RANDOM/.test(name) && value?.raw !== "",
  );
}
