import { secretFilesOf } from "../../documents/compose/builds";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { composeKey } from "../shared/composeReferences";
import { environmentSecrets } from "../shared/environmentFiles";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-env-file-committed",
  language: "project",
  title: "No environment file with secrets is in git",
  why: `What is in git stays in every clone and in the history, also after it was removed: whoever can read the repository
has the passwords. Keep the file out (\`git rm --cached\`, a line in \`.gitignore\`), commit an \`.env.example\` without
values in its place, and change every secret that was in it.

The index of git is read, not its history, and only an environment file that git tracks is opened. Reported are variables
with the name of a secret and a value that would open something, high for a chosen or random one, medium for one that
everybody knows, such as \`postgres\`. A file with settings alone is fine. Where the index cannot be read, in the browser for
one, the file counts as not checked. There is no fix, since git must forget the file, too.`,
  category: "secrets",
  severity: "high",
  marksNoSecret: true,
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["docksec:compose-env-file-secret-risk", "cis:4.10", "cwe:312", "cwe:540"],
  references: [
    composeKey("env_file"),
    owaspSecrets,
    cisDocker,
    cwe(540, "Inclusion of sensitive information in source code"),
  ],
  local: true,
  messages: {
    tracked: (name: string, more: string) =>
      `This file is in git with ${name}${more}, for everyone who can read it`,
  },
  bad: [
    {
      title: "a password that was committed",
      source: "services:\n  web:\n    image: app:1\n    env_file: «./web.env»\n",
      context: {
        neighbours: { "web.env": "MODE=prod\nDB_PASSWORD=tide-and-time\n" },
        git: { "web.env": "tracked" },
      },
    },
    {
      title: "the long form, and one that everybody knows",
      source: "services:\n  db:\n    image: postgres:17\n    env_file:\n      - path: «db/.env»\n",
      context: {
        neighbours: { "db/.env": "POSTGRES_PASSWORD=postgres\n" },
        git: { "db/.env": "tracked" },
      },
    },
  ],
  good: [
    {
      title: "ignored, or not there",
      source: "services:\n  web:\n    image: app:1\n    env_file: [web.env, other.env]\n",
      context: { neighbours: { "web.env": "DB_PASSWORD=tide-and-time\n" }, git: { "web.env": "ignored" } },
    },
    {
      title: "settings, references and gaps to fill",
      source: "services:\n  web:\n    image: app:1\n    env_file: web.env\n",
      context: {
        neighbours: {
          "web.env": "# PASSWORD=old\nMODE=prod\nDB_PASSWORD=\nAPI_TOKEN=${TOKEN}\nSECRET_KEY=changeme\n",
        },
        git: { "web.env": "tracked" },
      },
    },
  ],
  check({ compose }, { facts, report, notChecked }) {
    for (const { kind, path, span } of secretFilesOf(compose)) {
      const git = facts.git.get(path);
      if (kind !== "env_file" || git === undefined || git.state === "absent") continue;
      if (git.state === "unknown") {
        notChecked(`whether git tracks ${shorten(path, 60)} is not known: ${git.reason}`, span);
        continue;
      }
      const secrets = environmentSecrets(facts.committedTexts.get(path) ?? "");
      const [first] = secrets;
      if (git.value !== "tracked" || first === undefined) continue;
      const isKnownToAll = secrets.every(({ judgement }) => judgement === "weak-default");
      const severity: Severity = isKnownToAll ? "medium" : "high";
      const more = secrets.length === 1 ? "" : ` and ${secrets.length - 1} more`;
      report("tracked", [shorten(first.name, 40), more], { at: span, severity });
    }
  },
});
