import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import { rememberLast } from "../../text/rememberLast";
import { isForDevelopment } from "../shared/devcontainerImage";
import { type Membership, membershipsOf } from "../shared/groupMembers";
import { commandsMentioning, mayMention, textMatches } from "../shared/mentions";
import { cwe } from "../shared/references";
import { isReplacedBySed } from "../shared/sedScripts";
import { shorten } from "../shared/shorten";
import { withoutGroup, withoutRule } from "../shared/sudoFixes";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "sudoers-nopasswd",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN", "COPY", "ADD"],
    words: ["sudoers", "doas", "visudo", "adduser", "useradd", "addgroup", "groupadd", "usermod", "gpasswd"],
  },
  title: "The image gives nobody a way to become root",
  why: `A \`NOPASSWD\` rule in \`/etc/sudoers\` makes \`USER app\` a formality: whoever takes over the service types
\`sudo\` and is root in the container, with every right that the runtime left to it. A rule with a password is little
better where the image also sets that password, and so is membership in the groups \`sudo\`, \`wheel\` and \`admin\`,
for which most images have such a rule. The group \`docker\` is root on the host once the socket is mounted.

Do what needs root in a \`RUN\` before \`USER\`. At run time a container that must do one thing as root can start as
root and give that up (\`gosu\`, \`setpriv\`), or get the one capability.

A rule for single commands is medium. So is a group, \`docker\` apart, which is low; groups are reported for users
that \`USER\` names. In development containers, where people work, all is low. Rules that a step deletes, and root's
own, are not reported. There is no fix: what relied on sudo has to be moved first.

The fix deletes the rule, or takes the user out of the group: programs that call sudo then fail.`,
  category: "user",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cwe:250", "cwe:269"],
  references: [
    { title: "Linux manual: sudoers", url: "https://man7.org/linux/man-pages/man5/sudoers.5.html" },
    {
      title: "Docker: the docker group",
      url: "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
    },
    cwe(250, "Execution with unnecessary privileges"),
    cwe(269, "Improper privilege management"),
  ],
  messages: {
    rule: () => "This sudo rule lets a process that is taken over become root without a password",
    command: () => "This sudo rule lets a process run a command as root without a password",
    password: () => "This sudo rule lets whoever knows the user's password become root",
    group: (group: string) => `Members of the group ${group} can become root`,
  },
  bad: [
    {
      title: "echo, printf and tee",
      source:
        "FROM debian:12\nRUN echo 'app ALL=(ALL) «NOPASSWD: ALL»' >> /etc/sudoers\nRUN printf '%%sudo ALL=(ALL:ALL) «NOPASSWD:ALL»\\n' > /etc/sudoers.d/app && chmod 440 /etc/sudoers.d/app\nRUN echo \"$USER ALL=(root) «NOPASSWD:ALL»\" | sudo tee -a /etc/sudoers.d/user >/dev/null\n",
      fixed: "FROM debian:12\n",
    },
    {
      title: "here documents, groups and sed",
      source:
        "FROM debian:12\nCOPY <<EOF /etc/sudoers.d/app\n# the service\napp ALL=(ALL) «NOPASSWD: ALL»\nEOF\nRUN cat > /etc/sudoers.d/b <<EOF\nDefaults:b «!authenticate»\nEOF\nRUN { echo a; echo \"b ALL=(ALL) «NOPASSWD: ALL»\"; } >> /etc/sudoers\nRUN sed -i 's/^%sudo.*/%sudo ALL=(ALL) «NOPASSWD: ALL»/' /etc/sudoers && sed -i '$ a c ALL=(ALL) «NOPASSWD: ALL»' /etc/sudoers\n",
      fixed:
        "FROM debian:12\nCOPY <<EOF /etc/sudoers.d/app\n# the service\nEOF\nRUN cat > /etc/sudoers.d/b <<EOF\nEOF\nRUN { echo a; echo \"b ALL=(ALL) NOPASSWD: ALL\"; } >> /etc/sudoers\nRUN sed -i 's/^%sudo.*/%sudo ALL=(ALL) NOPASSWD: ALL/' /etc/sudoers && sed -i '$ a c ALL=(ALL) NOPASSWD: ALL' /etc/sudoers\n",
    },
    {
      title: "a single command, a password, doas and visudo",
      source:
        "FROM alpine:3.21\nRUN echo 'app ALL=(root) «NOPASSWD:» /usr/sbin/nginx' > /etc/sudoers.d/app\nRUN echo 'app «ALL=(ALL:ALL) ALL»' >> /etc/sudoers\nRUN echo '«permit nopass» :wheel' > /etc/doas.d/w.conf && echo 'x ALL=(ALL) «NOPASSWD:ALL»' | EDITOR='tee -a' visudo\n",
      fixed: "FROM alpine:3.21\n",
    },
    {
      title: "groups, in each dialect",
      source:
        "FROM debian:12\nRUN useradd -m -G «audio,sudo» app && usermod -aG «wheel» app && gpasswd -a app «docker»\nRUN adduser app «sudo»; addgroup app «wheel»; adduser -D -G wheel b; adduser --ingroup «admin» c\nUSER app\nRUN make\nUSER c\n",
      fixed:
        "FROM debian:12\nRUN useradd -m -G audio app\nRUN adduser -D -G wheel b; adduser --ingroup admin c\nUSER app\nRUN make\nUSER c\n",
    },
  ],
  good: [
    {
      title: "deleted or turned off",
      source:
        "FROM debian:12\nRUN sed -i '/NOPASSWD:/d' /etc/sudoers && sed -i -e 's/^%sudo/#%sudo/' -e 's/NOPASSWD: ALL/ALL/' /etc/sudoers && grep -c 'NOPASSWD: ALL' /etc/sudoers\n",
    },
    { title: "root's own", source: "FROM debian:12\nRUN echo 'root ALL=(ALL:ALL) ALL' > /etc/sudoers\n" },
    {
      title: "comments and text",
      source:
        "FROM debian:12\n# app ALL=(ALL) NOPASSWD: ALL in /etc/sudoers\nCOPY <<EOF /etc/sudoers.d/x\n# a ALL=(ALL) NOPASSWD: ALL\nEOF\nRUN echo 'set NOPASSWD: ALL in /etc/sudoers'\n",
    },
    {
      title: "other groups",
      source:
        "FROM debian:12\nRUN usermod -aG audio,sudoers app && adduser app video && useradd -g users b && adduser sudo\n",
    },
  ],
  check(document, { report }) {
    const isForPeople = document.stages.some(isForDevelopment);
    const low = isForPeople ? { severity: "low" as const } : {};
    if (mayMention(document, ["/etc/sudoers", "/etc/doas", "visudo"]))
      for (const { instruction, text, span } of textMatches(document, grants, ["RUN", "COPY", "ADD"])) {
        const whole = document.text.slice(instruction.span.start, instruction.span.end);
        if (!rules.test(whole) || isReplacedBySed(document, instruction, span)) continue;
        const fixes = withoutRule(document, instruction, span);
        if (/^ALL/.test(text)) report("password", [], { at: span, severity: "medium", fixes, ...low });
        else if (/:$/.test(text)) report("command", [], { at: span, severity: "medium", fixes, ...low });
        else
          report("rule", [], {
            at: span,
            fixes,
            ...(endsAsRoot(document, instruction) ? { severity: "medium" } : {}),
            ...low,
          });
      }
    for (const { instruction, command } of commandsMentioning(
      document,
      ["add", "usermod", "gpasswd"],
      joinsRoot,
      ["RUN"],
    )) {
      const membership = membershipsOf(command).find(isRootGroup);
      if (membership === undefined || !usersOf(document).has(membership.user?.text ?? "")) continue;
      const severity = membership.group === "docker" || isForPeople ? "low" : "medium";
      report("group", [shorten(membership.group)], {
        at: membership.word.span,
        severity,
        fixes: withoutGroup(document, instruction, command, membership),
      });
    }
  },
});

const rules = /\/etc\/(?:sudoers|doas)|\bvisudo\b/;
/** A tag without a password, or `ALL=(…) ALL`; what follows NOPASSWD says whether all commands are meant. */
const grants =
  /\bNOPASSWD[ \t]{0,9}:(?:[ \t]{0,9}(?:SETENV:[ \t]{0,9})?ALL\b)?|!authenticate\b|\bpermit[ \t]{1,9}(?:keepenv[ \t]{1,9})?nopass\b|(?<!\broot[ \t]{1,9})\bALL[ \t]{0,9}=[ \t]{0,9}(?:\([\w:%+ ]{0,40}\)[ \t]{0,9})?ALL\b/dg;

const rootGroups: ReadonlySet<string> = new Set(["sudo", "wheel", "admin", "docker"]);

function joinsRoot(command: ShellCommand): boolean {
  return membershipsOf(command).some(isRootGroup);
}

function isRootGroup({ group }: Membership): boolean {
  return rootGroups.has(group);
}

/** Whether the stage runs as root in any case, so that the rule gives a process of it nothing that it lacks. */
function endsAsRoot({ stages }: DockerfileDocument, { stageIndex }: Instruction): boolean {
  const user = stages[stageIndex]?.effectiveUser;
  return (
    user?.source === "instruction" && user.user.name.state === "known" && isRootUser(user.user.name.value)
  );
}

/** Asked of the stages: a rule that judges instructions by themselves may be shown only some of a document's own. */
const usersOf = rememberLast(
  ({ stages }: DockerfileDocument): ReadonlySet<string> =>
    new Set(
      stages
        .flatMap(({ instructions }) => instructions)
        .flatMap((one) => (one.keyword === "USER" && one.user ? [one.user.text.split(":")[0] ?? ""] : [])),
    ),
);
