import assert from "node:assert/strict";
import test from "node:test";
import secretNameInEnv from "../../../server/src/rules/dockerfile/secret-name-in-env";
import { findingsOf, inputFor } from "../../support/check";
import { randomFrom } from "../../support/corpus";

const hex = (length: number) => "0b9a4c0f3f6c6f1e3d5a7b9c1d3e5f7092b4d6f8".repeat(4).slice(0, length);

/** What is no secret, by what it is: each as `NAME=value` of an ENV. */
const quiet: Readonly<Record<string, readonly string[]>> = {
  placeholders: [
    "DB_PASSWORD=changeme SECRET_KEY=change-me API_KEY=your-api-key AUTH_TOKEN=<token> CLIENT_SECRET=<client-secret>",
    "DB_PASSWORD=CHANGE_ME API_TOKEN=your_token_here API_KEY=YOUR_API_KEY SECRET_KEY=replace-me ACCESS_TOKEN=xxxxxxxx",
    "API_SECRET=TODO DB_PASSWORD=<password> SMTP_PASSWORD=your-password-here JWT_SECRET=change-this-secret API_KEY=dummy",
    "SECRET_KEY_BASE=dummy APP_SECRET=placeholder DB_PASSWORD=*** API_TOKEN=XXXXXXXXXXXX API_KEY=insert-key-here",
    "DB_PASSWORD=${DB_PASSWORD} ADMIN_PASSWORD=<your-password> API_KEY=REPLACE_ME AUTH_TOKEN=example-token SECRET_KEY=todo",
    "STRIPE_SECRET_KEY=sk_test_xxxxxxxxxxxx OPENAI_API_KEY=sk-... SENDGRID_API_KEY=SG.xxxx API_TOKEN=your-token-goes-here",
    "CLIENT_SECRET=your_client_secret API_KEY=example DB_PASSWORD=fill-me-in SESSION_SECRET=please-change-me",
  ],
  "nothing, and switches": [
    "DB_PASSWORD= API_KEY='' AUTH_TOKEN=none SECRET_KEY=null API_TOKEN=false USE_SECRET=true ENABLE_PASSWORD=yes",
    "ALLOW_EMPTY_PASSWORD=yes MYSQL_ALLOW_EMPTY_PASSWORD=1 MYSQL_RANDOM_ROOT_PASSWORD=yes TOKEN_AUTH=on",
    "PASSWORD_LOGIN=disabled REQUIRE_PASSWORD=0 SECRET_ROTATION=off HAS_TOKEN=no",
  ],
  references: [
    "DB_PASSWORD=$X API_KEY=${X} AUTH_TOKEN=${X:-} SECRET_KEY=prefix-${X} DATABASE_PASSWORD=${DB_PASS:?needed}",
    "API_TOKEN={{token}} CLIENT_SECRET=%SECRET% VAULT_SECRET=vault:secret/data/x#y OP_TOKEN=op://vault/item/field",
    "AWS_SECRET=arn:aws:secretsmanager:eu-west-1:123456789012:secret:x SECRET=secretref://x",
  ],
  paths: [
    "DB_PASSWORD_FILE=/run/secrets/db SECRET_KEY=/run/secrets/key TLS_KEY=/etc/ssl/private/tls.key API_KEY=./key.pem",
    "SSL_KEY=certs/server.key PRIVATE_KEY=~/.ssh/id_rsa TRUST_STORE_PASSWORD=/opt/server.pass JWT_SECRET_PATH=/x",
    "KEYSTORE=/app/keystore.jks TOKEN_FILE=/var/run/token PASSWORD_FILE=pw.txt GOOGLE_APPLICATION_CREDENTIALS=/key.json",
    "SSH_KEY_FILE=id_rsa SECRETS_DIR=/run/secrets SSL_CERT_KEY=/etc/nginx/ssl/a.key",
  ],
  "versions and numbers": [
    "LIBSECRET_VERSION=0.20.5 KEYCLOAK_VERSION=26.1.0 TOKEN_TTL=3600 PASSWORD_MIN_LENGTH=12 TOKEN_EXPIRY=24h",
    "SECRET_SANTA_YEAR=2026 VAULT_VERSION=1.18.0 KEY_SIZE=4096 TOKEN_LENGTH=32 MAX_TOKENS=4096 PASSWORD_ROUNDS=10",
    "OPENSSL_KEY_BITS=2048 SESSION_TOKEN_LIFETIME=30m API_KEY_ROTATION_DAYS=90 KEYDB_VERSION=6.3.4",
  ],
  "names, ids and addresses": [
    "SECRET_NAME=db-credentials KEY_NAME=main TOKEN_URL=https://id.example.com/token PASSWORD_RESET_URL=https://x.io/r",
    "API_KEY_HEADER=X-Api-Key TOKEN_ISSUER=example TOKEN_TYPE=bearer SECRET_MANAGER=vault KEY_ID=main SSH_KEY_TYPE=rsa",
    "CLIENT_ID=2f6c1f0e-8d0b-4d25-9a5c-2b1c0e7f9a11 TENANT_ID=2f6c1f0e-8d0b-4d25-9a5c-2b1c0e7f9a11 SECRET_ID=abc",
    "PARTITION_KEY=customer SORT_KEY=date PRIMARY_KEY=id CACHE_KEY=v2 REDIS_KEY_PREFIX=app KEY_ALGORITHM=ed25519",
    "AWS_ACCESS_KEY_NAME=x PASSWORD_COLUMN=passwd AUTH_METHOD=oidc TOKENIZER=gpt2 TOKENIZERS_PARALLELISM=false",
    "KEYBOARD=us MONKEY=1 KEYMAP=de PASSENGER_APP_ENV=production COMPASS=north BYPASS=x PASSIVE_MODE=on",
  ],
  "fingerprints and checksums": [
    "GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D GPG_KEYS=4AEE18F83AFDEB23 NODE_KEY_FINGERPRINT=SHA256:x",
    `DOWNLOAD_SHA256=${hex(64)} KEY_SHA1=${hex(40)} TOKEN_MD5=${hex(32)} RUBY_DOWNLOAD_SHA256=${hex(64)}`,
    `IMAGE=node@sha256:${hex(64)} PGP_KEY=0x6D975C4791E7EE5E NGINX_GPGKEY=573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62`,
  ],
  "public by design": [
    "SSH_PUBLIC_KEY='ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me' PUBLIC_KEY=abcdef STRIPE_PUBLISHABLE_KEY=x",
    "KEY_CONVERTER=org.apache.kafka.connect.storage.StringConverter ROLE_CLAIM_KEY=.role",
    "VAPID_PUBLIC_KEY=x JWT_PUBLIC_KEY=/x.pub RECAPTCHA_SITE_KEY=x",
  ],
  "packages and programs": [
    "PACKAGES='libsecret libsecret-1-dev' DEPS='gnome-keyring pass' EXTENSIONS='password-policy token-auth'",
    "PASSWORD_HASHER=argon2 TOKEN_PARSER=jwt KEYCLOAK_IMAGE=keycloak VAULT_ADDR=https://vault:8200 PASSBOLT_URL=https://x",
    "SECRETS_BACKEND=vault CREDENTIALS_STORE=desktop TOKEN_STORE=redis PASSWORD_POLICY=strict SECRET_STORE_TYPE=file",
    "KEYRING_BACKEND=file KEYSTORE_TYPE=PKCS12 TRUSTSTORE_TYPE=jks AUTH_PROVIDER=ldap OAUTH_SCOPE=email",
    "TOKEN_HEADER=Authorization CSRF_COOKIE_NAME=csrftoken SESSION_COOKIE_NAME=sid PASSWORD_FIELD=pw",
    "SECRET_REGION=eu-west-1 KMS_KEY_ID=alias/main KMS_KEY_ARN=arn:aws:kms:eu-west-1:123456789012:key/x SSH_KEY_NAME=deploy",
    "PASSPORT_STRATEGY=saml TOKEN_BUCKET_SIZE=100 TOKEN_LIMIT=5 KEYS_DIR=/keys SECRET_PATH=secret/data/app",
    "AUTH_URL=https://id.example.com TOKEN_ENDPOINT=/oauth/token PASSWORD_PROMPT=Password: KEY_FORMAT=pem",
    "GITHUB_TOKEN_PERMISSIONS=read SECRET_COUNT=3 API_KEY_NAME=x-key API_KEY_ID=main CLIENT_SECRET_FILE=cs.txt",
    "NPM_TOKEN_FILE=/run/secrets/npm AWS_SECRET_NAME=prod/db SECRET_ENGINE=kv TOKEN_VERSION=2 PASSWORD_ENCODING=utf8",
    "DB_PASSWORD_SECRET_NAME=db JWT_ALGORITHM=RS256 JWT_EXPIRES=15m JWT_ISSUER=me JWT_AUDIENCE=app SSL_KEY_PATH=/k",
    "SECRET_LABEL=app TOKEN_SOURCE=vault PASSWORD_HINT=none AUTH_MODE=none KEY_USAGE=digitalSignature API_KEY_PREFIX=x",
    "TOKEN_ISSUER_URL=https://x.io SECRET_NAMESPACE=default PASSWORD_MAX_AGE=90 KEYTAB=/etc/krb5.keytab KEYSPACE=main",
    "GIT_ASKPASS=/bin/true SSH_ASKPASS=/x SUDO_ASKPASS=/x HOMEBREW_NO_AUTO_UPDATE=1 NPM_CONFIG_KEY=",
  ],
};

const names = [
  ...[
    "DB_PASSWORD",
    "MYSQL_ROOT_PASSWORD",
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "SMTP_PASS",
    "ADMIN_PASSWORD",
  ],
  ...["API_TOKEN", "AUTH_TOKEN", "ACCESS_TOKEN", "NPM_TOKEN", "GITHUB_TOKEN", "BOT_TOKEN", "REFRESH_TOKEN"],
  ...["SECRET_KEY", "SECRET_KEY_BASE", "APP_SECRET", "JWT_SECRET", "CLIENT_SECRET", "SESSION_SECRET"],
  ...[
    "API_KEY",
    "ENCRYPTION_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "STORAGE_ACCOUNT_KEY",
    "SIGNING_KEY",
    "dbPassword",
  ],
];

test("two hundred values are no secrets", () => {
  let count = 0;
  for (const [kind, lines] of Object.entries(quiet))
    for (const line of lines) {
      const source = `FROM debian:12\nENV ${line}\n`;
      const found = findingsOf(secretNameInEnv, inputFor(secretNameInEnv, source));
      assert.deepEqual(
        found.map(({ message }) => message),
        [],
        kind,
      );
      count += line.split(/ (?=[A-Za-z_]+=)/).length;
    }
  assert.ok(count >= 200, `${count}`);
});

test("a hundred secrets are reported: made by machines and chosen by people, under twenty-five names", () => {
  const random = randomFrom(20261122);
  const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const machine = (length: number) =>
    Array.from({ length }, (_, at) =>
      at % 9 === 4 ? "7" : letters[Math.floor(random() * letters.length)],
    ).join("");
  const chosen = ["kraken", "harbour", "lantern", "walrus"];
  for (const [index, name] of names.entries()) {
    const values = [
      machine(24),
      machine(40),
      `${chosen[index % 4]}-Hunts-${index + 11}`,
      `${chosen[(index + 1) % 4]}${index}Pw!`,
    ];
    for (const value of values) {
      const source = `FROM debian:12\nENV A=1 ${name}="${value}" B=2\n`;
      const found = findingsOf(secretNameInEnv, inputFor(secretNameInEnv, source));
      assert.equal(found.length, 1, `${name}=${value}`);
    }
  }
  assert.equal(names.length * 4, 100);
});
