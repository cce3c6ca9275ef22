import { defineRule } from "../../engine/rule";
import { askingCommands, askingMessage } from "../shared/assumeYes";

export default defineRule({
  id: "assume-yes-apt",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["apt"] },
  title: "apt does not ask during a build",
  why: `\`apt-get install\` asks whether to go on when it has to install more than what was named. Nobody can answer during a
build, so it stops there; and whether it asks may change with every release of the packages, so that a build that
worked fails one day.

Write \`-y\`. Also right are \`-qq\`, \`APT::Get::Assume-Yes\` in a configuration file or in \`-o\`, and an answer
that is piped in (\`yes |\`). \`DEBIAN_FRONTEND=noninteractive\` answers the questions of packages, not this one.

Only \`install\`, \`reinstall\` and upgrades are reported. The fix writes \`-y\`; it is safe, since a build
that succeeds was not asked.`,
  category: "style",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3014",
    "trivy:DS-0021",
    "kics:apt_get_missing_flags_to_avoid_manual_input",
    "semgrep:missing-assume-yes-switch",
    "sonar:S6584",
    "dockerfilelint:apt-get_missing_param",
    "droast:DF015",
  ],
  references: [{ title: "Debian: apt-get", url: "https://manpages.debian.org/stable/apt/apt-get.8.en.html" }],
  messages: { asks: askingMessage },
  bad: [
    {
      title: "one and several",
      source:
        "FROM debian:12\nRUN apt-get update && «apt-get install» git\nRUN «apt-get --quiet install» --no-install-recommends \\\n    # tools\n    curl jq\n",
      fixed:
        "FROM debian:12\nRUN apt-get update && apt-get install -y git\nRUN apt-get --quiet install -y --no-install-recommends \\\n    # tools\n    curl jq\n",
    },
    {
      title: "behind sudo and a variable, in a trigger",
      source:
        "FROM debian:12\nRUN sudo «apt-get install» a=1\nRUN DUMMY=test «apt-get -q install» a\nONBUILD RUN env X=y «apt install» $PACKAGES\n",
      fixed:
        "FROM debian:12\nRUN sudo apt-get install -y a=1\nRUN DUMMY=test apt-get -q install -y a\nONBUILD RUN env X=y apt install -y $PACKAGES\n",
    },
    {
      title: "in exec form, without a fix",
      source:
        'FROM debian:12\nRUN [«"apt-get", "install"», "git"]\nRUN ["sudo", «"apt-get", "-q", "install"», "git"]\n',
    },
    {
      title: "upgrades",
      source: "FROM debian:12\nRUN apt-get update && «apt-get dist-upgrade» && apt-get clean\n",
      fixed: "FROM debian:12\nRUN apt-get update && apt-get dist-upgrade -y && apt-get clean\n",
    },
    {
      title: "in a heredoc and a shell of its own",
      source: "FROM debian:12\nRUN <<EOF\n«apt-get install» git\nEOF\nRUN bash -c '«apt-get install» git'\n",
      fixed: "FROM debian:12\nRUN <<EOF\napt-get install -y git\nEOF\nRUN bash -c 'apt-get install -y git'\n",
    },
  ],
  good: [
    {
      title: "the ways to say yes",
      source:
        "FROM debian:12\nRUN apt-get -y install a && apt-get install --yes b && apt-get --assume-yes install c && apt-get -yqq install d && apt install e -y\n",
    },
    {
      title: "quiet twice over",
      source:
        "FROM debian:12\nRUN apt-get -qq install a && apt-get -q -q install b && apt-get -q=2 install c && apt-get --quiet --quiet install d\n",
    },
    {
      title: "an answer piped in, a try",
      source:
        "FROM debian:12\nRUN yes | apt-get install a && apt-get install -s b && yes | sh -c 'apt-get install c'\n",
    },
    {
      title: "configured",
      source:
        "FROM debian:12\nRUN echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/90yes\nRUN apt-get install a\n",
    },
    {
      title: "what does not ask, and text",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get clean && apt-get download a && apt-get install -f && echo apt-get install a\n",
    },
  ],
  check(document, { report }) {
    for (const { program, span, fixes } of askingCommands(document, "apt"))
      report("asks", [program], { at: span, fixes });
  },
});
