/**
 * How sure it is that a file of this name holds a secret: `high` for keys and credentials, `medium` for files that
 * often do (`.npmrc`, an `.env` for tests). Public halves, certificates, examples and keys of package archives are none.
 *
 * @param path of a source as written, patterns included; only its last parts count
 */
export function secretFileSeverity(path: string): "high" | "medium" | undefined {
  const parts = path
    .slice(-300)
    .toLowerCase()
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== ".");
  const name = parts.at(-1);
  if (name === undefined || harmless.test(name)) return undefined;
  const folder = parts.at(-2) ?? "";
  if (/^\.env(?:\.[a-z0-9_-]{1,30}){0,3}\*?$/.test(name)) return softEnv.test(name) ? "medium" : "high";
  if (secretFolders.has(name)) return "high";
  if (secretFolders.has(folder))
    return harmlessInFolder.test(name) && folder !== ".kube" ? undefined : "high";
  if (certain.has(name) || certainForms.some((form) => form.test(name))) return "high";
  if (folder === ".docker" && name === "config.json") return "high";
  if (/\.(?:pem|key)$/.test(name)) {
    if (publicHalf.test(name)) return undefined;
    // A `.pem` holds a certificate as often as a key.
    return name.endsWith(".key") || /key|priv/.test(name) ? "high" : "medium";
  }
  return likely.has(name) || /\.(?:tfvars|jks|keystore)$/.test(name) ? likelyUnlessTrust(name) : undefined;
}

/**
 * Whether a file becomes a secret by where it is copied to: a folder such as `.ssh`, or a key's name.
 *
 * @param destination as written; a folder where it ends in a slash or is one of these folders
 */
export function isSecretPlace(source: string, destination: string): boolean {
  const parts = destination.slice(-300).toLowerCase().split("/");
  const leaf = source.slice(-300).toLowerCase().split("/").at(-1) ?? "";
  if (harmless.test(leaf) || harmlessInFolder.test(leaf)) return false;
  const last = parts.at(-1) ?? "";
  if (last === "" || secretFolders.has(last)) return secretFolders.has(last || (parts.at(-2) ?? ""));
  return keyName.test(last) || (secretFolders.has(parts.at(-2) ?? "") && !harmlessInFolder.test(last));
}

function likelyUnlessTrust(name: string): "medium" | undefined {
  return /trust|cacerts/.test(name) ? undefined : "medium";
}

const harmless =
  /\.pub$|(?:^|[._-])(?:examples?|samples?|templates?|tmpl|tpl|dist|defaults?|schema|mock|dummy|fake|placeholder|md)(?:[._-]|$)|\.(?:j2|erb)$/;
const softEnv = /\.(?:dev|development|test|testing|ci|docker|build|e2e|vault)(?:\.|\*?$)/;
const harmlessInFolder =
  /^(?:known_hosts2?|(?:sshd?_)?config|authorized_keys|environment|rc|\*\.pub)$|\.conf$/;
const publicHalf =
  /cert|^ca[._-]|[._-]ca[._-]|bundle|chain|pub|root|^ca\.|gpg|apt|repo|archive|release|sign|dh|csr/;

const secretFolders: ReadonlySet<string> = new Set([".ssh", ".aws", ".gnupg", ".kube", ".azure", ".gcloud"]);

const certain: ReadonlySet<string> = new Set(
  (
    "id_rsa id_dsa id_ecdsa id_ed25519 .netrc _netrc .git-credentials .pgpass .my.cnf .pypirc .dockercfg " +
    ".vault-token credentials.json client_secret.json kubeconfig secrets.yml secrets.yaml secrets.json secret.txt " +
    "secrets.txt password.txt passwords.txt master.key .s3cfg .boto .htpasswd application_default_credentials.json"
  ).split(" "),
);

const keyName = /^(?:\w{1,30}[._-])?id_(?:rsa|dsa|ecdsa|ed25519)(?:[._-]\w{1,30}|\*)?$/;

const certainForms: readonly RegExp[] = [
  keyName,
  /\.(?:p12|pfx|ppk|kdbx|ovpn|tfstate)$/,
  /^(?:gcp|gcloud|google|firebase)?[._-]?service[._-]?account(?:[._-]?(?:key|credentials))?\.json$/,
  /^(?:aws|gcp|gcloud|google|azure|firebase|service|docker)[._-]credentials(?:\.(?:json|csv|txt|ini))?$/,
];

const likely: ReadonlySet<string> = new Set([".npmrc", ".yarnrc.yml", "nuget.config", "wallet.dat"]);
