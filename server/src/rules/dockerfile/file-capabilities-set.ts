import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { changed } from "../shared/fillIn";
import { commandsMentioning } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { removalOfCommand } from "../shared/removeCommand";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "file-capabilities-set",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["setcap"] },
  title: "No program in the image brings its own capabilities",
  why: `\`setcap\` gives a program a part of root's rights for everybody who starts it. With \`cap_setuid\`,
\`cap_dac_override\` or \`cap_sys_admin\` that is as good as root; on an interpreter (python, node, perl, bash) every
script has it, so one line of code is enough to become root in the container. Nobody sees it later: \`ls\` does not
show file capabilities.

Give the capability to the container that needs it (\`docker run --cap-drop ALL --cap-add NET_RAW\`), so that who runs
the image decides. For ports below 1024 no capability is needed any more: Docker lets every user listen there.

\`cap_net_bind_service\` alone is not reported on a program of its own, and is low on an interpreter, as are
\`cap_ipc_lock\` and \`cap_sys_nice\`. Removing and listing capabilities is not reported. The fix deletes
the command: what the program needs is then to be given to the container.`,
  category: "privilege",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.4", "cwe:250"],
  references: [
    { title: "Linux manual: capabilities", url: "https://man7.org/linux/man-pages/man7/capabilities.7.html" },
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    root: (capability: string) => `${capability} on a file lets whoever starts it become root`,
    some: (capability: string) =>
      `${capability} on a file gives a part of root's rights to whoever starts it`,
    interpreter: (capability: string) =>
      `${capability} on an interpreter gives it to every script in the image`,
  },
  bad: [
    {
      title: "as good as root",
      source:
        "FROM debian:12\nRUN setcap «cap_sys_admin+ep» /usr/bin/tool && sudo setcap '«cap_setuid,cap_setgid=eip»' /usr/bin/newuidmap\nRUN setcap «all=ep» /a; setcap «=ep» /b\n",
      fixed: "FROM debian:12\n",
    },
    {
      title: "some of its rights, over lines, after options, for several files",
      source:
        'FROM debian:12\nRUN apt-get update && \\\n    /sbin/setcap -q \\\n    «cap_net_raw,cap_net_admin+eip» /usr/bin/nmap «CAP_SYS_PTRACE=ep» "$(which gdb)"\n',
      fixed: "FROM debian:12\nRUN apt-get update\n",
    },
    {
      title: "an interpreter",
      source:
        'FROM node:22\nRUN setcap «cap_net_bind_service=+ep» "$(readlink -f "$(which node)")" && setcap «cap_net_raw+ep» /usr/bin/python3.12\n',
      fixed: "FROM node:22\n",
    },
    {
      title: "low",
      source: "FROM debian:12\nRUN setcap «cap_ipc_lock=+ep» /bin/vault\n",
      fixed: "FROM debian:12\n",
    },
  ],
  good: [
    {
      title: "low ports only",
      source:
        "FROM debian:12\nRUN setcap cap_net_bind_service=+ep /usr/bin/caddy && setcap 'cap_net_bind_service=ep' nginx\n",
    },
    {
      title: "removed or checked",
      source: "FROM debian:12\nRUN setcap -r /usr/bin/ping && getcap -r / && setcap -v cap_net_raw=ep /a\n",
    },
    {
      title: "taken away",
      source: "FROM debian:12\nRUN setcap cap_net_raw-ep /a && setcap cap_setuid= /b\n",
    },
    {
      title: "text",
      source: "FROM debian:12\nRUN apt-get install -y libcap2-bin && echo setcap cap_sys_admin+ep /a\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["setcap"], setsCapabilities, [
      "RUN",
    ]))
      for (const { word, capability, severity, isInterpreter } of grantsOf(command)) {
        const message =
          severity === "high" && !isInterpreter ? "root" : isInterpreter ? "interpreter" : "some";
        const removal = removalOfCommand(document, instruction, command);
        const fixes = changed("Give the file no capability", [removal]);
        report(message, [shorten(capability, 24)], { at: innerSpan(word), severity, fixes });
      }
  },
});

function setsCapabilities(command: ShellCommand): boolean {
  return command.unwrapped.program === "setcap" && grantsOf(command).length > 0;
}

interface Grant {
  readonly word: ShellWord;
  /** The worst of the word's capabilities. */
  readonly capability: string;
  readonly severity: Severity;
  readonly isInterpreter: boolean;
}

/** The words `capabilities file` in pairs; an option such as `-q` stands before them, `-r` takes a file only. */
function grantsOf({ unwrapped: { arguments: words } }: ShellCommand): readonly Grant[] {
  const found: Grant[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.value === "-r") at++;
    else if (/^-[nfv]$/.test(word.value ?? "")) {
      if (word.value === "-v") return [];
      if (word.value === "-n") at++;
    } else if (!/^-[a-z]/.test(word.literalPrefix)) {
      const isInterpreter = interpreter.test(words[at + 1]?.text.slice(-200) ?? "");
      const worst = worstOf(word, isInterpreter);
      if (worst !== undefined) found.push({ word, isInterpreter, ...worst });
      at++;
    }
  }
  return found;
}

const interpreter =
  /(?:^|[/\s])(?:python[\d.]{0,6}|node(?:js)?|perl[\d.]{0,8}|ruby[\d.]{0,6}|php[\d.]{0,6}|lua[\d.]{0,6}|java|bash|dash|sh|busybox|gawk|awk)["'`)]{0,4}$/;

const rootLike: ReadonlySet<string> = new Set(
  (
    "all cap_sys_admin cap_sys_module cap_sys_ptrace cap_sys_rawio cap_setuid cap_setgid cap_setpcap cap_setfcap " +
    "cap_dac_override cap_dac_read_search cap_chown cap_fowner cap_bpf"
  ).split(" "),
);
const harmless: ReadonlySet<string> = new Set(["cap_ipc_lock", "cap_sys_nice"]);

function worstOf(word: ShellWord, isInterpreter: boolean): Omit<Grant, "word" | "isInterpreter"> | undefined {
  const match = /^([a-z_,]{0,500})[+=]+[eip]/.exec(word.value?.toLowerCase() ?? "");
  if (match === null) return undefined;
  const names = (match[1] === "" ? "all" : (match[1] ?? "")).split(",");
  const severities = names.map((capability) => ({
    capability,
    severity: severityOf(capability, isInterpreter),
  }));
  const rank = (severity: Severity | undefined) => ["low", "medium", "high"].indexOf(severity ?? "");
  const worst = severities.reduce((a, b) => (rank(b.severity) > rank(a.severity) ? b : a));
  return worst.severity && { capability: worst.capability, severity: worst.severity };
}

function severityOf(capability: string, isInterpreter: boolean): Severity | undefined {
  if (rootLike.has(capability)) return "high";
  if (capability === "cap_net_bind_service") return isInterpreter ? "low" : undefined;
  return harmless.has(capability) ? "low" : "medium";
}

/** A word without its quotes. */
function innerSpan({ span, text, exact }: ShellWord): { readonly start: number; readonly end: number } {
  const isQuoted = exact && /^(["']).{1,500}\1$/.test(text) && text.length === span.end - span.start;
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}
