/** Shannon's entropy in bits per character, over the first 256 characters. */
export function entropyPerCharacter(text: string): number {
  const sample = text.slice(0, 256);
  const counts = new Map<string, number>();
  for (const character of sample) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / sample.length) * Math.log2(count / sample.length);
  return entropy;
}

/** Whether a text asks to be replaced: `changeme`, `<your token>`, `xxxx`, `***`, `sk-xxx`. */
export function looksLikePlaceholder(text: string): boolean {
  const sample = text.slice(0, 256);
  if (
    /^<[^>]*>$|^\[[^\]]*\]$|^[({][\w .-]*[)}]$/.test(sample) ||
    (sample.length > 4 && sample.startsWith("__") && sample.endsWith("__")) ||
    /^\.{2,}$|\.{3}$|\u2026/.test(sample)
  )
    return true;
  if (/^(.)\1*$/.test(sample) && sample.length >= 3 && !/\d/.test(sample)) return true;
  if (/[x*#?]{4,}/i.test(sample) || /(?:^|[^a-z0-9])x{3,}(?:$|[^a-z0-9])/i.test(sample)) return true;
  const lower = sample.toLowerCase();
  if (placeholderParts.some((part) => lower.includes(part))) return true;
  return lower.split(/[^a-z]+/).some((word) => placeholderWords.has(word));
}

/**
 * Whether a value is one that everybody tries first: a common password, a part of its own name
 * (`POSTGRES_PASSWORD=postgres`), or such words put together (`rootpassword1`).
 *
 * @param name the variable that the value is given to, empty where there is none
 */
export function isWeakPassword(text: string, name: string): boolean {
  if (text.length > 40) return false;
  const plain = withoutDisguise(text.toLowerCase());
  if (plain === "" || commonPasswords.has(text.toLowerCase()))
    return /\d/.test(text) ? text.length <= 8 || commonPasswords.has(text.toLowerCase()) : true;
  const words = new Set([
    ...commonWords,
    ...name
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word.length > 2),
  ]);
  return isMadeOf(plain, words);
}

/** Undoes the usual replacements (`p@ssw0rd`) and takes out digits and signs. */
function withoutDisguise(text: string): string {
  return text
    .replace(/(?<=[a-z])0|0(?=[a-z])/g, "o")
    .replace(/@/g, "a")
    .replace(/\$/g, "s")
    .replace(/(?<=[a-z])1(?=[a-z])/g, "i")
    .replace(/[^a-z]+/g, "");
}

/** Whether a text can be cut into some of the words; in time of its length squared, which is bounded. */
function isMadeOf(text: string, words: ReadonlySet<string>): boolean {
  const reachable = new Set([0]);
  for (let end = 1; end <= text.length; end++) {
    for (const start of reachable) {
      if (words.has(text.slice(start, end))) {
        reachable.add(end);
        break;
      }
    }
  }
  return reachable.has(text.length);
}

const placeholderParts: readonly string[] = [
  "change-me",
  "change_me",
  "change.me",
  "changeit",
  "changeme",
  "changethis",
  "change-this",
  "change_this",
  "fake_to",
  "fill-me",
  "insert-",
  "insert_",
  "not-a-",
  "not_a_",
  "placeholder",
  "pls-",
  "put-your",
  "replace-",
  "replace_",
  "replaceme",
  "set-me",
  "super-strong",
  "super_strong",
  "to-be-",
  "use-a-",
  "your-",
  "your_",
  "yourpass",
  "yoursecret",
  "yourtoken",
];

const placeholderWords: ReadonlySet<string> = new Set(
  "bar baz dummy enter example fake fixme foo foobar insert mock notused placeholder qux redacted replace sample tbd todo unused your yours".split(
    " ",
  ),
);

const commonPasswords: ReadonlySet<string> = new Set(
  "123 1234 12345 123456 1234567 12345678 123456789 1234567890 111111 000000 abc123 qwerty qwerty123 letmein welcome passw0rd p@ssw0rd p@ssword p4ssw0rd 1q2w3e4r zaq12wsx iloveyou monkey dragon hunter2 s3cr3t s3cret".split(
    " ",
  ),
);

/** Names of products, roles and secrets that are used as passwords. */
const commonWords: readonly string[] = [
  "admin administrator airflow alpine app apache api auth backend base bench benchmark bitnami cassandra change clickhouse",
  "couchdb data database db dba dbuser default demo dev develop developer docker drupal elastic elasticsearch example flask",
  "ghost gitea grafana guest hello ignite influx influxdb insecure integration jenkins joomla kafka keycloak key laravel local",
  "localhost login magento manager maria mariadb master metabase minio mongo mongodb my mysecret mysql nacos neo nexus nextcloud",
  "nginx odoo ora oracle owncloud p pa pass passwd password passwords pg postgres postgresql prod production project pwd",
  "rabbit rabbitmq redis replica repl root sa sample secret secrets server service simple solr some sonar spring sql staging",
  "strong strongpassword super system temp test testing tester toor token tomcat traefik trust user username very vulhub",
  "weak web welcome wiki wordpress world wp xwiki zabbix zookeeper",
].flatMap((line) => line.split(" "));
