import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerBuildSecrets, dockerSecretsCheck, owaspSecrets } from "../shared/references";
import { removeAssignment } from "../shared/removeAssignment";
import { secretAssignments } from "../shared/secretAssignment";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "secret-name-in-env",
  language: "dockerfile",
  title: "No secret is written into the image's environment",
  why: `An ENV value is part of the image: whoever can pull it reads it with \`docker inspect\`, every process of the
container inherits it, and it stays in older layers when a later ENV overwrites it. And it is in the repository, with
its whole history.

Pass the value when the container starts (\`docker run --env\`, a Compose or cluster secret, a file under
\`/run/secrets\`). What only the build needs comes through \`RUN --mount=type=secret\`. Then change the secret: the
old one is out.

The name and the value decide together; the password of a connection string (\`Server=…;Password=…\`) counts whatever the
variable is called. Placeholders, paths, switches, references to variables, key fingerprints and
versions are not reported; a value that everybody knows (\`root\`, \`postgres\`) is medium, one that looks random is
critical. The check cannot know that a value is for tests only: say so in an ignore comment.

The fix deletes the variable. Whatever reads it must then get it at run time.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3064",
    "trivy:DS-0031",
    "checkov:CKV_SECRET_10",
    "kics:passwords_and_secrets",
    "buildkit:SecretsUsedInArgOrEnv",
    "sonar:S6472",
    "dockle:CIS-DI-0010",
    "docker-bench:4.10",
    "droast:DF013",
    "owasp:RULE#12",
    "cis:4.10",
    "cwe:522",
    "cwe:798",
  ],
  references: [
    dockerSecretsCheck,
    dockerBuildSecrets,
    owaspSecrets,
    cisDocker,
    cwe(798, "Use of hard-coded credentials"),
  ],
  local: true,
  needs: { keywords: ["ENV"] },
  messages: {
    literal: (name: string) => `The value of ${name} is in the image for everyone who can pull it`,
    known: (name: string) => `${name} has a value that everybody knows, and it is in the image`,
  },
  bad: [
    {
      title: "a password",
      source: "FROM debian:12\nENV DB_PASSWORD=«correct-horse-staple»\n",
      fixed: "FROM debian:12\n",
    },
    {
      title: "one of several, quoted, on continued lines",
      source: 'FROM debian:12\nENV TZ=UTC \\\n    APP_SECRET=«"Nv8qL2xR7tKe4Wz9"» \\\n    LANG=C\n',
      fixed: "FROM debian:12\nENV TZ=UTC \\\n    LANG=C\n",
    },
    {
      title: "the old form",
      source: 'FROM debian:12\nENV API_TOKEN «f8Kx02mPq7Lw»\nCMD ["app"]\n',
      fixed: 'FROM debian:12\nCMD ["app"]\n',
    },
    {
      title: "a value that everybody knows",
      source: "FROM mysql:8.4\nENV MYSQL_ROOT_PASSWORD=«root»\n",
      fixed: "FROM mysql:8.4\n",
    },
    {
      title: "a connection string, whatever its name is",
      source:
        'FROM debian:12\nENV Shop__Db=«"Server=db;Database=shop;User Id=sa;Password=kraken9hunts;"»\nCMD ["app"]\n',
      fixed: 'FROM debian:12\nCMD ["app"]\n',
    },
    {
      title: "in a trigger",
      source: "FROM debian:12\nONBUILD ENV SECRET_KEY=«hunter-of-whales»\n",
      fixed: "FROM debian:12\n",
    },
  ],
  good: [
    {
      title: "the fingerprint of a signing key",
      source: "FROM debian:12\nENV GPG_KEY A035C8C19219BA821ECEA86B64E628F8D684696D\n",
    },
    {
      title: "paths and files",
      source:
        "FROM debian:12\nENV TLS_PRIVATE_KEY=/opt/tls.key STORE_PASSWORD=/run/secrets/pass DB_PASSWORD_FILE=pw\n",
    },
    {
      title: "switches and other forms",
      source:
        "FROM debian:12\nENV INSTALL_SSHPASS=false SECRET_IS_BASE64=false ROLE_CLAIM_KEY=.role TOKEN_TTL=3600\n",
    },
    {
      title: "placeholders and nothing",
      source: 'FROM debian:12\nENV API_KEY=your-api-key DB_PASSWORD="" AUTH_TOKEN=changeme\n',
    },
    {
      title: "a connection string without a password, and with one that comes from elsewhere",
      source:
        'FROM debian:12\nENV A="Server=db;Database=shop;Integrated Security=true" B="Server=db;User Id=sa;Password=${PW}"\n',
    },
    { title: "a reference", source: "FROM debian:12\nARG VAULT\nENV DB_PASSWORD=${VAULT}\n" },
  ],
  check(document, { report }) {
    for (const { instruction, assignment, index, severity, wording } of secretAssignments(document, "ENV")) {
      report(wording, [shorten(assignment.name)], {
        at: assignment.valueSpan,
        severity,
        fixes: [
          {
            title: `Delete ${shorten(assignment.name)}, to be given at run time`,
            safety: "unsafe",
            edits: [removeAssignment(document, instruction, index)],
          },
        ],
      });
    }
  },
});
