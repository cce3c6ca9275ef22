import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-dnf-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["dnf"] },
  title: "Packages that dnf installs have a version",
  why: `A package without a version is whatever the repository holds on the day of the build. Two builds of one commit
differ, nobody can say later what was in an image, and a broken or malicious release gets in without a change of yours.

There is a price: a version that the repository no longer has breaks the build, and an old one stays when there is a
security update. Many leave system packages unpinned, pin the base image by digest and rebuild often; then leave this
rule off.

Write \`name-version\` or \`name-version-release\`; \`dnf list --showduplicates name\` lists them, and \`name-1.2*\`
takes every 1.2. Package files, addresses, groups and words with a variable are not reported, and a name that ends
like a version (\`gcc-toolset-12\`) counts as one. A module needs its stream: \`module install nodejs:22\`. The fix
leaves a place for the version, since only the repository knows the versions.`,
  category: "supply-chain",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3041",
    "kics:missing_version_specification_in_dnf_install",
    "owasp:RULE#9",
    "cis:4.11",
    "cwe:1357",
  ],
  references: [
    { title: "DNF: command reference", url: "https://dnf.readthedocs.io/en/latest/command_ref.html" },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source:
        "FROM fedora:43\nRUN «dnf install» -y httpd\nRUN «dnf -y --setopt=tsflags=nodocs install» httpd-2.4.65 python3-devel\n",
      fixed:
        "FROM fedora:43\nRUN dnf install -y httpd-VERSION\nRUN dnf -y --setopt=tsflags=nodocs install httpd-2.4.65 python3-devel-VERSION\n",
    },
    {
      title: "its smaller kin",
      source:
        'FROM almalinux:9\nRUN «microdnf install» -y git\nRUN «tdnf install» -y git\nRUN [«"dnf5", "install"», "-y", "git"]\n',
      fixed:
        'FROM almalinux:9\nRUN microdnf install -y git-VERSION\nRUN tdnf install -y git-VERSION\nRUN ["dnf5", "install", "-y", "git"]\n',
    },
    {
      title: "a module",
      source: "FROM almalinux:9\nRUN «dnf module install» -y nodejs\n",
      fixed: "FROM almalinux:9\nRUN dnf module install -y nodejs:VERSION\n",
    },
    {
      title: "a name with a number, over lines",
      source:
        "FROM fedora:43\nRUN «dnf install» \\\n    -y \\\n    # Java\n    java-25-openjdk && dnf clean all\n",
      fixed:
        "FROM fedora:43\nRUN dnf install \\\n    -y \\\n    # Java\n    java-25-openjdk-VERSION && dnf clean all\n",
    },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM fedora:43\nRUN dnf install -y httpd-2.4.65 bash-5.3.0-2.fc43.x86_64 git-$GIT_VERSION kernel-devel-$(uname -r)\n",
    },
    {
      title: "files, addresses and groups",
      source:
        "FROM fedora:43\nRUN dnf install -y ./a.rpm https://example.com/b.rpm @c-development && dnf group install -y c-development\n",
    },
    {
      title: "a module with its stream",
      source: "FROM almalinux:9\nRUN dnf module install -y nodejs:22/minimal && dnf module enable nodejs\n",
    },
    {
      title: "variables, other commands and text",
      source:
        "FROM fedora:43\nRUN dnf install -y $PACKAGES && dnf -y upgrade && dnf clean all && echo dnf install git\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "dnf"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
