import { defineRule } from "../../engine/rule";
import { cleaningFixes, uncleanedRuns } from "../shared/packageCaches";
import { cwe, dockerBestPractices } from "../shared/references";
import { rpmCache } from "../shared/rpmCaches";

export default defineRule({
  id: "clean-yum",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["yum"] },
  title: "The step that installs with yum empties yum's cache",
  why: `\`yum\` keeps the metadata of every repository and what it downloaded in \`/var/cache/yum\` (or, where yum is
dnf, \`/var/cache/dnf\`): tens to hundreds of megabytes that a finished image does not need. A later step cannot take
them away, since they stay in the layer of the step that fetched them.

End the step with \`yum clean all\`, or keep the cache out of the layer with
\`RUN --mount=type=cache,target=/var/cache/yum\`.

Stages that are thrown away are not reported. The fix adds the command; it is safe, since yum fetches what it
misses.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3032",
    "trivy:DS-0015",
    "kics:yum_clean_all_missing",
    "semgrep:missing-yum-clean-all",
    "sonar:S6587",
    "dockerfile_lint:no_yum_clean_all",
    "droast:DF047",
    "cis:4.3",
    "cwe:459",
  ],
  references: [
    { title: "yum: clean", url: "https://man7.org/linux/man-pages/man8/yum.8.html" },
    dockerBestPractices,
    cwe(459, "Incomplete cleanup"),
  ],
  messages: {
    cache: () => "What yum fetches here stays in this layer, where nothing needs it again",
  },
  bad: [
    {
      title: "on one line",
      source: "FROM centos:7\n«RUN» yum install -y httpd-2.4.42 && yum update -y\n",
      fixed: "FROM centos:7\nRUN yum install -y httpd-2.4.42 && yum update -y && yum clean all\n",
    },
    {
      title: "over lines, with ; and sudo",
      source: "FROM centos:7\n«RUN» set -e; \\\n    sudo yum -y install httpd; \\\n    httpd -v\n",
      fixed:
        "FROM centos:7\nRUN set -e; \\\n    sudo yum -y install httpd; \\\n    httpd -v \\\n    && yum clean all\n",
    },
    {
      title: "emptied before",
      source: "FROM centos:7\n«RUN» yum clean all && yum install -y git\n",
      fixed: "FROM centos:7\nRUN yum clean all && yum install -y git && yum clean all\n",
    },
    {
      title: "in exec form, and what is there but for its last word",
      source:
        'FROM centos:7\n«RUN» ["yum", "install", "-y", "git"]\n«RUN» yum install -y git || true # && yum clean all\n',
    },
  ],
  good: [
    {
      title: "emptied",
      source:
        "FROM centos:7\nRUN yum -y install httpd && yum clean all\nRUN yum install -y x; rm -rf /var/cache/yum/*\nRUN yum install -y x && dnf clean all\n",
    },
    {
      title: "mounted",
      source: "FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum install -y git\n",
    },
    {
      title: "in a stage that is thrown away, and other subcommands",
      source:
        "FROM centos:7 AS build\nRUN yum install -y gcc\nFROM centos:7\nRUN yum-config-manager --add-repo x; yum --version\n",
    },
  ],
  check(document, { report }) {
    for (const uncleaned of uncleanedRuns(document, yumCache)) {
      const fixes = cleaningFixes(document, uncleaned, "yum clean all", "safe");
      report("cache", [], { at: uncleaned.run.keywordSpan, fixes });
    }
  },
});

const yumCache = rpmCache(new Set(["yum"]), "yum");
