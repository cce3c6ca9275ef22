import { defineRule } from "../../engine/rule";
import { credentialMountFixes } from "../shared/credentialMount";
import { credentialOptions } from "../shared/credentialOptions";
import { mayTakeCredential, optionCredentials } from "../shared/passedCredentials";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "credential-cli-flag",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: [...credentialOptions.keys()] },
  title: "No build step has a password in an option of its command",
  why: `\`curl -u user:password\`, \`sshpass -p\`, \`mysql -p…\`: the password is in the repository, in the history of the
image, in the log of the build and in the list of processes while the step runs.

Most of these programs can read it from elsewhere: \`curl --netrc-file\` or \`-K\`, \`wget\` with \`.wgetrc\`,
\`sshpass -f\`, MySQL with \`--defaults-extra-file\`, \`openssl -passin file:…\`. Mount that file with
\`RUN --mount=type=secret\`, and change the password: the old one is out.

The value decides: variables, paths and placeholders are not reported; a password that everybody knows is low, a word
that somebody chose is medium, what looks random is high. There is no fix: what the program reads instead has to be
made first.

The fix mounts the credential as a build secret and gives it to the command as a variable. Then replace the
credential: the old one is out.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["sonar:S6437", "cis:4.10", "cwe:214", "cwe:522"],
  references: [
    dockerBuildSecrets,
    cisDocker,
    cwe(214, "Invocation of process using visible sensitive information"),
  ],
  messages: {
    option: (option: string) =>
      `The secret after ${option} is in the history of the image and the log of the build`,
  },
  bad: [
    {
      title: "downloads",
      source:
        'FROM debian:12\nRUN curl -u ci:«Wz4B9mYc3Zkq» -O https://example.com/x && wget --password=«kraken-hunts-9» https://example.com/y\nRUN curl -H "Authorization: Bearer «f8Kx02mPq7Lw9ZtR»" https://example.com/z\n',
      fixed:
        'FROM debian:12\nRUN --mount=type=secret,id=WGET_PASSWORD,env=WGET_PASSWORD --mount=type=secret,id=CURL_PASSWORD,env=CURL_PASSWORD curl -u ci:"$CURL_PASSWORD" -O https://example.com/x && wget --password="$WGET_PASSWORD" https://example.com/y\nRUN --mount=type=secret,id=CURL_PASSWORD,env=CURL_PASSWORD curl -H "Authorization: Bearer ${CURL_PASSWORD}" https://example.com/z\n',
    },
    {
      title: "attached to a letter, and after a wrapper",
      source:
        "FROM debian:12\nRUN mysql -uroot -p«kraken-hunts-9» < a.sql; env A=b sshpass -p «tide-and-time» ssh x@y\n",
      fixed:
        'FROM debian:12\nRUN --mount=type=secret,id=SSHPASS_PASSWORD,env=SSHPASS_PASSWORD --mount=type=secret,id=MYSQL_PASSWORD,env=MYSQL_PASSWORD mysql -uroot -p"$MYSQL_PASSWORD" < a.sql; env A=b sshpass -p "$SSHPASS_PASSWORD" ssh x@y\n',
    },
    {
      title: "keys and desktops",
      source:
        "FROM debian:12\nRUN openssl rsa -passin pass:«tide-and-time» -in a -out b && x11vnc -storepasswd «secret» /etc/vnc\n",
      fixed:
        'FROM debian:12\nRUN --mount=type=secret,id=X11VNC_PASSWORD,env=X11VNC_PASSWORD --mount=type=secret,id=OPENSSL_PASSWORD,env=OPENSSL_PASSWORD openssl rsa -passin pass:"$OPENSSL_PASSWORD" -in a -out b && x11vnc -storepasswd "$X11VNC_PASSWORD" /etc/vnc\n',
    },
  ],
  good: [
    {
      title: "variables and files",
      source:
        'FROM debian:12\nRUN curl -u "ci:$TOKEN" https://example.com && curl -K /run/secrets/c && openssl rsa -passin file:/x -in a\n',
    },
    { title: "a prompt", source: "FROM debian:12\nRUN mysql -uroot -p app < a.sql && redis-cli -a\n" },
    {
      title: "a port",
      source: "FROM debian:12\nRUN mysql -P 3306 -uroot app; wget --user-agent=x https://example.com\n",
    },
    { title: "a placeholder", source: "FROM debian:12\nRUN curl -u user:changeme https://example.com\n" },
    { title: "no password", source: "FROM debian:12\nRUN curl -u ci: https://example.com\n" },
  ],
  check(document, { report }) {
    for (const { instruction, command } of runCommands(document, mayTakeCredential))
      for (const { name, span, severity } of optionCredentials(document, command)) {
        const fixes = credentialMountFixes(document, instruction, command, span);
        report("option", [shorten(name, 32)], { at: span, severity, fixes });
      }
  },
});
