import { defineRule } from "../../engine/rule";
import { askingCommands, askingMessage } from "../shared/assumeYes";

export default defineRule({
  id: "assume-yes-zypper",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["zypper"] },
  title: "zypper does not ask during a build",
  why: `\`zypper install\` asks whether to go on. Nobody can answer during a build, so it stops there.

Write \`zypper --non-interactive\` (\`-n\`), which answers everything by its default, or \`-y\` behind the subcommand.
The fix writes the latter; it is safe, since a build that succeeds was not asked.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3034",
    "kics:missing_zypper_non_interactive_switch",
    "semgrep:missing-zypper-no-confirm-switch",
    "droast:DF043",
  ],
  references: [{ title: "openSUSE: zypper", url: "https://en.opensuse.org/SDB:Zypper_manual" }],
  messages: { asks: askingMessage },
  bad: [
    {
      title: "install, remove and update",
      source:
        "FROM opensuse/leap:15.6\nRUN «zypper install» httpd=2.4.58 && «zypper rm» git && «zypper dup»\nRUN sudo «zypper --gpg-auto-import-keys in» \\\n    # tools\n    git\n",
      fixed:
        "FROM opensuse/leap:15.6\nRUN zypper install -y httpd=2.4.58 && zypper rm -y git && zypper dup -y\nRUN sudo zypper --gpg-auto-import-keys in -y \\\n    # tools\n    git\n",
    },
    {
      title: "in exec form, without a fix, and in a trigger",
      source:
        'FROM opensuse/leap:15.6\nRUN [«"zypper", "install"», "git"]\nONBUILD RUN [«"zypper", "patch"»]\n',
    },
  ],
  good: [
    {
      title: "the ways to say yes",
      source:
        "FROM opensuse/leap:15.6\nRUN zypper -n install a && zypper --non-interactive in b && zypper in -y c && zypper install --no-confirm d\n",
    },
    { title: "an answer piped in", source: "FROM opensuse/leap:15.6\nRUN yes | zypper install a\n" },
    {
      title: "what does not ask, and text",
      source:
        "FROM opensuse/leap:15.6\nRUN zypper refresh && zypper clean && zypper search a && echo zypper install a\n",
    },
  ],
  check(document, { report }) {
    for (const { program, span, fixes } of askingCommands(document, "zypper"))
      report("asks", [program], { at: span, fixes });
  },
});
