import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan, insertAt } from "../../text/edit";
import { mayPassCredential, passedCredentials } from "../shared/passedCredentials";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";
import { withBlanksAfter } from "../shared/words";
import { writtenSecrets } from "../shared/writtenSecrets";

export default defineRule({
  id: "inline-password-assignment-in-run",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN", "COPY", "ADD"],
    words: ["pass", "pwd", "pword", "token", "secret", "key", "pw"],
  },
  title: "No build step has a secret in its text",
  why: `\`RUN DB_PASSWORD=… make\` and \`RUN tool --api-key=…\` put the secret into the repository and into the history of
the image: \`docker history --no-trunc\` prints the step as it is written. The program may keep it as well.

Mount it: \`RUN --mount=type=secret,id=DB_PASSWORD,env=DB_PASSWORD make\`, and build with \`--secret id=DB_PASSWORD\`.
Then change it: the old one is out.

Name and value decide together. Placeholders (\`SECRET_KEY=dummy\`, right for a step that only wants some value),
switches, paths, variables and fingerprints are not reported. Files that the step writes count as well (\`echo KEY=… >> .env\`,
here-documents, also those of COPY); a value that everybody knows is low, a word that somebody
chose is medium, what looks random is high. Options that are known to take a password are another rule's.

The fix, for an assignment before a command, deletes it and mounts a build secret of the same name. The command line
of the build has to change with it.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:passwords_and_secrets",
    "sonar:S6437",
    "dockle:CIS-DI-0010",
    "cis:4.10",
    "cwe:798",
    "cwe:214",
  ],
  references: [dockerBuildSecrets, cisDocker, cwe(798, "Use of hard-coded credentials")],
  messages: {
    literal: (name: string) =>
      `The secret given to ${name} is in the repository and the history of the image`,
  },
  bad: [
    {
      title: "before a command",
      source: "FROM debian:12\nRUN PGPASSWORD=«kraken-hunts-9» psql -f x.sql && make\n",
      fixed: "FROM debian:12\nRUN --mount=type=secret,id=PGPASSWORD,env=PGPASSWORD psql -f x.sql && make\n",
    },
    {
      title: "written to files",
      source:
        "FROM debian:12\nRUN echo 'DB_PASSWORD=«kraken9hunts»' >> /app/.env && sed -i 's/db_pass=.*/db_pass=«kraken9hunts»/' /etc/app.conf\nRUN tee /app/c.json <<EOF\n{\"password\": \"«f8Kx02mPq7Lw9ZtR»\"}\nEOF\nCOPY <<EOF /app/c.yaml\ndb:\n  password: «kraken9hunts»\nEOF\n",
    },
    {
      title: "handed to env, and to a bundler",
      source:
        "FROM node:22\nRUN env MYSQL_PWD=«kraken9hunts» mysql -e x && NEXT_PUBLIC_AUTH_TOKEN=«f8Kx02mPq7Lw9ZtR» next build\n",
      fixed:
        "FROM node:22\nRUN --mount=type=secret,id=NEXT_PUBLIC_AUTH_TOKEN,env=NEXT_PUBLIC_AUTH_TOKEN env MYSQL_PWD=kraken9hunts mysql -e x && next build\n",
    },
    {
      title: "exported, and in options and words with a name",
      source:
        "FROM debian:12\nRUN export API_TOKEN=«f8Kx02mPq7Lw9ZtR» && deploy --api-key=«Nv8qL2xR7tKe4Wz9» --client-secret «tide-and-time»\nRUN mvn -Ddb.password=«tide-and-time» package; make DB_PASSWORD='«open sesame»'\n",
    },
  ],
  good: [
    { title: "placeholders", source: "FROM python:3.13\nRUN SECRET_KEY=dummy ./manage.py collectstatic\n" },
    {
      title: "switches",
      source: "FROM ruby:3.4\nRUN SECRET_KEY_BASE_DUMMY=1 SECRET_KEY_BASE=1 rails assets:precompile\n",
    },
    {
      title: "variables and files",
      source:
        'FROM debian:12\nRUN TOKEN=$(make-token) DB_PASSWORD="$X" make --token-file=/t --password="$P"\n',
    },
    {
      title: "fingerprints",
      source: "FROM debian:12\nRUN GPG_KEY=4AEE18F83AFDEB23 make; gpg --recv-keys x\n",
    },
    { title: "text", source: 'FROM debian:12\nRUN echo "password=secret"; git config credential.token=x\n' },
    {
      title: "files with variables, templates, placeholders and programs",
      source:
        "FROM debian:12\nRUN echo \"token=${TOKEN}\" > /t && printf 'password: %s\\n' x > /p && sed -i 's/^password:.*/password: changeme/' /c\nCOPY <<EOF /app/c.py\npassword = os.environ['X']\ntoken = get_token()\nsecret_key = settings.SECRET_KEY\napi_key: {{ .key }}\npassword: required\nEOF\n",
    },
    {
      title: "a switch with a word after it",
      source: "FROM debian:12\nRUN login --password-stdin registry && x --no-password y\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of runCommands(document, mayPassCredential))
      for (const { kind, name, span, severity } of passedCredentials(document, command)) {
        if (kind === "option") continue;
        const fixes = kind === "assignment" ? fixesOf(document, instruction, command, name) : [];
        report("literal", [shorten(name)], { at: span, severity, fixes });
      }
    for (const { name, span, severity } of writtenSecrets(document))
      report("literal", [shorten(name)], { at: span, severity });
  },
});

/** Mounts the secret instead of an assignment that stands right before its command. */
function fixesOf(
  document: DockerfileDocument,
  { flags, argumentsSpan, heredocs }: Instruction,
  command: ShellCommand,
  name: string,
): readonly Fix[] {
  const index = command.assignments.findIndex((one) => one.name === name);
  const assignment = command.assignments[index];
  const next = command.assignments[index + 1]?.span ?? command.name?.span;
  if (assignment === undefined || next === undefined || next.start < assignment.span.end) return [];
  const span = withBlanksAfter(document, assignment.span, next);
  if (span === undefined || heredocs.length > 0 || assignment.value?.exact !== true) return [];
  const mount = `--mount=type=secret,id=${name},env=${name} `;
  const start = flags[0]?.span.start ?? argumentsSpan.start;
  const edits = [insertAt(start, mount), deleteSpan(span)];
  return [{ title: `Mount ${shorten(name)} as a build secret`, safety: "unsafe", edits }];
}
