import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { type GivenPassword, givenPassword, mayGivePassword } from "../shared/accountPasswords";
import { accountPrograms } from "../shared/accounts";
import { changed } from "../shared/fillIn";
import { commandsMentioning, textMatches } from "../shared/mentions";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { removalOfCommand } from "../shared/removeCommand";
import { isSecretValue, judgeValue } from "../shared/secrets/values";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "account-password-on-command-line",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN"],
    words: ["user", "group", "drush", "password", "identified", "htpasswd", "securestring"],
  },
  title: "No account gets its password on a command line",
  why: `\`useradd -p …\`, \`net user name password\` and \`drush site-install --account-pass=…\` put a password where
everybody reads it: in the repository, in the image's history, in the build's log and in the list of processes. Every
container of the image then has the same login.

\`useradd -p\` moreover wants a hash, not the password; a plain word there locks the account and still gives the word
away. A hash in the file or in a layer can be guessed offline, so it is reported as medium.

The accounts of databases and servers count as well: \`IDENTIFIED BY '…'\` and \`PASSWORD '…'\` in SQL, \`mysqladmin
password\`, \`htpasswd -b\`, \`rabbitmqctl add_user\`, and \`ConvertTo-SecureString\` on Windows.

Leave the option out: the account is then locked, which is right for one that only runs a service. Where a login is
needed, set its password when the container starts, from a mounted secret. Change the password that stood here.

Variables, values that a program makes up, and locks such as \`-p '*'\` are not reported; an empty password is
another rule's. The fix takes the password away: the account is then locked until it gets one.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["sonar:S6437", "cis:4.10", "cwe:798", "cwe:214"],
  references: [
    { title: "Linux manual: useradd", url: "https://man7.org/linux/man-pages/man8/useradd.8.html" },
    dockerBuildSecrets,
    cisDocker,
    cwe(798, "Use of hard-coded credentials"),
  ],
  messages: {
    password: (program: string) =>
      `The password given to ${program} is in the image's history and the build's log`,
    hash: (program: string) =>
      `The hash given to ${program} is in the image, where its password can be guessed`,
  },
  bad: [
    {
      title: "useradd and usermod",
      source:
        "FROM debian:12\nRUN useradd -m -p «tide-and-time» app && sudo usermod --password=«kraken9» root\nRUN groupadd --password '«kraken9»' g\n",
      fixed: "FROM debian:12\nRUN useradd -m app\nRUN groupadd g\n",
    },
    {
      title: "hashed on the spot, and a hash",
      source:
        'FROM debian:12\nRUN useradd -p «$(openssl passwd -6 kraken9)» a; usermod -p «"$(mkpasswd -m sha-512 kraken9)"» b\nRUN useradd -p «$(perl -e \'print crypt("kraken9", "xy")\')» c\nRUN usermod -p \'«$6$salt$q8fNhT3rZk»\' d\n',
      fixed: "FROM debian:12\nRUN useradd a\nRUN useradd c\n",
    },
    {
      title: "Windows and Drupal",
      source:
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN net user app «Tide9time» /add\nFROM drupal:11\nRUN drush site-install standard --account-name=x --account-pass=«kraken9» -y\nRUN drush user:password admin «kraken9»\n",
    },
    {
      title: "databases and servers",
      source:
        "FROM debian:12\nRUN mysqladmin -u root password «kraken9» && mysql -e \"CREATE USER a IDENTIFIED BY '«kraken9»'\"\nRUN psql -c \"ALTER USER postgres PASSWORD '«kraken9»'\" && htpasswd -bc /etc/x admin «kraken9»\nRUN rabbitmqctl add_user admin «kraken9» && rabbitmqctl change_password guest '«kraken9»'\nRUN <<EOF\nmysql -e \"SET PASSWORD FOR root = PASSWORD('«kraken9»')\"\nEOF\n",
    },
    {
      title: "PowerShell",
      source:
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell New-LocalUser a -Password (ConvertTo-SecureString '«kraken9»' -AsPlainText -Force)\n",
    },
  ],
  good: [
    {
      title: "databases with variables, placeholders, a prompt, a text that is only printed",
      source:
        'FROM debian:12\nRUN mysqladmin -u root password "$PW" && psql -c "ALTER USER a PASSWORD \'$PW\'" && htpasswd -c /x admin && echo "PASSWORD \'kraken9\'"\nRUN mysql -e "CREATE USER a IDENTIFIED BY \'<password>\'" && mysqladmin -u root password "" && rabbitmqctl add_user a\n',
    },
    {
      title: "no password",
      source: "FROM debian:12\nRUN useradd -m app && usermod -L app && adduser -D b\n",
    },
    {
      title: "locked",
      source: "FROM debian:12\nRUN usermod -p '*' a && useradd -p '!' b && useradd -p x c\n",
    },
    {
      title: "a variable, a secret, at random",
      source:
        'FROM debian:12\nARG PW\nRUN useradd -p "$PW" a; useradd -p $(cat /run/secrets/hash) b\nRUN usermod -p $(openssl passwd -6 $(openssl rand -hex 9)) c; useradd -p $(openssl passwd -stdin) d\n',
    },
    {
      title: "other uses of -p",
      source:
        "FROM debian:12\nRUN mkdir -p tide && net user && net user app /delete && net user app * /add\n",
    },
    { title: "text", source: "FROM debian:12\nRUN echo useradd -p kraken9 app\n" },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, accountPrograms, mayGivePassword, [
      "RUN",
    ])) {
      const given = "script" in instruction ? givenPassword(command, instruction.script) : undefined;
      if (given === undefined || !reported.has(given.kind)) continue;
      const { program } = command.unwrapped;
      const fixes = withoutPassword(document, instruction, command, given);
      if (given.kind === "hash") report("hash", [program], { at: given.span, severity: "medium", fixes });
      else report("password", [program], { at: given.span, fixes });
    }
    for (const { value } of textMatches(document, netUser, ["RUN"]))
      if (value !== undefined) report("password", ["net user"], { at: value });
    for (const { command } of commandsMentioning(document, ["drush"], isDrush, ["RUN"]))
      for (const at of drushPasswords(document, command)) report("password", ["drush"], { at });
    for (const pattern of [sqlPassword, toolPassword, powerShellPassword])
      for (const { text, value } of textMatches(document, pattern, ["RUN"])) {
        if (value === undefined) continue;
        const secret = document.text.slice(value.start, value.end);
        if (!isSecretValue(judgeValue(secret, "password"))) continue;
        report("password", [toolOf(text)], { at: value });
      }
  },
});

/** `PASSWORD '…'` of PostgreSQL, `PASSWORD('…')` and `IDENTIFIED BY '…'` of MySQL; the quote may be escaped for a shell. */
const sqlPassword =
  /(?<![\w-])(?:identified[ \t]{1,9}(?:with[ \t]{1,9}["'\w]{1,40}[ \t]{1,9})?by|password)[ \t]{0,9}\(?[ \t]{0,9}\\?'(?<value>[^'"\n\\$%<>]{1,100})\\?'/dgi;

const toolPassword =
  /\b(?:(?:mysqladmin|mariadb-admin)\b[^\n;&|]{0,200}[ \t]password|rabbitmqctl[ \t]{1,9}(?:add_user|change_password)[ \t]{1,9}[\w.-]{1,60}|htpasswd[ \t]{1,9}-(?=\w{0,5}b)\w{1,6}(?:[ \t]{1,9}[^\s;&|]{1,200}){2})[ \t]{1,9}["']?(?<value>[^\s"'$;&|<>\\-][^\s"'$;&|<>\\]{0,99})/dg;

const powerShellPassword =
  /\bConvertTo-SecureString[ \t]{1,9}(?:-String[ \t]{1,9})?(?:-AsPlainText[ \t]{1,9})?(?:-Force[ \t]{1,9})?["'](?<value>[^"'\n$]{1,100})["']/dgi;

function toolOf(text: string): string {
  const tool = /^(?:mysqladmin|mariadb-admin|rabbitmqctl|htpasswd|ConvertTo-SecureString)\b/i.exec(text)?.[0];
  return tool ?? "SQL";
}

const reported: ReadonlySet<string> = new Set(["text", "made", "hash"]);

/** Takes the option away; a command that only sets the password goes as a whole. */
function withoutPassword(
  document: DockerfileDocument,
  instruction: Instruction,
  command: ShellCommand,
  { option }: GivenPassword,
): readonly Fix[] {
  const title = "Set no password";
  const { name, program, arguments: words } = command.unwrapped;
  const { word, valueWord } = option;
  if (program === "usermod" && words.length === (word === valueWord ? 2 : 3))
    return changed(title, [removalOfCommand(document, instruction, command)]);
  const before = words[words.indexOf(word) - 1]?.span ?? name?.span;
  if (!word.exact || !valueWord?.exact || !option.alone || before === undefined) return [];
  const span = withBlanksBefore(document, before, spanOf(word.span.start, valueWord.span.end));
  return changed(title, [span && deleteSpan(span)]);
}

/** `net user name password`; `*` asks for it, `/…` is a switch. */
const netUser =
  /\bnet1?(?:\.exe)?[ \t]{1,9}user[ \t]{1,9}(?:"[^"\n$%]{1,60}"|[^\s"/$%&|<>]{1,60})[ \t]{1,9}"?(?<value>[^\s"'/%$*&|<>;-][^\s"%$&|<>;]{0,99})/dgi;

function isDrush({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "drush";
}

const drushOption = /^--(?:account-pass|password|site-pass|db-su-pw)=/;

function drushPasswords({ text }: DockerfileDocument, { unwrapped }: ShellCommand): readonly Span[] {
  const words = unwrapped.arguments;
  const at = words.findIndex(({ value }) => /^(?:user:password|user-password|upwd)$/.test(value ?? ""));
  const after =
    at < 0 ? [] : words.slice(at + 1).filter(({ literalPrefix }) => !literalPrefix.startsWith("-"));
  return [...words, ...after.slice(1, 2)].flatMap(({ value, span, literalPrefix }, index) => {
    const option = index < words.length ? drushOption.exec(literalPrefix)?.[0] : "";
    const secret = option === undefined ? undefined : value?.slice(option.length);
    if (secret === undefined || !isSecretValue(judgeValue(secret, "password"))) return [];
    const start = text.slice(span.start, span.end).lastIndexOf(secret);
    return [start < 0 ? span : { start: span.start + start, end: span.start + start + secret.length }];
  });
}
