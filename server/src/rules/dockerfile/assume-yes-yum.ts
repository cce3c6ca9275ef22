import { defineRule } from "../../engine/rule";
import { askingCommands, askingMessage } from "../shared/assumeYes";

export default defineRule({
  id: "assume-yes-yum",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["yum"] },
  title: "yum does not ask during a build",
  why: `\`yum install\` asks whether to go on, always. Nobody can answer during a build, so it stops there.

Write \`-y\`. Also right are \`assumeyes=1\` in a configuration file or in \`--setopt\`, and an answer that is
piped in. The fix writes \`-y\`; it is safe, since a build that succeeds was not asked.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3030",
    "kics:yum_install_allows_manual_input",
    "semgrep:missing-yum-assume-yes-switch",
    "droast:DF027",
  ],
  references: [
    {
      title: "Red Hat: managing software with yum",
      url: "https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/7/html/system_administrators_guide/ch-yum",
    },
  ],
  messages: { asks: askingMessage },
  bad: [
    {
      title: "install and its kin",
      source:
        "FROM almalinux:8\nRUN «yum install» httpd-2.4.37 && «yum groupinstall» 'Development Tools'\nRUN sudo «yum localinstall» \\\n    ./a.rpm\n",
      fixed:
        "FROM almalinux:8\nRUN yum install -y httpd-2.4.37 && yum groupinstall -y 'Development Tools'\nRUN sudo yum localinstall -y \\\n    ./a.rpm\n",
    },
    {
      title: "update and remove, in a trigger",
      source: "FROM almalinux:8\nONBUILD RUN «yum update» && «yum -q remove» git\n",
      fixed: "FROM almalinux:8\nONBUILD RUN yum update -y && yum -q remove -y git\n",
    },
    { title: "in exec form, without a fix", source: 'FROM almalinux:8\nRUN [«"yum", "install"», "git"]\n' },
  ],
  good: [
    {
      title: "the ways to say yes",
      source:
        "FROM almalinux:8\nRUN yum install -y a && yum -y install b && yum install --assumeyes c && yum -yq update\n",
    },
    {
      title: "configured, and piped in",
      source: "FROM almalinux:8\nRUN yum --setopt=assumeyes=1 install a && yes | yum install b\n",
    },
    {
      title: "what does not ask, and text",
      source: "FROM almalinux:8\nRUN yum clean all && yum makecache && yum list a && echo yum install a\n",
    },
  ],
  check(document, { report }) {
    for (const { program, span, fixes } of askingCommands(document, "yum"))
      report("asks", [program], { at: span, fixes });
  },
});
