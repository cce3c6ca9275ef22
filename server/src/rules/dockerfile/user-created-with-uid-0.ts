import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { accountLines } from "../shared/accountLines";
import { accountCommand, accountPrograms, idOption, optionValue, optionValueSpan } from "../shared/accounts";
import { commandsMentioning } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { stateBefore } from "../shared/stages";

export default defineRule({
  id: "user-created-with-uid-0",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN", "COPY", "ADD"],
    words: ["useradd", "adduser", "usermod", "group", "passwd", "shadow"],
  },
  title: "No account but root has uid 0",
  why: `The kernel knows users by their number. An account with uid 0 is root whatever it is called: it writes to every
file, and \`USER app\` or \`gosu app\` with it gives no rights up. Scanners that look for the name \`root\`, and people
who read the Dockerfile, take it for a lesser user; attackers add such accounts for that reason.

Give the account a number of its own, best from 10000 upwards, so that it is no user of the host either. What it has
to read or write can belong to it (\`COPY --chown\`) or to a group; group 0, as some platforms want it, is not reported.

The line of root itself in an \`/etc/passwd\` that the build writes is not reported either. The fix writes uid 10001;
files and steps that rely on root's rights then fail.`,
  category: "user",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.1", "cwe:250"],
  references: [
    {
      title: "Linux manual: useradd",
      url: "https://man7.org/linux/man-pages/man8/useradd.8.html",
    },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    zero: (name: string) => `${name} gets uid 0, so it is root under another name`,
  },
  bad: [
    {
      title: "made with uid 0",
      source:
        "FROM debian:12\nRUN useradd -o -u «0» -g 0 app && groupadd app\nRUN sudo useradd --non-unique --uid=«0» ops\nUSER app\n",
      fixed:
        "FROM debian:12\nRUN useradd -o -u 10001 -g 0 app && groupadd app\nRUN sudo useradd --non-unique --uid=10001 ops\nUSER app\n",
    },
    {
      title: "changed to uid 0, busybox's way, attached, and over continued lines",
      source:
        "FROM alpine:3.21\nRUN adduser -D \\\n    # as on the old host\n    -u «0» app\nRUN usermod -ou«0» www-data; /usr/sbin/usermod app -o --uid «0»\n",
      fixed:
        "FROM alpine:3.21\nRUN adduser -D \\\n    # as on the old host\n    -u 10001 app\nRUN usermod -ou10001 www-data; /usr/sbin/usermod app -o --uid 10001\n",
    },
    {
      title: "through a variable, without a fix",
      source: "FROM debian:12\nARG UID=0\nRUN useradd -o -u «$UID» app\n",
    },
    {
      title: "written into /etc/passwd",
      source:
        "FROM debian:12\nRUN echo 'app:x:«0»:0::/root:/bin/sh' >> /etc/passwd\nRUN sed -i 's/^app:x:1000:/app:x:«0»:/' /etc/passwd\nCOPY <<EOF /etc/passwd\nroot:x:0:0::/root:/bin/sh\napp:x:«0»:0::/:/bin/sh\nEOF\n",
      fixed:
        "FROM debian:12\nRUN echo 'app:x:10001:0::/root:/bin/sh' >> /etc/passwd\nRUN sed -i 's/^app:x:1000:/app:x:10001:/' /etc/passwd\nCOPY <<EOF /etc/passwd\nroot:x:0:0::/root:/bin/sh\napp:x:10001:0::/:/bin/sh\nEOF\n",
    },
  ],
  good: [
    {
      title: "a number of its own",
      source: "FROM debian:12\nRUN useradd -u 10001 -g 0 app && useradd -o -u 1000 b\n",
    },
    {
      title: "group 0",
      source: "FROM debian:12\nRUN usermod -g 0 app && adduser -D -G root app && groupadd -o -g 0 x\n",
    },
    {
      title: "root itself",
      source: "FROM debian:12\nRUN usermod -o -u 0 root; echo 'root:x:0:0::/:' > /etc/passwd\n",
    },
    {
      title: "uid 0 that is replaced",
      source: "FROM debian:12\nRUN sed -i 's/^app:x:0:/app:x:10001:/' /etc/passwd\n",
    },
    { title: "text", source: "FROM debian:12\nRUN echo useradd -u 0 app; grep 'app:x:0:' /etc/passwd\n" },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, accountPrograms, undefined, [
      "RUN",
    ])) {
      const account = accountCommand(command);
      const option = account?.kind === "user" ? idOption(account) : undefined;
      if (option?.valueWord === undefined || account?.name?.value === "root") continue;
      if (!/^0{1,10}$/.test(optionValue(option, () => stateBefore(document, instruction)) ?? "")) continue;
      const at = optionValueSpan(option);
      const name = shorten(account?.name?.text ?? "The account", 32);
      report("zero", [name], { at: at ?? option.valueWord.span, fixes: at ? fixesOf(at) : [] });
    }
    for (const { name, number, numberSpan } of accountLines(document)) {
      if (number === 0 && name !== "root")
        report("zero", [shorten(name, 32)], { at: numberSpan, fixes: fixesOf(numberSpan) });
    }
  },
});

function fixesOf(span: Span): readonly Fix[] {
  return [{ title: "Use uid 10001", safety: "unsafe", edits: [replaceSpan(span, "10001")] }];
}
