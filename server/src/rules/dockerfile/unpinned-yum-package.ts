import { defineRule } from "../../engine/rule";
import { cisDocker, cwe } from "../shared/references";
import { unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-yum-package",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["yum"] },
  title: "Packages that yum installs have a version",
  why: `A package without a version is whatever the repository holds on the day of the build. Two builds of one commit
differ, nobody can say later what was in an image, and a broken or malicious release gets in without a change of yours.

There is a price: a version that the repository no longer has breaks the build, and an old one stays when there is a
security update. Many leave system packages unpinned, pin the base image by digest and rebuild often; then leave this
rule off.

Write \`name-version\` or \`name-version-release\`; \`yum list --showduplicates name\` lists them, and \`name-1.2*\`
takes every 1.2. Package files, addresses, groups and words with a variable are not reported, and a name that ends
like a version (\`gcc-toolset-12\`) counts as one. A module needs its stream: \`module install nodejs:22\`. The fix
leaves a place for the version, since only the repository knows the versions.`,
  category: "supply-chain",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3033", "kics:yum_install_without_version", "owasp:RULE#9", "cis:4.11", "cwe:1357"],
  references: [
    {
      title: "Red Hat: managing software with yum",
      url: "https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/7/html/system_administrators_guide/ch-yum",
    },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "one, several and some",
      source:
        "FROM almalinux:8\nRUN «yum install» -y httpd\nRUN «yum -y install» httpd-2.4.37 python3-devel yum-utils && yum clean all\n",
      fixed:
        "FROM almalinux:8\nRUN yum install -y httpd-VERSION\nRUN yum -y install httpd-2.4.37 python3-devel-VERSION yum-utils-VERSION && yum clean all\n",
    },
    {
      title: "a number inside the name",
      source: "FROM almalinux:8\nRUN «yum install» -y java-1.8.0-openjdk\n",
      fixed: "FROM almalinux:8\nRUN yum install -y java-1.8.0-openjdk-VERSION\n",
    },
    {
      title: "a module",
      source: "FROM almalinux:8\nRUN «yum module install» -y tomcat\n",
      fixed: "FROM almalinux:8\nRUN yum module install -y tomcat:VERSION\n",
    },
    {
      title: "in exec form, behind sudo, in a trigger",
      source:
        'FROM almalinux:8\nRUN [«"yum", "install"», "-y", "git"]\nRUN sudo «yum install» -y git\nONBUILD RUN «yum -y --enablerepo=extras install» git\n',
      fixed:
        'FROM almalinux:8\nRUN ["yum", "install", "-y", "git"]\nRUN sudo yum install -y git-VERSION\nONBUILD RUN yum -y --enablerepo=extras install git-VERSION\n',
    },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM almalinux:8\nRUN yum install -y httpd-2.4.37 bash-4.4.20-5.el8 vim-2:8.0.1763 git-$GIT_VERSION php-7.4*\n",
    },
    {
      title: "files, addresses and groups",
      source:
        "FROM almalinux:8\nRUN yum install -y ./a.rpm https://example.com/b.rpm @development /usr/bin/git && yum groupinstall -y 'Development Tools'\n",
    },
    { title: "a module with its stream", source: "FROM almalinux:8\nRUN yum module install -y tomcat:9\n" },
    {
      title: "variables, other commands and text",
      source:
        "FROM almalinux:8\nRUN yum install -y $PACKAGES && yum update -y && yum clean all && echo yum install git\n",
    },
  ],
  check(document, { report }) {
    for (const { packages, span, fixes } of unpinnedInstalls(document, "yum"))
      report("unpinned", [packages], { at: span, fixes });
  },
});
