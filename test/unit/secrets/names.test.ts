import assert from "node:assert/strict";
import test from "node:test";
import { secretName } from "../../../server/src/rules/shared/secrets/names";

const judged = (name: string) => {
  const found = secretName(name);
  return found && `${found.strength} ${found.kind}`;
};

test("names that leave no doubt", () => {
  const names: Readonly<Record<string, string>> = {
    PASSWORD: "strong password",
    POSTGRES_PASSWORD: "strong password",
    MYSQL_ROOT_PASSWORD: "strong password",
    PGPASSWORD: "strong password",
    DB_PASS: "strong password",
    DBPASS: "strong password",
    SMTP_PWD: "strong password",
    ROOT_PW: "strong password",
    SSHPASS: "strong password",
    REQUIREPASSWD: "strong password",
    GPG_PASSPHRASE: "strong password",
    SE_JAVA_SSL_TRUST_STORE_PASSWORD: "strong password",
    NPM_TOKEN: "strong token",
    npmToken: "strong token",
    "npm-token": "strong token",
    BLACKFIRE_CLIENT_TOKEN: "strong token",
    NPM_AUTHTOKEN: "strong token",
    API_KEY: "strong key",
    APIKEY: "strong key",
    apiKey: "strong key",
    "stripe.api.key": "strong key",
    AWS_SECRET_ACCESS_KEY: "strong key",
    SECRET_KEY_BASE: "strong key",
    SSH_PRIVATE_KEY: "strong key",
    GPG_PRIVATE_KEY: "strong key",
    SSH_KEY_BASE64: "strong key",
    MINIO_SECRET_KEY: "strong key",
    CLIENT_SECRET: "strong secret",
    JWT_SECRET: "strong secret",
    VITE_API_KEY: "strong key",
    DB_PASSWORD_PROD: "strong password",
    TOKEN_2: "strong token",
  };
  for (const [name, expected] of Object.entries(names)) assert.equal(judged(name), expected, name);
});

test("names that leave doubt", () => {
  const names: Readonly<Record<string, string>> = {
    KEY: "weak key",
    TLS_KEY_PEM: "weak key",
    LICENSE_KEY: "weak key",
    NODE_AUTH: "weak credential",
    GOOGLE_APPLICATION_CREDENTIALS: "weak credential",
    COMPOSER_AUTH_JSON: "weak credential",
    PASSWORDS: "weak password",
    SECRET_SANTA_YEAR: "weak secret",
    GITHUB_PAT: "weak token",
  };
  for (const [name, expected] of Object.entries(names)) assert.equal(judged(name), expected, name);
});

test("names about secrets, and other words that look like them", () => {
  const names = [
    ...["GPG_KEY", "GPG_KEYS", "NGINX_GPGKEY_PATH", "PUBLIC_KEY", "SSH_PUBLIC_KEY", "RECAPTCHA_PUBLIC_KEY"],
    ...["KEYSERVER", "KEYRING", "KEYCLOAK_HTTP_PORT", "AWS_ACCESS_KEY_ID", "SQS_QUEUE_KEY_ID", "TOKEN_URL"],
    ...["POSTGRES_PASSWORD_FILE", "MINIO_ACCESS_KEY_FILE", "SSL_KEY_PATH", "SECRETS_DIR", "TOKEN_VERSION"],
    ...["CONNECT_KEY_CONVERTER", "SECRET_KEY_BASE_DUMMY", "PASSWORD_LENGTH", "API_KEY_HEADER", "SECRET_NAME"],
    ...[
      "JWT_SECRET_ALGORITHM",
      "TOKEN_EXPIRY",
      "TOKEN_TTL",
      "ACCESS_TOKEN_EXPIRE_MINUTES",
      "ALLOW_EMPTY_PASSWORD",
    ],
    ...[
      "MYSQL_ALLOW_EMPTY_PASSWORD",
      "MYSQL_RANDOM_ROOT_PASSWORD",
      "NO_PASSWORD",
      "VNC_NO_PASSWORD",
      "INSTALL_SSHPASS",
    ],
    ...[
      "PASSWORD_RESET_DISABLED",
      "PASSWORD_RESET_URL",
      "PWD_KEY",
      "PWD",
      "OLDPWD",
      "ANSIBLE_HOST_KEY_CHECKING",
    ],
    ...[
      "PGRST_SECRET_IS_BASE64",
      "PGRST_ROLE_CLAIM_KEY",
      "KAFKA_SSL_KEY_CREDENTIALS",
      "REGISTRY_AUTH_HTPASSWD_REALM",
    ],
    ...[
      "NGINX_PROXY_PASS_URL",
      "ETCD_INITIAL_CLUSTER_TOKEN",
      "TOKENIZERS_PARALLELISM",
      "AUTHORS",
      "MONKEY",
      "BYPASS",
    ],
    ...[
      "COMPASS",
      "CACHE_KEY",
      "SORT_KEY",
      "MAX_TOKENS",
      "AUTH_USER",
      "KEYBOARD",
      "PATH",
      "VERSION",
      "",
      "___",
    ],
  ];
  for (const name of names) assert.equal(judged(name), undefined, name);
});

test("a name of any length is judged", () => {
  assert.equal(judged("A_".repeat(100_000)), undefined);
  assert.equal(judged("constructor"), undefined);
  assert.equal(judged("__proto__"), undefined);
});
