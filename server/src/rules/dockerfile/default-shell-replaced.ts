import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf, valueOfOption } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { commandsMentioning } from "../shared/mentions";
import { dockerfileReference } from "../shared/references";

export default defineRule({
  id: "default-shell-replaced",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["/bin/sh", "chsh", "usermod"] },
  title: "Another shell is chosen with SHELL",
  why: `A link over \`/bin/sh\` changes the shell of everything in the image: package scripts, entrypoints and programs that
call \`system()\` were written for the one that was there. An upgrade of the package puts the old one back, and the build then
fails, or does something else. \`chsh\` and \`usermod -s\` for root do not do what they seem to: they change what a login starts,
not what RUN uses.

Write \`SHELL ["/bin/bash", "-c"]\`: it changes the shell of the RUN, CMD and ENTRYPOINT instructions below it and nothing
else.

Shells of other users are not reported. The fix writes SHELL where the step does nothing else; it is not called safe, since
something may rely on the link.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL4005",
    "kics:changing_default_shell_using_run_command",
    "semgrep:use-shell-instruction",
    "cwe:710",
  ],
  references: [dockerfileReference("SHELL", "shell")],
  messages: {
    link: () => "Everything in the image that calls /bin/sh gets another shell than it was written for",
    login: (program: string) =>
      `${program} changes what a login of root starts, not the shell of later steps`,
  },
  bad: [
    {
      title: "a link",
      source: "FROM debian:12\nRUN «ln» -sfv /bin/bash /bin/sh\nRUN sudo «ln» -snf bash /bin/sh\n",
      fixed: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nSHELL ["/bin/bash", "-c"]\n',
    },
    {
      title: "after deleting the other, in exec form and among others",
      source:
        'FROM debian:12\nRUN rm /bin/sh && «ln» -s /bin/bash /bin/sh\nRUN [«"ln"», "-sf", "/bin/bash", "/bin/sh"]\nRUN apt-get update; «mv» /bin/bash /bin/sh\n',
      fixed:
        'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN ["ln", "-sf", "/bin/bash", "/bin/sh"]\nRUN apt-get update; mv /bin/bash /bin/sh\n',
    },
    {
      title: "the shell of root's logins",
      source: "FROM debian:12\nRUN «chsh» -s /bin/bash\nRUN «usermod» --shell /bin/zsh root\n",
    },
  ],
  good: [
    {
      title: "SHELL",
      source: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN echo ln -s /bin/bash /bin/sh\n',
    },
    {
      title: "other links and users",
      source:
        "FROM debian:12\nRUN ln -s /bin/busybox /usr/local/bin/x && ln -s /bin/sh /bin/y; chsh -s /bin/zsh vscode; chsh -s /bin/bash $U; usermod -s /sbin/nologin www-data\n",
    },
    { title: "in another root folder", source: "FROM debian:12\nRUN ln -s busybox /rootfs/bin/sh; cp a b\n" },
    {
      title: "locked",
      source: "FROM debian:12\nRUN usermod -s /usr/sbin/nologin root && chsh -s /bin/false root\n",
    },
  ],
  check(document, { report }) {
    const words = ["/bin/sh", "chsh", "usermod"];
    for (const { instruction, command } of commandsMentioning(document, words, changesShell, ["RUN"])) {
      const { name, program } = command.unwrapped;
      if (!name || instruction.keyword !== "RUN") continue;
      if (program === "chsh" || program === "usermod") report("login", [program], { at: name.span });
      else report("link", [], { at: name.span, fixes: fixesOf(document, instruction, command) });
    }
  },
});

function changesShell(command: ShellCommand): boolean {
  const { unwrapped } = command;
  const operands = operandsOf(unwrapped);
  switch (unwrapped.program) {
    case "ln":
    case "cp":
    case "mv":
      return operands.length === 2 && isShell(operands[1]?.value);
    case "update-alternatives":
      return operands[0]?.value === "/bin/sh" || operands.some(({ value }) => value === "/bin/sh");
    case "chsh":
    case "usermod": {
      const shell = valueOfOption(unwrapped, "s", "shell") ?? valueAfterShell(command);
      const user = operands.findLast(({ value }) => value !== shell);
      const isRoot = user?.value === "root" || (unwrapped.program === "chsh" && user === undefined);
      return isRoot && shell !== undefined && !/nologin|false|\/true/.test(shell);
    }
    default:
      return false;
  }
}

/** `chsh` is not among the programs whose options are known. */
function valueAfterShell({ unwrapped }: ShellCommand): string | undefined {
  const words = unwrapped.arguments;
  return words[words.findIndex(({ value }) => value === "-s" || value === "--shell") + 1]?.value;
}

function isShell(path: string | undefined): boolean {
  return path === "/bin/sh" || path === "/usr/bin/sh";
}

/** SHELL in place of a step that does nothing but link. */
function fixesOf(document: DockerfileDocument, run: RunInstruction, command: ShellCommand): readonly Fix[] {
  const { commands } = run.script;
  const isAll =
    commands.length <= 2 &&
    commands.every(
      (other) =>
        other === command ||
        (other.unwrapped.program === "rm" &&
          operandsOf(other.unwrapped).every(({ value }) => isShell(value))),
    );
  const shell = operandsOf(command.unwrapped)[0]?.value;
  const path = /^(?:\/(?:usr\/)?bin\/)?(?:bash|ash|dash|zsh|ksh)$/.test(shell ?? "") ? shell : undefined;
  if (!isAll || path === undefined || command.unwrapped.program !== "ln") return [];
  if (run.form !== "shell" || run.heredocs.length > 0 || run.onbuild || run.script.incomplete) return [];
  const text = document.text.slice(run.span.start, run.span.end);
  if (/[#\n]/.test(text)) return [];
  const line = `SHELL ["${path.startsWith("/") ? path : `/bin/${path}`}", "-c"]`;
  return [{ title: "Choose the shell with SHELL", safety: "unsafe", edits: [replaceSpan(run.span, line)] }];
}
