import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import { insertFlagFixes } from "../shared/insertFlag";
import { cisDocker, cwe } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { hasOption, spanOfAction, systemCommandOf } from "../shared/systemPackages";

export default defineRule({
  id: "apt-recommends",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["apt"] },
  title: "apt-get installs what is named and needed, nothing more",
  why: `apt-get also installs what a package merely recommends: documentation, an X server's fonts, a mail server,
compilers. Each is more for an attacker to use, more for a scanner to report, and more to download.

Write \`--no-install-recommends\`, or set \`APT::Install-Recommends "false";\` in a file under \`/etc/apt/apt.conf.d/\`
(a file written by a RUN of this Dockerfile is seen, one that is copied is not). Where a recommended package is wanted, name it.
\`--install-recommends\` says that they are wanted, and is not reported.

The fix inserts the flag; it is not called safe, since something recommended may be needed after all, such as
\`ca-certificates\` for curl.`,
  category: "hygiene",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3015",
    "trivy:DS-0029",
    "kics:apt_get_not_avoiding_additional_packages",
    "semgrep:missing-no-install-recommends",
    "sonar:S6500",
    "docker-bench:4.3",
    "dockerfilelint:apt-get_recommends",
    "droast:DF016",
    "cis:4.3",
    "cwe:1104",
  ],
  references: [
    { title: "Debian: apt-get", url: "https://manpages.debian.org/stable/apt/apt-get.8.en.html" },
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  messages: {
    recommends: (program: string) =>
      `${program} also installs what these packages merely recommend, so the image holds more than it needs`,
  },
  bad: [
    {
      title: "one and several",
      source:
        "FROM debian:12\nRUN apt-get update && «apt-get install» -y git\nRUN «apt-get -qy install» \\\n    # tools\n    curl jq\n",
      fixed:
        "FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y git\nRUN apt-get -qy install --no-install-recommends \\\n    # tools\n    curl jq\n",
    },
    {
      title: "behind sudo, with a file, with a variable, in a trigger",
      source:
        "FROM debian:12\nRUN sudo «apt-get install» -y ./a.deb\nONBUILD RUN DEBIAN_FRONTEND=noninteractive «apt install» -y $PACKAGES\n",
      fixed:
        "FROM debian:12\nRUN sudo apt-get install --no-install-recommends -y ./a.deb\nONBUILD RUN DEBIAN_FRONTEND=noninteractive apt install --no-install-recommends -y $PACKAGES\n",
    },
    {
      title: "in exec form, without a fix",
      source: 'FROM debian:12\nRUN [«"apt-get", "install"», "git"]\n',
    },
    {
      title: "in a heredoc and a shell of its own",
      source:
        "FROM debian:12\nRUN <<EOF\n«apt-get install» -y git\nEOF\nRUN bash -c '«apt-get install» -y git'\n",
      fixed:
        "FROM debian:12\nRUN <<EOF\napt-get install --no-install-recommends -y git\nEOF\nRUN bash -c 'apt-get install --no-install-recommends -y git'\n",
    },
  ],
  good: [
    {
      title: "the flag, anywhere",
      source:
        "FROM debian:12\nRUN apt-get install -y --no-install-recommends a && apt-get --no-install-recommends install b && apt-get install c --no-install-recommends\n",
    },
    {
      title: "the setting, as an option and in a file",
      source:
        'FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install -y a && apt-get install -y -o APT::Install-Recommends=0 b\nRUN ["apt-get", "apt::install-recommends=false", "install", "c"]\n',
    },
    {
      title: "a file of settings",
      source:
        "FROM debian:12\nRUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/00x\nRUN apt-get update && apt-get install -y git\n",
    },
    {
      title: "wanted, or nothing named",
      source: "FROM debian:12\nRUN apt-get install -y --install-recommends a && apt-get install -y -f\n",
    },
    {
      title: "other commands and text",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get remove a && apk add b && echo apt-get install c\n",
    },
  ],
  check(document, { report }) {
    if (switchedOff.test(document.text)) return;
    for (const { command } of runCommands(document, installsRecommended)) {
      const install = systemCommandOf(command);
      if (install === undefined) continue;
      const fixes = insertFlagFixes(
        document,
        { name: install.verb },
        "--no-install-recommends",
        "Install nothing merely recommended",
      );
      report("recommends", [install.invocation.program], { at: spanOfAction(install), fixes });
    }
  },
});

/** The setting in a file that the Dockerfile writes: `APT::Install-Recommends "false";`. */
const switchedOff = /\bInstall-Recommends\\?["']?\s{1,9}\\?["']?(?:false|0|no)\b/i;

const decided = new Set(["no-install-recommends", "install-recommends", "without-recommends", "R"]);

function installsRecommended(command: ShellCommand): boolean {
  const install = systemCommandOf(command);
  return (
    install?.family === "apt" &&
    install.action === "install" &&
    install.operands.length > 0 &&
    !hasOption(install.options, decided) &&
    !install.invocation.arguments.some(({ literalPrefix }) => /install-recommends=/i.test(literalPrefix))
  );
}
