import { defineRule } from "../../engine/rule";
import { cleaningFixes, uncleanedRuns } from "../shared/packageCaches";
import { cwe, dockerBestPractices } from "../shared/references";
import { rpmCache } from "../shared/rpmCaches";

export default defineRule({
  id: "clean-dnf",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["dnf"] },
  title: "The step that installs with dnf empties dnf's cache",
  why: `\`dnf\` (and \`microdnf\`, \`tdnf\`) keeps the metadata of every repository and what it downloaded in
\`/var/cache\`: tens to hundreds of megabytes that a finished image does not need. A later step cannot take them away,
since they stay in the layer of the step that fetched them.

End the step with \`dnf clean all\`, or keep the cache out of the layer with
\`RUN --mount=type=cache,target=/var/cache/dnf\` (dnf 5: \`/var/cache/libdnf5\`).

Stages that are thrown away are not reported. The fix adds the command; it is safe, since dnf fetches what it
misses.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3040",
    "trivy:DS-0019",
    "trivy:DS-0027",
    "kics:missing_dnf_clean_all",
    "semgrep:missing-dnf-clean-all",
    "sonar:S6587",
    "dockerfile_lint:no_dnf_clean_all",
    "droast:DF046",
    "cis:4.3",
    "cwe:459",
  ],
  references: [
    { title: "dnf: clean", url: "https://dnf.readthedocs.io/en/latest/command_ref.html#clean-command" },
    dockerBestPractices,
    cwe(459, "Incomplete cleanup"),
  ],
  messages: {
    cache: (program: string) =>
      `What ${program} fetches here stays in this layer, where nothing needs it again`,
  },
  bad: [
    {
      title: "on one line",
      source: "FROM fedora:42\n«RUN» dnf install -y httpd-2.4\n",
      fixed: "FROM fedora:42\nRUN dnf install -y httpd-2.4 && dnf clean all\n",
    },
    {
      title: "microdnf, over lines",
      source:
        "FROM registry.access.redhat.com/ubi9-minimal:9.5\n«RUN» microdnf upgrade -y && \\\n\tmicrodnf install -y --nodocs \\\n\t\ttar gzip\n",
      fixed:
        "FROM registry.access.redhat.com/ubi9-minimal:9.5\nRUN microdnf upgrade -y && \\\n\tmicrodnf install -y --nodocs \\\n\t\ttar gzip \\\n\t\t&& microdnf clean all\n",
    },
    {
      title: "emptied before, and in part",
      source:
        "FROM fedora:42\n«RUN» dnf clean all && dnf -y install git\n«RUN» dnf5 install -y git; dnf5 clean packages\n",
      fixed:
        "FROM fedora:42\nRUN dnf clean all && dnf -y install git && dnf clean all\nRUN dnf5 install -y git; dnf5 clean packages && dnf5 clean all\n",
    },
    {
      title: "another folder is mounted",
      source: "FROM fedora:42\n«RUN» --mount=type=cache,target=/var/lib/foobar dnf install -y git\n",
      fixed:
        "FROM fedora:42\nRUN --mount=type=cache,target=/var/lib/foobar dnf install -y git && dnf clean all\n",
    },
    { title: "in exec form", source: 'FROM fedora:42\n«RUN» ["dnf", "install", "-y", "git"]\n' },
  ],
  good: [
    {
      title: "emptied",
      source:
        "FROM fedora:42\nRUN dnf -y install git && dnf -y clean all\nRUN dnf install -y git; rm -rf /var/cache/libdnf5*\nRUN <<EOF\nmicrodnf install git\nrm -rf /tmp/* /var/cache/*\nEOF\n",
    },
    {
      title: "mounted",
      source:
        "FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y git\nRUN --mount=type=tmpfs,target=/var/cache/ dnf install -y git\n",
    },
    {
      title: "in a stage that is thrown away, and other subcommands",
      source:
        "FROM fedora:42 AS build\nRUN dnf install -y gcc\nFROM fedora:42\nRUN dnf config-manager addrepo x; dnf --version\n",
    },
  ],
  check(document, { report }) {
    for (const uncleaned of uncleanedRuns(document, dnfCache)) {
      const { program } = uncleaned.filledBy.unwrapped;
      const fixes = cleaningFixes(document, uncleaned, `${program} clean all`, "safe");
      report("cache", [program], { at: uncleaned.run.keywordSpan, fixes });
    }
  },
});

const dnfCache = rpmCache(new Set(["dnf", "dnf5", "microdnf", "tdnf"]), "dnf");
