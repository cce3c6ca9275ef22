import { secretFilesOf } from "../../documents/compose/builds";
import { defineRule } from "../../engine/rule";
import { secretFileSeverity } from "../../knowledge/secretFileNames";
import { composeSecrets } from "../shared/composeReferences";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-secret-file-committed",
  language: "project",
  title: "The files of secrets are not in git",
  why: `A secret with \`file:\` is as secret as that file. In git it stands in every clone and in the history, also after it was
removed: whoever can read the repository has it.

Keep the file out (\`git rm --cached\`, a line in \`.gitignore\`) and change the secret. A file that no line of a \`.gitignore\`
names is not in git yet but comes with the next \`git add .\`: that is low.

Files of \`configs:\` and bind mounts count where their names say that they hold a secret, such as \`server.key\`.

The index of git is read, not its history; the file itself is never opened. A file that only stands in for the real one on
other machines, with a password for tests, may be accepted with an ignore comment. There is no fix, since git must forget
the file, too.`,
  category: "secrets",
  severity: "high",
  marksNoSecret: true,
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:7.4", "cwe:312", "cwe:540"],
  references: [
    composeSecrets,
    owaspSecrets,
    cisDocker,
    cwe(540, "Inclusion of sensitive information in source code"),
  ],
  local: true,
  messages: {
    tracked: () => "This file is in git, so the secret is out for everyone who can read the repository",
    untracked: () => "Nothing keeps this file out of git: the next commit may take it in",
  },
  bad: [
    {
      title: "a file in git",
      source: "services: {}\nsecrets:\n  db:\n    file: «./secrets/db.txt»\n",
      context: { git: { "secrets/db.txt": "tracked" } },
    },
    {
      title: "a file that is not ignored, low",
      source: "services: {}\nsecrets:\n  db: { file: «'db.txt'» }\n",
      context: { git: { "db.txt": "untracked" } },
    },
    {
      title: "a key that is mounted",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - «./tls/server.key»:/etc/tls/server.key:ro\nconfigs:\n  id: { file: «./id_ed25519» }\n",
      context: { git: { "tls/server.key": "tracked", id_ed25519: "tracked" } },
    },
  ],
  good: [
    {
      title: "mounts that are no secrets by their names",
      source:
        "services:\n  web:\n    image: app:1\n    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro', './tls/ca.pem:/ca.pem']\n",
      context: { git: { "nginx.conf": "tracked", "tls/ca.pem": "tracked" } },
    },
    {
      title: "ignored",
      source: "services: {}\nsecrets:\n  db:\n    file: ./secrets/db.txt\n",
      context: { git: { "secrets/db.txt": "ignored" } },
    },
    {
      title: "a certificate, an example, and from the environment",
      source:
        "services: {}\nsecrets:\n  ca: { file: ./ca.crt }\n  demo: { file: ./token.example }\n  t: { environment: TOKEN }\n",
      context: { git: { "ca.crt": "tracked", "token.example": "tracked" } },
    },
  ],
  check({ compose }, { facts, report, notChecked }) {
    for (const { kind, path, span } of secretFilesOf(compose)) {
      const git = facts.git.get(path);
      if (kind === "env_file" || git === undefined || git.state === "absent" || isPublic(path)) continue;
      // What is mounted may be anything: its name must say that it is a secret.
      if (kind === "mounted" && (secretFileSeverity(path) !== "high" || git.state === "unknown")) continue;
      if (git.state === "unknown")
        notChecked(`whether git tracks ${shorten(path, 60)} is not known: ${git.reason}`, span);
      else if (git.value === "tracked") report("tracked", [], { at: span });
      else if (git.value === "untracked") report("untracked", [], { at: span, severity: "low" });
    }
  },
});

/** Certificates and public keys are given as secrets, too; an example is there to be read. */
function isPublic(path: string): boolean {
  return /\.(?:crt|cer|pub|cert)$|(?:^|[./_-])(?:examples?|samples?|templates?|dist)(?:[./_-]|$)/i.test(path);
}
