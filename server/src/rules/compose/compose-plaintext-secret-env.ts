import { defineRule } from "../../engine/rule";
import { composeKey, composeSecrets } from "../shared/composeReferences";
import { requireFromEnvironment } from "../shared/composeRequire";
import { moveToSecretFile } from "../shared/composeSecretFiles";
import { secretVariables } from "../shared/composeSecrets";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-plaintext-secret-env",
  language: "compose",
  title: "No secret is written into the environment of a service",
  why: `The value stands in the repository and its whole history, for everybody who ever gets a clone, and it is the
same on every machine that runs the file. In the running container every process inherits it, \`docker inspect\` shows
it, and crash reports carry it along.

Let Compose read it: \`DB_PASSWORD: \${DB_PASSWORD:?}\` takes it from the shell or an \`.env\` file that is not committed,
and stops where it is missing. Better, give it as a file: \`secrets:\` at the top, the secret's name below the service,
and \`POSTGRES_PASSWORD_FILE: /run/secrets/db\`, which the official database images understand. A second fix writes this
for variables that the image is known to read from a file; the file itself is yours to write. Then change the secret: the
old one is out.

Name and value decide together. Paths, switches, references, fingerprints and numbers are not reported, nor is
the name of an account beside its secret (\`MINIO_ACCESS_KEY\` beside \`MINIO_SECRET_KEY\`). A value that
looks random is critical, one that everybody knows (\`root\`, \`postgres\`, the service's name) medium, a placeholder
such as \`changeme\` low, since it works until somebody changes it. The default in \`\${DB_PASSWORD:-secret}\` counts as
the value. That a database is for development only, the check cannot know: say so in an ignore comment.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "checkov:CKV_SECRET_10",
    "kics:passwords_and_secrets",
    "semgrep:generic.secrets",
    "docker-bench:7.4",
    "owasp:RULE#12",
    "docksec:compose-plaintext-secret-env",
    "cis:4.10",
    "cis:7.4",
    "cwe:256",
    "cwe:798",
  ],
  references: [
    composeSecrets,
    composeKey("environment"),
    owaspSecrets,
    cisDocker,
    cwe(798, "Use of hard-coded credentials"),
  ],
  local: true,
  messages: {
    literal: (name: string) => `The value of ${name} is there for everyone who can read the repository`,
    known: (name: string) =>
      `${name} has a value that everybody knows, so anyone who reaches the service gets in`,
    placeholder: (name: string) => `${name} has a placeholder that works until somebody replaces it`,
  },
  bad: [
    {
      title: "a map",
      source:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: «correct-horse-staple»\n      TZ: UTC\n",
      fixed:
        'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?}"\n      TZ: UTC\n',
    },
    {
      title: "a list, quoted and not",
      source:
        'services:\n  db:\n    image: mysql:8.4\n    environment:\n      - MYSQL_ROOT_PASSWORD=«root»\n      - "APP_SECRET=«Nv8qL2xR7tKe4Wz9»"\n',
      fixed:
        'services:\n  db:\n    image: mysql:8.4\n    environment:\n      - MYSQL_ROOT_PASSWORD=${MYSQL_ROOT_PASSWORD:?}\n      - "APP_SECRET=${APP_SECRET:?}"\n',
    },
    {
      title: "the default of a variable",
      source:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      - POSTGRES_PASSWORD=«${DB_PASS:-correct-horse}»\n",
      fixed:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      - POSTGRES_PASSWORD=${DB_PASS:?}\n",
    },
    {
      title: "a placeholder",
      source: "services:\n  db:\n    image: app:1\n    environment:\n      API_TOKEN: «changeme»\n",
      fixed: 'services:\n  db:\n    image: app:1\n    environment:\n      API_TOKEN: "${API_TOKEN:?}"\n',
    },
    {
      title: "from an anchor, once",
      source:
        "x-env: &env\n  DB_PASSWORD: «correct-horse»\nservices:\n  a:\n    image: x:1\n    environment: *env\n  b:\n    image: x:1\n    environment:\n      <<: *env\n",
      fixed:
        'x-env: &env\n  DB_PASSWORD: "${DB_PASSWORD:?}"\nservices:\n  a:\n    image: x:1\n    environment: *env\n  b:\n    image: x:1\n    environment:\n      <<: *env\n',
    },
  ],
  good: [
    {
      title: "read from outside",
      source:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: ${DB_PASSWORD:?}\n      API_TOKEN:\n      APP_SECRET: $SECRET\n",
    },
    {
      title: "a file",
      source:
        "services:\n  db:\n    image: postgres:17\n    environment:\n      - POSTGRES_PASSWORD_FILE=/run/secrets/db\n      - DB_PASSWORD=/run/secrets/db\n",
    },
    {
      title: "switches, paths and classes",
      source:
        "services:\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_RANDOM_ROOT_PASSWORD: 'yes'\n      SSL_KEY_PATH: /etc/key.pem\n      CONNECT_KEY_CONVERTER: org.apache.kafka.connect.storage.StringConverter\n      PASSWORD_RESET_DISABLED: 1\n",
    },
  ],
  check(document, { report }) {
    for (const { service, named, severity, wording } of secretVariables(document)) {
      report(wording, [shorten(named.name)], {
        at: named.valueSpan,
        severity,
        fixes: [...requireFromEnvironment(document, named), ...moveToSecretFile(document, service, named)],
      });
    }
  },
});
