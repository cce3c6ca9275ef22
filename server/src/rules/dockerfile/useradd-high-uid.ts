import { hasFlag } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { accountCommand, idOption, optionValue } from "../shared/accounts";
import { insertFlagFixes } from "../shared/insertFlag";
import { commandsMentioning } from "../shared/mentions";
import { stateBefore } from "../shared/stages";

export default defineRule({
  id: "useradd-high-uid",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["useradd"] },
  title: "A user with a large uid is made without an entry in the login log",
  why: `\`useradd\` writes an entry into \`/var/log/lastlog\` and \`/var/log/faillog\`, which hold one record for every
number up to the largest uid. On a disk such a file is sparse and small; when the layer is packed it can take hundreds
of megabytes to gigabytes, a build may hang over it or fill the disk.

Write \`-l\` (\`--no-log-init\`), or take a smaller uid. Nobody logs in to a container in the way that these files
record.

Numbers from 100000 upwards are reported, also where a variable of the file gives them. The fix adds \`-l\`; it is
safe, since the account is the same.`,
  category: "resources",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3046", "droast:DF064", "cwe:400"],
  references: [
    {
      title: "Linux manual: useradd",
      url: "https://man7.org/linux/man-pages/man8/useradd.8.html",
    },
    {
      title: "Docker: known issue with large uids",
      url: "https://docs.docker.com/build/building/best-practices/#user",
    },
  ],
  messages: {
    high: (uid: string) => `useradd with uid ${uid} and without -l can make this layer very large`,
  },
  bad: [
    {
      title: "a large uid",
      source:
        "FROM debian:12\nRUN «useradd» -u 123456 luser\nRUN apt-get update && «useradd» -m --uid=1000620000 app\n",
      fixed:
        "FROM debian:12\nRUN useradd -l -u 123456 luser\nRUN apt-get update && useradd -l -m --uid=1000620000 app\n",
    },
    {
      title: "attached, by path, through a variable, after a wrapper, over lines",
      source:
        "FROM debian:12\nARG APP_UID=200000\nRUN «/usr/sbin/useradd» -mu$APP_UID app\nRUN sudo «useradd» \\\n    --uid ${APP_UID} \\\n    app\n",
      fixed:
        "FROM debian:12\nARG APP_UID=200000\nRUN /usr/sbin/useradd -l -mu$APP_UID app\nRUN sudo useradd -l \\\n    --uid ${APP_UID} \\\n    app\n",
    },
    {
      title: "exec form, without a fix",
      source: 'FROM debian:12\nRUN [«"useradd"», "-u", "123456", "app"]\n',
    },
  ],
  good: [
    { title: "no uid", source: "FROM debian:12\nRUN useradd luser\n" },
    { title: "a small one", source: "FROM debian:12\nRUN useradd -u 12345 luser\n" },
    {
      title: "without the log",
      source:
        "FROM debian:12\nRUN useradd -l -u 123456 a && useradd -ml -u 123457 b && useradd --no-log-init -u 123458 c\n",
    },
    {
      title: "a variable without a value",
      source: "FROM debian:12\nARG LONG_NAME\nRUN useradd -u ${LONG_NAME} a\n",
    },
    {
      title: "other programs",
      source: "FROM debian:12\nRUN groupadd -g 123456 a && echo useradd -u 123456 a\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["useradd"], undefined, ["RUN"])) {
      const { unwrapped } = command;
      if (unwrapped.program !== "useradd" || hasFlag(unwrapped, "l", "no-log-init")) continue;
      const option = idOption(accountCommand(command)!);
      const uid = optionValue(option, () => stateBefore(document, instruction));
      if (uid === undefined || !/^\d{6,10}$/.test(uid) || unwrapped.name === undefined) continue;
      report("high", [uid], {
        at: unwrapped.name.span,
        fixes: insertFlagFixes(document, unwrapped, "-l", "Leave the login log out", "safe"),
      });
    }
  },
});
