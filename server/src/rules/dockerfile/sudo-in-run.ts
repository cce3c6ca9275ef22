import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { optionSyntaxOf } from "../../documents/shell/optionSyntax";
import { readWords } from "../../documents/shell/options";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { cwe, dockerBestPractices } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { seesTheSameWithoutSudo } from "../shared/sudoEnvironment";
import { rootnessIn } from "../shared/users";
import { withBlanksAfter } from "../shared/words";

export default defineRule({
  id: "sudo-in-run",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["sudo"] },
  title: "No build step needs sudo",
  why: `A build step runs as the user that USER names, so \`sudo\` is either useless (the user is root already) or
wrong: it means that the image holds \`sudo\` and a rule that lets the service's user become root. An attacker who
takes over the service then has the same way. \`sudo\` also handles terminals and signals unlike what a container
expects.

Write \`USER root\` before the steps that need it and switch back after them. At run time, use \`gosu\` or
\`su-exec\` to give rights up. In a step that runs as root \`sudo\` is only of no use, and \`sudo -u somebody\` gives
rights up: both are low.

A package that is called sudo, or text that mentions it, is not reported. Where the step runs as root and \`sudo\` has
no options, the fix that deletes the word is safe. It has to be tried where the user is not known, and where the step
has variables or a umask of its own: \`sudo\` hides those from the command. For another user there is no fix.`,
  category: "user",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3004",
    "trivy:DS-0010",
    "checkov:CKV2_DOCKER_1",
    "kics:run_using_sudo",
    "semgrep:no-sudo-in-dockerfile",
    "dockle:DKL-DI-0001",
    "dockerfilelint:sudo_usage",
    "dockerfile_lint:no_run_with_sudo",
    "droast:DF010",
    "cwe:250",
  ],
  references: [dockerBestPractices, cwe(250, "Execution with unnecessary privileges")],
  messages: {
    root: () => "sudo does nothing for a step that runs as root, and should not be in the image",
    switched: () => "sudo switches to another user here, for which the image has to keep sudo and its rules",
    other: () => "A user that may use sudo can become root at run time just as easily as in this step",
  },
  bad: [
    {
      title: "as root, in the default user of a known image",
      source: "FROM debian:12\nRUN apt-get update && «sudo» apt-get install -y git\n",
      fixed: "FROM debian:12\nRUN apt-get update && apt-get install -y git\n",
    },
    {
      title: "over continued lines",
      source:
        "FROM registry.example.com/base:1\nUSER root\nRUN make && \\\n    «sudo» \\\n    make install\n",
      fixed: "FROM registry.example.com/base:1\nUSER root\nRUN make && \\\n    make install\n",
    },
    {
      title: "with variables, which sudo takes away",
      source: "FROM debian:12\nENV PATH=/opt/bin:$PATH\nRUN «sudo» make install\n",
      fixed: "FROM debian:12\nENV PATH=/opt/bin:$PATH\nRUN make install\n",
    },
    {
      title: "as another user, without a fix",
      source: "FROM jenkins/jenkins:2.528\nRUN «sudo» -E apt-get update\n",
    },
    {
      title: "in a pipe and in a substitution, where the user is not known",
      source: "FROM registry.example.com/base:1\nRUN echo x | «sudo» tee /etc/x; V=$(«sudo» cat /y)\n",
      fixed: "FROM registry.example.com/base:1\nRUN echo x | tee /etc/x; V=$(cat /y)\n",
    },
    {
      title: "to become somebody else, without a fix",
      source: "FROM postgres:17\nRUN «sudo» -u postgres initdb\n",
    },
  ],
  good: [
    { title: "the package", source: "FROM debian:12\nRUN apt-get install -y sudo sudoku\n" },
    { title: "text", source: 'FROM debian:12\n# sudo make\nRUN echo "sudo make install"\n' },
    {
      title: "its configuration",
      source: "FROM debian:12\nRUN chmod 440 /etc/sudoers.d/app && which sudo\n",
    },
    {
      title: "root where it is needed",
      source: "FROM jenkins/jenkins:2.528\nUSER root\nRUN apt-get update\nUSER jenkins\n",
    },
  ],
  check(document, { report }) {
    const rootnessOf = rootnessIn(document);
    for (const { instruction, command } of runCommands(document, usesSudo)) {
      const word = sudoWord(command);
      if (word === undefined) continue;
      if (switchesUser(command)) {
        report("switched", [], { at: word.span, severity: "low" });
        continue;
      }
      const rootness = rootnessOf(instruction);
      const isSafe = rootness === "root" && seesTheSameWithoutSudo(document, instruction, command);
      const fixes = rootness === "other" ? [] : fixesOf(document, isSafe, command, word);
      if (rootness === "root") report("root", [], { at: word.span, severity: "low", fixes });
      else report("other", [], { at: word.span, fixes });
    }
  },
});

function usesSudo(command: ShellCommand): boolean {
  return sudoWord(command) !== undefined;
}

function sudoWord(command: ShellCommand): ShellWord | undefined {
  if (command.program === "sudo") return command.name;
  return command.unwrapped.wrappers.find(
    ({ value }) => value !== undefined && /^(?:\/usr\/bin\/)?sudo$/.test(value),
  );
}

/** Whether sudo itself gets `-u somebody`, and so gives rights up rather than taking them. */
function switchesUser({ program, arguments: words }: ShellCommand): boolean {
  if (program !== "sudo") return false;
  const user = readWords(words, optionSyntaxOf("sudo"), true).options.find(
    ({ name }) => name === "u" || name === "user",
  );
  return user !== undefined && user.value !== "root" && user.value !== "#0";
}

/** Deletes the word where nothing but a command follows it: no option, no variable. */
function fixesOf(
  document: DockerfileDocument,
  isSafe: boolean,
  command: ShellCommand,
  sudo: ShellWord,
): readonly Fix[] {
  const inner = command.unwrapped.name;
  const { wrappers } = command.unwrapped;
  const next = wrappers[wrappers.indexOf(sudo) + 1] ?? inner;
  if (next === undefined || next === sudo || !sudo.exact) return [];
  const span = withBlanksAfter(document, sudo.span, next.span);
  const safety = isSafe ? "safe" : "unsafe";
  return span ? [{ title: "Delete sudo", safety, edits: [deleteSpan(span)] }] : [];
}
