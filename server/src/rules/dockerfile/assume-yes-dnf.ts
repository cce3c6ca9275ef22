import { defineRule } from "../../engine/rule";
import { askingCommands, askingMessage } from "../shared/assumeYes";

export default defineRule({
  id: "assume-yes-dnf",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["dnf"] },
  title: "dnf does not ask during a build",
  why: `\`dnf install\` asks whether to go on, always. Nobody can answer during a build, so it stops there.

Write \`-y\`. Also right are \`assumeyes=1\` in a configuration file or in \`--setopt\`, and an answer that is
piped in. dnf5, microdnf (from version 3.7 on) and tdnf do the same.
The fix writes \`-y\`; it is safe, since a build that succeeds was not asked.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3038", "kics:missing_flag_from_dnf_install", "semgrep:missing-dnf-assume-yes-switch"],
  references: [
    { title: "DNF: command reference", url: "https://dnf.readthedocs.io/en/latest/command_ref.html" },
  ],
  messages: { asks: askingMessage },
  bad: [
    {
      title: "install and its kin",
      source:
        "FROM fedora:43\nRUN «dnf install» httpd && «dnf group install» c-development\nRUN sudo «dnf install» \\\n    --setopt=tsflags=nodocs \\\n    git\n",
      fixed:
        "FROM fedora:43\nRUN dnf install -y httpd && dnf group install -y c-development\nRUN sudo dnf install -y \\\n    --setopt=tsflags=nodocs \\\n    git\n",
    },
    {
      title: "other programs, in a trigger",
      source:
        "FROM almalinux:9\nRUN «microdnf install» git && «tdnf remove» vim\nONBUILD RUN «dnf5 upgrade»\n",
      fixed:
        "FROM almalinux:9\nRUN microdnf install -y git && tdnf remove -y vim\nONBUILD RUN dnf5 upgrade -y\n",
    },
    { title: "in exec form, without a fix", source: 'FROM fedora:43\nRUN [«"dnf", "install"», "git"]\n' },
  ],
  good: [
    {
      title: "the ways to say yes",
      source:
        "FROM fedora:43\nRUN dnf install -y a && dnf -y install b && microdnf install --assumeyes c && dnf -qy upgrade\n",
    },
    {
      title: "configured",
      source: "FROM fedora:43\nRUN echo 'assumeyes=True' >> /etc/dnf/dnf.conf\nRUN dnf install a\n",
    },
    {
      title: "what does not ask, and text",
      source:
        "FROM fedora:43\nRUN dnf clean all && dnf makecache && dnf install --downloadonly a && echo dnf install a\n",
    },
  ],
  check(document, { report }) {
    for (const { program, span, fixes } of askingCommands(document, "dnf"))
      report("asks", [program], { at: span, fixes });
  },
});
