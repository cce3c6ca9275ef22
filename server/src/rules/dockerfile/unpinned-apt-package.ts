import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-apt-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apt"] },
  title: "Debian packages are installed at a version",
  why: `A package without a version is whatever the archive holds on the day of the build. Two builds of one commit
differ, nobody can say later what was in an image, and a broken or malicious release gets in without a change of yours.

There is a price: Debian and Ubuntu keep only the newest version of a package, so a build with \`curl=7.88.1-10\` fails
as soon as a security update replaces it. Many leave system packages unpinned for that reason, pin the base image by
digest and rebuild often; then leave this rule off. To have both, install from \`snapshot.debian.org\` or
\`snapshot.ubuntu.com\`, where every day's archive stays.

Write \`name=version\`; \`apt-cache madison name\` in the base image lists them, and \`name=1.2*\` takes every
1.2. Package files, \`name/release\` and words with a variable are not reported. The fix leaves
a place for the version, since only the archive knows the versions.`,
  category: "supply-chain",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3008",
    "kics:apt_get_install_pin_version_not_defined",
    "droast:DF005",
    "owasp:RULE#9",
    "cis:4.11",
    "cwe:1357",
  ],
  references: [
    { title: "Debian: apt-get", url: "https://manpages.debian.org/stable/apt/apt-get.8.en.html" },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source:
        "FROM debian:12\nRUN apt-get update && «apt-get install» -y curl\nRUN «apt-get -y install» --no-install-recommends curl=7.88.1-10 git vim\n",
      fixed:
        "FROM debian:12\nRUN apt-get update && apt-get install -y curl=VERSION\nRUN apt-get -y install --no-install-recommends curl=7.88.1-10 git=VERSION vim=VERSION\n",
    },
    {
      title: "in exec form, behind sudo, with a path",
      source:
        'FROM debian:12\nRUN [«"apt-get", "install"», "curl"]\nRUN sudo -E «/usr/bin/apt-get install» -y git\n',
      fixed:
        'FROM debian:12\nRUN ["apt-get", "install", "curl"]\nRUN sudo -E /usr/bin/apt-get install -y git=VERSION\n',
    },
    {
      title: "over lines with a comment, a heredoc and a shell of its own",
      source:
        "FROM debian:12\nRUN apt-get update \\\n # tools\n && «apt-get install» -y -t bookworm-backports \\\n    curl:amd64 \\\n # more\n    g++\nRUN <<EOF\nif true; then «apt install» -y jq; fi\nEOF\nRUN sh -c '«apt-get install» -y curl'\n",
      fixed:
        "FROM debian:12\nRUN apt-get update \\\n # tools\n && apt-get install -y -t bookworm-backports \\\n    curl:amd64 \\\n # more\n    g++\nRUN <<EOF\nif true; then apt install -y jq=VERSION; fi\nEOF\nRUN sh -c 'apt-get install -y curl=VERSION'\n",
    },
    {
      title: "in a trigger",
      source: "FROM debian:12\nONBUILD RUN «aptitude install» -y git\n",
      fixed: "FROM debian:12\nONBUILD RUN aptitude install -y git=VERSION\n",
    },
  ],
  good: [
    {
      title: "versions",
      source: "FROM debian:12\nRUN apt-get install -y curl=7.88.1-10 git=1:2.* jq=$JQ_VERSION\n",
    },
    {
      title: "files, releases, removals and tasks",
      source: "FROM debian:12\nRUN apt-get install -y ./a.deb /tmp/b.deb c.deb git/bookworm vim- server^\n",
    },
    {
      title: "variables",
      source:
        'FROM debian:12\nRUN apt-get install -y $PACKAGES "${MORE}" php$V $(cat list) && xargs apt-get install -y < list\n',
    },
    {
      title: "options with values",
      source:
        "FROM debian:12\nRUN apt-get -o Dpkg::Options::=--force-confold -t stable install -y git=1:2.39.5-0\n",
    },
    {
      title: "other commands and text",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get remove curl && echo apt-get install curl\n# RUN apt-get install curl\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "apt"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
