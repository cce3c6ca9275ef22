import { defineRule } from "../../engine/rule";
import { flagDeletionFixes, flagUses } from "../shared/commandFlags";
import { rpmPrograms } from "../shared/packagePrograms";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "yum-dnf-nogpgcheck",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "CMD", "ENTRYPOINT"], words: ["nogpgcheck", "no-gpgchecks"] },
  title: "yum and dnf install only what is signed by a key they know",
  why: `\`--nogpgcheck\` makes yum, dnf, microdnf and tdnf install packages without looking at their signature.
Whoever can change what a mirror serves, or stands between it and the build, puts their own files and install scripts
into the image as root.

Import the publisher's key with \`rpm --import\` after a look at its fingerprint, or write \`gpgkey=\` and
\`gpgcheck=1\` into the repository's file. For a package file of your own, sign it, or check it with
\`sha256sum -c\` and ignore this finding with that as the reason.

The fix deletes the flag; it is not called safe, since a build that needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_9", "cis:4.11", "cwe:347"],
  references: [
    { title: "DNF: command reference", url: "https://dnf.readthedocs.io/en/latest/command_ref.html" },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    unchecked: (program: string) =>
      `${program} installs packages that nobody has signed, so a changed mirror decides what is in the image`,
  },
  bad: [
    {
      title: "yum, before and after the command",
      source:
        "FROM almalinux:9\nRUN yum install -y «--nogpgcheck» tool && yum «--nogpgcheck» install -y other\n",
      fixed: "FROM almalinux:9\nRUN yum install -y tool && yum install -y other\n",
    },
    {
      title: "tdnf, with the flag last",
      source:
        "FROM photon:5.0\nRUN tdnf -y update && \\\n    tdnf install -y ${package} «--nogpgcheck» && \\\n    tdnf clean all\n",
      fixed:
        "FROM photon:5.0\nRUN tdnf -y update && \\\n    tdnf install -y ${package} && \\\n    tdnf clean all\n",
    },
    {
      title: "dnf's newer spelling",
      source: "FROM fedora:43\nRUN dnf install -y \\\n    «--no-gpgchecks» \\\n    tool\n",
      fixed: "FROM fedora:43\nRUN dnf install -y \\\n    tool\n",
    },
  ],
  good: [
    { title: "a plain installation", source: "FROM almalinux:9\nRUN dnf install -y git\n" },
    {
      title: "text and other programs",
      source: 'FROM almalinux:9\nRUN yum install git | grep "--nogpgcheck"; echo "yum --nogpgcheck"\n',
    },
  ],
  check(document, { report }) {
    const flags = ["nogpgcheck", "no-gpgchecks"];
    for (const use of flagUses(document, { programs: rpmPrograms, flags })) {
      const fixes = flagDeletionFixes(document, use, "Let packages be checked");
      report("unchecked", [use.invocation.program], { at: use.span, fixes });
    }
  },
});
