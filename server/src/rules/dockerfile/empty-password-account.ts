import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { findOption, hasFlag, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { accountLines } from "../shared/accountLines";
import { accountLocks } from "../shared/accountLocks";
import { type GivenPassword, givenPassword, mayGivePassword } from "../shared/accountPasswords";
import { accountCommand } from "../shared/accounts";
import { commandsMentioning } from "../shared/mentions";
import { cwe } from "../shared/references";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "empty-password-account",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "COPY", "ADD"], words: ["passwd", "useradd", "usermod", "adduser", "shadow"] },
  title: "No account has an empty password",
  why: `\`passwd -d root\` and \`useradd -p ""\` do not lock an account, they open it: \`su\` then asks for nothing, and an
sshd or a desktop that permits empty passwords lets everybody in. Whoever takes over the service's process becomes
root with one command.

What is mostly meant is an account without a password to log in with: \`useradd\` makes such accounts by itself,
\`adduser -D\` and \`--disabled-password\` do so, \`passwd -l\` locks one. Keys for ssh work with a locked password
where it is \`*\` (\`usermod -p '*'\`).

In busybox \`passwd -u\` takes the lock of an account that \`adduser -D\` has just made, and leaves it with an empty
password; that is reported too. Where the same step locks the account afterwards or sets a password, nothing is.

The fix locks the account. It is not called safe, since somebody may log in that way.`,
  category: "user",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["dockle:DKL-LI-0001", "cwe:258", "cwe:521"],
  references: [
    { title: "Linux manual: passwd", url: "https://man7.org/linux/man-pages/man1/passwd.1.html" },
    cwe(258, "Empty password in configuration file"),
  ],
  messages: {
    empty: () => "An account with an empty password lets every process become this user with su",
    unlocked: () =>
      "In busybox this unlocks the account that adduser made, and leaves it with an empty password",
  },
  bad: [
    {
      title: "deleted passwords",
      source:
        "FROM debian:12\nRUN passwd «-d» root && sudo passwd «--delete» app\nRUN usermod -p '*' docker && passwd -u docker && passwd «-d» docker\n",
      fixed:
        "FROM debian:12\nRUN passwd -l root && sudo passwd -l app\nRUN usermod -p '*' docker && passwd -u docker && passwd -l docker\n",
    },
    {
      title: "empty ones",
      source:
        "FROM debian:12\nRUN useradd -m «-p \"\"» app && usermod «--password ''» root\nRUN useradd «--password=» ops \\\n  && usermod «-p U6aMy0wojraho» b\n",
      fixed: "FROM debian:12\nRUN useradd -m app && usermod -L root\nRUN useradd ops \\\n  && usermod -L b\n",
    },
    {
      title: "written into the files",
      source:
        "FROM scratch\nCOPY <<EOF /etc/passwd\n«root::»0:0:root:/root:/bin/sh\nEOF\nFROM alpine:3.21\nRUN sed -i 's/^root:!:/«root::»/' /etc/shadow && echo '«ops::»19000:0:::::' >> /etc/shadow\n",
    },
    {
      title: "unlocked in busybox",
      source: "FROM alpine:3.21\nRUN adduser -D -s /bin/sh git && passwd «-u» git\n",
    },
  ],
  good: [
    {
      title: "locked",
      source: "FROM debian:12\nRUN passwd -l root && usermod -L app && usermod -p '*' b && useradd c\n",
    },
    { title: "locked afterwards", source: "FROM debian:12\nRUN passwd -d app && passwd -l app\n" },
    {
      title: "set afterwards",
      source: "FROM alpine:3.21\nRUN adduser -D git && passwd -u git && echo git:$P | chpasswd\n",
    },
    { title: "disabled", source: "FROM debian:12\nRUN adduser --disabled-password --gecos '' app\n" },
    {
      title: "what stands in the files",
      source:
        "FROM debian:12\nRUN echo 'app:x:1000:1000::/home/app:' >> /etc/passwd && sed -i 's/^root::/root:*:/' /etc/shadow\nRUN grep '^root::' /etc/shadow; g++ -c std::x\n",
    },
    {
      title: "another program's flag",
      source: "FROM debian:12\nRUN useradd -p $P a; echo passwd -d root; htpasswd -d f u\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, mentioned, mayEmpty, ["RUN"])) {
      if (!("script" in instruction) || isSetAfterwards(instruction, command)) continue;
      const given = givenPassword(command, instruction.script);
      const deleted = command.unwrapped.program === "passwd" && findOption(command.unwrapped, "d", "delete");
      const unlocked = unlockOption(command);
      if (given?.kind === "empty") {
        const at = spanOf(given.option.word.span.start, given.option.valueWord!.span.end);
        report("empty", [], { at, fixes: fixesOf(document, command, given, at) });
      } else if (deleted) {
        const { word } = deleted;
        const isAlone = word.exact && /^(?:-d|--delete)$/.test(word.text);
        report("empty", [], { at: word.span, fixes: isAlone ? lockBy(replaceSpan(word.span, "-l")) : [] });
      } else if (unlocked !== undefined && isMadeBefore(instruction, command)) {
        report("unlocked", [], { at: unlocked.word.span });
      }
    }
    for (const { password, number, numberSpan, span } of accountLines(document))
      if (password === "")
        report("empty", [], { at: spanOf(span.start, number === undefined ? span.end : numberSpan.start) });
  },
});

const mentioned: readonly string[] = ["passwd", "useradd", "usermod", "adduser"];

function mayEmpty(command: ShellCommand): boolean {
  const { unwrapped } = command;
  if (unwrapped.program !== "passwd") return mayGivePassword(command);
  return hasFlag(unwrapped, "d", "delete") || unlockOption(command) !== undefined;
}

function unlockOption({ unwrapped }: ShellCommand) {
  return unwrapped.program === "passwd" ? findOption(unwrapped, "u", "unlock") : undefined;
}

function nameOf({ unwrapped }: ShellCommand): string | undefined {
  return operandsOf(unwrapped).at(-1)?.text;
}

/** Whether a later command of the same step locks the account or gives it a password. */
function isSetAfterwards(instruction: Instruction, command: ShellCommand): boolean {
  const { lockedAt, passwordsSetAt } = accountLocks(instruction);
  const name = accountCommand(command)?.name?.text ?? nameOf(command) ?? "";
  return Math.max(passwordsSetAt, lockedAt.get(name) ?? -1) > command.span.start;
}

/** Whether the same step makes the account in busybox's way, locked and without a password. */
function isMadeBefore(instruction: Instruction, command: ShellCommand): boolean {
  const made = accountLocks(instruction).madeLockedAt.get(nameOf(command) ?? "");
  return made !== undefined && made < command.span.start;
}

function fixesOf(
  document: DockerfileDocument,
  command: ShellCommand,
  given: GivenPassword,
  at: Span,
): readonly Fix[] {
  const { word, valueWord, alone } = given.option;
  if (!alone || !word.exact || !valueWord?.exact) return [];
  if (command.unwrapped.program === "usermod") return lockBy(replaceSpan(at, "-L"));
  const { arguments: words, name } = command.unwrapped;
  const previous = words[words.indexOf(word) - 1] ?? name;
  const span = previous && withBlanksBefore(document, previous.span, at);
  return span ? lockBy(replaceSpan(span, "")) : [];
}

function lockBy(edit: ReturnType<typeof replaceSpan>): readonly Fix[] {
  return [{ title: "Lock the account", safety: "unsafe", edits: [edit] }];
}
