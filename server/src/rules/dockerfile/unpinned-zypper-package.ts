import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-zypper-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["zypper"] },
  title: "Packages that zypper installs have a version",
  why: `A package without a version is whatever the repository holds on the day of the build. Two builds of one commit
differ, nobody can say later what was in an image, and a broken or malicious release gets in without a change of yours.

There is a price: a version that the repository no longer has breaks the build, and an old one stays when there is a
security update. Many leave system packages unpinned, pin the base image by digest and rebuild often; then leave this
rule off.

Write \`name=version\`; \`zypper search --details name\` lists them. Package files, patterns and words with a variable are
not reported. The fix leaves
a place for the version, since only the repository knows the versions.`,
  category: "supply-chain",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3037", "kics:zypper_install_without_version", "owasp:RULE#9", "cis:4.11", "cwe:1357"],
  references: [
    { title: "openSUSE: zypper", url: "https://en.opensuse.org/SDB:Zypper_manual" },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source:
        "FROM opensuse/leap:15.6\nRUN «zypper install» -y httpd && zypper clean\nRUN «zypper -n in» httpd=2.4.58 git\n",
      fixed:
        "FROM opensuse/leap:15.6\nRUN zypper install -y httpd=VERSION && zypper clean\nRUN zypper -n in httpd=2.4.58 git=VERSION\n",
    },
    {
      title: "in exec form and a trigger",
      source:
        'FROM opensuse/leap:15.6\nRUN [«"zypper", "install"», "http"]\nONBUILD RUN «zypper --non-interactive install» -t package git\n',
      fixed:
        'FROM opensuse/leap:15.6\nRUN ["zypper", "install", "http"]\nONBUILD RUN zypper --non-interactive install -t package git=VERSION\n',
    },
  ],
  good: [
    {
      title: "versions",
      source: "FROM opensuse/leap:15.6\nRUN zypper install -y httpd=2.4.58 'git>=2.43' vim=$VIM_VERSION\n",
    },
    {
      title: "files, addresses and patterns",
      source:
        "FROM opensuse/leap:15.6\nRUN zypper -n in ./a.rpm https://example.com/b.rpm && zypper -n in -t pattern devel_basis && zypper -n in pattern:base\n",
    },
    {
      title: "variables, other commands and text",
      source:
        "FROM opensuse/leap:15.6\nRUN zypper in -y $PACKAGES && zypper refresh && zypper rm -y git && echo zypper in git\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "zypper"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
