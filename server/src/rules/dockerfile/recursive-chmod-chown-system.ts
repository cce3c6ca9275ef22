import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { judgeMode } from "../shared/fileModes";
import { fillIn } from "../shared/fillIn";
import { commandsMentioning } from "../shared/mentions";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { isRootUser } from "../shared/users";
import { modeOf } from "../shared/writtenModes";

export default defineRule({
  id: "recursive-chmod-chown-system",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["chown", "chgrp", "chmod"] },
  title: "System folders keep their owners and modes",
  why: `\`chown -R app /usr/local\` or \`chmod -R 777 /etc\` changes every file below, known or not: programs that root
runs, libraries that everything loads, the password file, keys. Whoever takes over the service's user then replaces
one of them and waits until root starts it. \`chown\` moreover drops the setuid bits of what it changes, and a mode for
everything makes private files readable and data executable. The layer holds a copy of each file that is touched.

Name the folder that the service writes to (\`/var/lib/app\`, \`/var/cache/nginx\`), or make one for it.

The system folders themselves are reported, also as \`/usr/*\`; folders of one program below them are not, nor are
root as the new owner, modes that only take rights away, and read and execute for programs. The fix leaves a place
for a folder below.`,
  category: "hygiene",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cwe:732"],
  references: [
    {
      title: "GNU coreutils: chown",
      url: "https://www.gnu.org/software/coreutils/manual/html_node/chown-invocation.html",
    },
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  messages: {
    owner: (owner: string, path: string) =>
      `${owner} becomes the owner of all of ${path}, with the programs that root runs`,
    mode: (mode: string, path: string) =>
      `Mode ${mode} for all of ${path} opens files that others must not write or read`,
  },
  bad: [
    {
      title: "another owner",
      source:
        "FROM debian:12\nRUN chown -R app:app «/usr/local» && chown --recursive www-data «/etc»\nRUN sudo chown -hR 1000:0 «/» /srv/app; chgrp -R staff «/usr/lib/»\n",
      fixed:
        "FROM debian:12\nRUN chown -R app:app /usr/local/FOLDER && chown --recursive www-data /etc/FOLDER\nRUN sudo chown -hR 1000:0 /FOLDER /srv/app; chgrp -R staff /usr/lib/FOLDER\n",
    },
    {
      title: "another mode",
      source:
        "FROM debian:12\nRUN chmod -R 777 «/usr» && chmod 0775 -R «/var/*» && chmod -R a+w «/usr/local/bin» && chmod -R g+rwX «/opt/../etc»\nRUN chmod -R 755 «/etc» \\\n    «/root»\n",
      fixed:
        "FROM debian:12\nRUN chmod -R 777 /usr/FOLDER && chmod 0775 -R /var/FOLDER && chmod -R a+w /usr/local/bin/FOLDER && chmod -R g+rwX /etc/FOLDER\nRUN chmod -R 755 /etc/FOLDER \\\n    /root/FOLDER\n",
    },
    {
      title: "an owner from a variable",
      source:
        "FROM debian:12\nRUN chown -R \"$USER\" «/usr/share/../bin»\nRUN bash -c 'chown -R $(id -u app) «/lib»'\n",
      fixed:
        "FROM debian:12\nRUN chown -R \"$USER\" /usr/bin/FOLDER\nRUN bash -c 'chown -R $(id -u app) /lib/FOLDER'\n",
    },
  ],
  good: [
    {
      title: "a program's own folder",
      source:
        "FROM debian:12\nRUN chown -R app /var/lib/app /usr/local/lib/app /etc/nginx /home/app /opt/app /tmp && chmod -R 777 /srv\n",
    },
    {
      title: "root",
      source: "FROM debian:12\nRUN chown -R root:root /etc /usr && chown -R 0:0 / && chgrp -R root /var\n",
    },
    {
      title: "rights taken away, or given where they are usual",
      source:
        "FROM debian:12\nRUN chmod -R go-w /usr && chmod -R a+rX /usr/local && chmod -R 755 /usr/local/bin && chmod -R +x /usr/bin\n",
    },
    {
      title: "one file",
      source: "FROM debian:12\nRUN chown app /etc && chmod 755 /usr/local; rm -R /usr; cp -R a /etc\n",
    },
    {
      title: "the owner of another file",
      source: "FROM debian:12\nRUN chown -R --reference=/root /etc && echo chown -R a /etc\n",
    },
  ],
  check(document, { report }) {
    for (const { command } of commandsMentioning(document, ["chown", "chgrp", "chmod"], isRecursive, [
      "RUN",
    ])) {
      const { unwrapped } = command;
      const [given, ...paths] = operandsOf(unwrapped);
      if (given === undefined || hasFlag(unwrapped, "", "reference")) continue;
      const mode = unwrapped.program === "chmod" ? modeOf(command)?.text : undefined;
      const owner = unwrapped.program === "chmod" ? undefined : ownerOf(given, unwrapped.program);
      for (const path of paths) {
        const folder = systemFolder(path);
        if (folder === undefined) continue;
        if (owner !== undefined)
          report("owner", [shorten(owner, 24), folder], {
            at: path.span,
            fixes: narrowerFixes(path, folder),
          });
        else if (mode !== undefined && opens(mode, folder))
          report("mode", [shorten(mode, 16), folder], { at: path.span, fixes: narrowerFixes(path, folder) });
      }
    }
  },
});

/** A folder below it, for the user to name. */
function narrowerFixes({ exact, span }: ShellWord, folder: string): readonly Fix[] {
  const narrower = `${folder === "/" ? "" : folder}/FOLDER`;
  return fillIn("Name the folder that is meant", ["FOLDER"], exact ? replaceSpan(span, narrower) : undefined);
}

function isRecursive(command: ShellCommand): boolean {
  const { program } = command.unwrapped;
  if (program !== "chown" && program !== "chgrp" && program !== "chmod") return false;
  return (
    hasFlag(command.unwrapped, "R", "recursive") &&
    operandsOf(command.unwrapped).some((word) => systemFolder(word))
  );
}

/** The user, or else the group, that files are given to; undefined for root. */
function ownerOf({ value, text }: ShellWord, program: string): string | undefined {
  const [user = "", group = ""] = (value ?? text).replace(/"/g, "").split(/[:.]/);
  const owner = program === "chgrp" ? user : user === "" ? group : user;
  return owner === "" || isRootUser(owner) ? undefined : owner;
}

const folders: ReadonlySet<string> = new Set(
  (
    "/ /bin /boot /dev /etc /lib /lib64 /proc /root /sbin /sys /usr /usr/bin /usr/lib /usr/lib64 /usr/libexec /usr/local " +
    "/usr/local/bin /usr/local/lib /usr/local/sbin /usr/sbin /usr/share /var /var/lib"
  ).split(" "),
);

/** The system folder that a word names, with everything in it. */
function systemFolder({ value }: ShellWord): string | undefined {
  if (value === undefined || !value.startsWith("/") || value.length > 200) return undefined;
  const parts: string[] = [];
  for (const part of value.replace(/\/\*$/, "").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const folder = `/${parts.join("/")}`;
  return folders.has(folder) ? folder : undefined;
}

/** Folders of programs, where everybody may read and execute everything. */
const programs = /^\/(?:usr\/(?:local\/?)?)?(?:s?bin|lib(?:64|exec)?|share)?$/;

/** Whether a mode lets more than root write, or opens files that are private as the system has them. */
function opens(mode: string, folder: string): boolean {
  if (judgeMode(mode)?.worldWritable) return true;
  if (!/^[0-7]{1,5}$/.test(mode))
    return /(?:^|,)[ugoa]{0,4}[ga][ugoa]{0,4}[+=][rxXst]{0,5}w/.test(mode.slice(0, 200));
  const bits = Number.parseInt(mode, 8);
  return (
    (bits & 0o022) !== 0 ||
    (folder !== "/dev" && (folder === "/" || !programs.test(folder)) && (bits & 0o007) !== 0)
  );
}
