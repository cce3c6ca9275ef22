import { rememberMany } from "../../../text/rememberMany";

export type SecretKind = "password" | "token" | "key" | "secret" | "credential";

/** What the name of a variable says about its value. */
export interface SecretName {
  readonly kind: SecretKind;
  /** Weak where the word has other meanings as well (`KEY`, `AUTH`, `PWD`): then only the value decides. */
  readonly strength: "strong" | "weak";
}

/**
 * Judges a variable, option or field name by its words: `DB_PASSWORD`, `npm-token`, `secretAccessKey`.
 *
 * Names whose value is something *about* a secret (a path, an id, a lifetime, a switch) are no secret names, nor
 * are public keys and names of GPG signing keys. URLs are not judged here, but by their value.
 *
 * @param name at most 200 characters are looked at
 */
export const secretName: (name: string) => SecretName | undefined = rememberMany((name) => name, judgeName);

function judgeName(name: string): SecretName | undefined {
  const words = wordsOf(name.slice(0, 200));
  if (words.length === 0 || isAboutSecrets(words)) return undefined;
  const found = matchPhrase(words) ?? matchWord(words);
  if (!found || found.strength === "weak") return found;
  // Words of another meaning after the secret one (`SECRET_SANTA_YEAR`) leave doubt.
  return found.end === words.length ||
    words.slice(found.end).every((word) => qualifiers.has(word) || /^\d+$/.test(word))
    ? { kind: found.kind, strength: "strong" }
    : { kind: found.kind, strength: "weak" };
}

interface Match extends SecretName {
  /** The index after the last word that matched. */
  readonly end: number;
}

/** Splits at every character that is no letter or digit, and where camel case starts a word; lower case. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function isAboutSecrets(words: readonly string[]): boolean {
  const first = words[0] ?? "";
  const last = words[words.length - 1] ?? "";
  if (aboutWhenLast.has(last) || aboutWhenFirst.has(first) || words.some((word) => aboutAnywhere.has(word)))
    return true;
  const text = ` ${words.join(" ")} `;
  if (harmlessPhrases.some((phrase) => text.includes(` ${phrase} `))) return true;
  // `GPG_KEY` is the fingerprint of a signing key; `GPG_PRIVATE_KEY` and `GPG_PASSPHRASE` are not.
  return words.some((word) => word === "gpg" || word === "pgp") && /^keys?$/.test(last) && !hasPrivate(words);
}

function hasPrivate(words: readonly string[]): boolean {
  return words.some((word) => word === "private" || word === "secret" || word === "signing");
}

/** The last two-word phrase of the name that names a secret. */
function matchPhrase(words: readonly string[]): Match | undefined {
  for (let index = words.length - 2; index >= 0; index--) {
    const found = phrases.get(`${words[index]} ${words[index + 1]}`);
    if (found) return { ...found, end: index + 2 };
  }
  return undefined;
}

/** The last strong word of the name, or else its last weak one. */
function matchWord(words: readonly string[]): Match | undefined {
  let weak: Match | undefined;
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] ?? "";
    const found = judgeWord(word);
    const meant = found?.strength === "strong" || (found && isWeakMeant(words, index)) ? found : undefined;
    // `DB_PASS` and `DBPASS` leave no doubt, while `PASS` alone does.
    if (meant?.strength === "strong" || (meant && /(?:pass|pwd)$|^pw$/.test(word))) {
      return { kind: meant.kind, strength: "strong", end: index + 1 };
    }
    weak ??= meant && { ...meant, end: index + 1 };
  }
  return weak;
}

function judgeWord(word: string): SecretName | undefined {
  const exact = singleWords.get(word);
  if (exact) return exact;
  if (word.length > 40 || notSuffixed.has(word)) return undefined;
  return suffixes.find(([suffix]) => word.endsWith(suffix))?.[1];
}

/** Weak words mean a secret only at the end of a name (`LDAP_PASS`), and not after a word that gives another sense. */
function isWeakMeant(words: readonly string[], index: number): boolean {
  const before = words[index - 1] ?? "";
  const rest = words.slice(index + 1);
  if (!rest.every((word) => qualifiers.has(word) || /^\d+$/.test(word))) return false;
  const word = words[index] ?? "";
  if (meantWeak.includes(word)) return index > 0 && !otherPasses.has(before);
  return word !== "key" && word !== "keys" ? true : !otherKeys.has(before);
}

const strong = (kind: SecretKind): SecretName => ({ kind, strength: "strong" });
const weak = (kind: SecretKind): SecretName => ({ kind, strength: "weak" });
const setOf = (...lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.split(" ")));

const singleWords: ReadonlyMap<string, SecretName> = new Map([
  ["password", strong("password")],
  ["passwd", strong("password")],
  ["passphrase", strong("password")],
  ["pword", strong("password")],
  ["passcode", strong("password")],
  ["passwords", weak("password")],
  ["pass", weak("password")],
  ["pwd", weak("password")],
  ["pw", weak("password")],
  ["psk", weak("password")],
  ["htpasswd", weak("password")],
  ["token", strong("token")],
  ["tokens", weak("token")],
  ["jwt", weak("token")],
  ["pat", weak("token")],
  ["bearer", weak("token")],
  ["secret", strong("secret")],
  ["secrets", weak("secret")],
  ["salt", weak("secret")],
  ["pepper", weak("secret")],
  ["hmac", weak("secret")],
  ["key", weak("key")],
  ["keys", weak("key")],
  ["auth", weak("credential")],
  ["authorization", weak("credential")],
  ["credential", weak("credential")],
  ["credentials", weak("credential")],
  ["creds", weak("credential")],
  ["cookie", weak("credential")],
]);

/** Two words that together name a secret, whatever the first would mean alone. */
const phrases: ReadonlyMap<string, SecretName> = new Map(
  [
    ..."access account admin api app auth consumer cookie crypt deploy encryption fernet hmac jwt master private root".split(
      " ",
    ),
    ..."secret security session shared signing ssh storage subscription unseal webhook write".split(" "),
  ].map((word): [string, SecretName] => [`${word} key`, strong("key")]),
);

/** Weak words that leave no doubt where they end a name of several words, or a longer word. */
const meantWeak: readonly string[] = ["pass", "pwd", "pw"];

/** Words written together: `APIKEY`, `PGPASSWORD`, `ROOTPASS`. */
const suffixes: readonly (readonly [suffix: string, found: SecretName])[] = [
  ["password", strong("password")],
  ["passwd", strong("password")],
  ["passphrase", strong("password")],
  ["apikey", strong("key")],
  ["accesskey", strong("key")],
  ["secretkey", strong("key")],
  ["privatekey", strong("key")],
  ["masterkey", strong("key")],
  ["authkey", strong("key")],
  ["token", strong("token")],
  ["secret", strong("secret")],
  ["pass", weak("password")],
  ["pwd", weak("password")],
];

/**
 * Pieces of text, in small letters, of which each name has one that is judged strong: words that are so by themselves, the
 * last words of phrases, and those that another word before them makes strong.
 */
export const strongPieces: readonly string[] = [
  ...new Set([
    ...[...singleWords, ...suffixes].flatMap(([word, { strength }]) => (strength === "strong" ? [word] : [])),
    ...[...phrases.keys()].map((phrase) => phrase.slice(phrase.indexOf(" ") + 1)),
    ...meantWeak,
  ]),
];

const notSuffixed = setOf(
  "bypass bypasspath compass encompass overpass oldpwd proxypass surpass trespass underpass multipass",
);

/** What may follow the word without changing what the value is. */
const qualifiers = setOf(
  "admin b64 backup base base64 body bot ci client custom data default demo dev development encoded external hash hex",
  "internal json literal live local main master new old pem plain plaintext primary prod production raw read root secondary",
  "server stage staging string sandbox system test text value web write",
);

/** Last words of names whose value describes a secret: where it lies, how long it lives, what it may do. */
const aboutWhenLast = setOf(
  "checksum digest md5 sha1 sha256 sha384 sha512 sum",
  "age algo algorithm algorithms alias arn attempts attribute audience backend bits bucket cache charset check",
  "checking checks class claim claims column complexity config configmap configuration converter cost count day days",
  "delay dir directory disable disabled driver dummy duration email enable enabled encoding endpoint engine env environ",
  "environment exp expiration expire expires expiry export field file filename files fingerprint folder format generator",
  "grace group hasher hashers header headers hint history host hostname hours id identifier ids index installed interval issuer",
  "iterations kid label len length level lifetime limit link list location login manager max method min minutes mode ms",
  "name names namespace number optional options owner param parameter parser path paths pattern placeholder plugin",
  "policy port prefix prompt protocol provider realm ref reference regex region regexp registry requests require",
  "required requirements reset retries ring rings role rotation rounds rule rules scheme scope scopes seconds secs",
  "serializer server service services size source status storage store strategy strength suffix table template",
  "timeout title ttl type types uri uris url urls usage user username users validation var variable verification verify version",
  "versions window windows",
);

/** First words that make a name a switch. */
const aboutWhenFirst = setOf(
  "allow check disable enable enforce has ignore install is max min no num require skip use with without",
);

const aboutAnywhere = setOf(
  "allowempty dummy keyserver keyservers keyring keyrings pubkey pub public random without nopassword tokenizer",
);

const harmlessPhrases: readonly string[] = [
  "allow empty",
  "cluster token",
  "key checking",
  "key credentials",
  "no password",
  "password reset",
  "password policy",
  "proxy pass",
  "pwd key",
  "secret is",
  "token reviewer",
];

/** Words before `PASS` or `PWD` that make it something else: nginx's `proxy_pass`, a render pass. */
const otherPasses = setOf("by fastcgi first grpc last old pages proxy second single two uwsgi");

/** Words before `KEY` that make it a name, an index or a key on a keyboard. */
const otherKeys = setOf(
  "any arrow cache claim composite config context dedup dict distribution foreign function group hash home hot i18n",
  "index join keyboard lang language lookup map message metadata object partition press primary property public reg",
  "registry routing row search serializer settings shard shift sort state tag tags translation unique value",
);
