import { operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { cleaningFixes, type PackageCache, subcommandTest, uncleanedRuns } from "../shared/packageCaches";
import { aptPrograms } from "../shared/packagePrograms";
import { cwe, dockerBestPractices } from "../shared/references";

export default defineRule({
  id: "clean-apt",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apt"] },
  title: "The step that reads apt's package lists deletes them",
  why: `\`apt-get update\` stores some 20 to 50 MB of package lists, which nothing in a finished image reads. A later
step cannot take them away: they stay in the layer of the step that fetched them.

End the step with \`rm -rf /var/lib/apt/lists/*\` (or \`apt-get distclean\`, where apt has it), or keep the lists out
of the layer with \`RUN --mount=type=cache,target=/var/lib/apt/lists\`. \`apt-get clean\` does not do it: it deletes
downloaded packages, which the Debian and Ubuntu images delete by themselves.

Stages that are thrown away are not reported. The fix adds the command; it is not called safe, since a later step that
installs something without \`apt-get update\` then fails.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3009",
    "kics:apt_get_install_lists_were_not_deleted",
    "semgrep:remove-package-lists",
    "semgrep:remove-package-cache",
    "sonar:S6587",
    "dockle:DKL-DI-0005",
    "dockerfilelint:apt-get_missing_rm",
    "dockerfile_lint:no_apt-get_clean",
    "droast:DF004",
    "cis:4.3",
    "cwe:459",
  ],
  references: [
    {
      title: "Docker: apt-get",
      url: "https://docs.docker.com/build/building/best-practices/#apt-get",
    },
    dockerBestPractices,
    cwe(459, "Incomplete cleanup"),
  ],
  messages: {
    lists: () => "The package lists that apt fetches here stay in this layer, where nothing reads them again",
  },
  bad: [
    {
      title: "on one line",
      source: "FROM debian:12\n«RUN» apt-get update && apt-get install -y git\n",
      fixed: "FROM debian:12\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n",
    },
    {
      title: "over lines, with a comment, as another user",
      source:
        "FROM debian:12\nUSER app\n«RUN» sudo apt update \\\n    # tools\n    && sudo apt install -y \\\n    git\n",
      fixed:
        "FROM debian:12\nUSER app\nRUN sudo apt update \\\n    # tools\n    && sudo apt install -y \\\n    git \\\n    && sudo rm -rf /var/lib/apt/lists/*\n",
    },
    {
      title: "deleted before, and packages only",
      source:
        "FROM debian:12\n«RUN» rm -rf /var/lib/apt/lists/*; apt-get update; apt-get install -y git; apt-get clean\n",
      fixed:
        "FROM debian:12\nRUN rm -rf /var/lib/apt/lists/*; apt-get update; apt-get install -y git; apt-get clean && rm -rf /var/lib/apt/lists/*\n",
    },
    {
      title: "in a stage that the final one is built on, and in one that only looks like it is mounted",
      source:
        'FROM debian:12 AS base\n«RUN» ["apt-get", "update"]\nFROM base\n«RUN» --mount=type=cache,target=/var/lib/foo apt-get update && if [ -e x ]; then apt-get install -y git; fi\n',
      fixed:
        'FROM debian:12 AS base\nRUN ["apt-get", "update"]\nFROM base\nRUN --mount=type=cache,target=/var/lib/foo apt-get update && if [ -e x ]; then apt-get install -y git; fi && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      title: "in a heredoc and after ONBUILD",
      source:
        "FROM debian:12\n«RUN» <<EOF\nset -e\napt-get update\napt-get install -y git\nEOF\nONBUILD «RUN» sh -c 'apt-get -qq update'\n",
      fixed:
        "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y git\nEOF\nONBUILD RUN sh -c 'apt-get -qq update' && rm -rf /var/lib/apt/lists/*\n",
    },
  ],
  good: [
    {
      title: "deleted",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\nRUN apt-get update; \\\n  apt-get distclean\nRUN <<EOF\napt-get update\nrm -r /var/lib/apt/lists /tmp/*\nEOF\n",
    },
    {
      title: "mounted",
      source:
        "FROM debian:12\nRUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update\nRUN --mount=type=tmpfs,dst=/var/lib/apt/lists apt-get update\n",
    },
    {
      title: "in a stage that is thrown away",
      source: "FROM debian:12 AS build\nRUN apt-get update && apt-get install -y make\nFROM debian:12\n",
    },
    {
      title: "without lists, and by a script that cleans",
      source:
        "FROM debian:12\nRUN apt-get install -y git; echo apt-get update\nRUN apt-get update && /docker-clean.sh\n",
    },
  ],
  check(document, { report }) {
    for (const uncleaned of uncleanedRuns(document, aptLists)) {
      const fixes = cleaningFixes(document, uncleaned, "rm -rf /var/lib/apt/lists/*", "unsafe");
      report("lists", [], { at: uncleaned.run.keywordSpan, fixes });
    }
  },
});

const aptLists: PackageCache = {
  mention: "apt",
  fills: subcommandTest(aptPrograms, new Set(["update"])),
  cleans: ({ unwrapped }) =>
    aptPrograms.has(unwrapped.program) && /^dist-?clean$/.test(operandsOf(unwrapped)[0]?.value ?? ""),
  folder: /\/var\/lib\/(?:apt(?:\/(?:lists?|\*))?[/*"']{0,4}$|\{[^}]{0,80}apt|[*"']{1,3}$)/,
};
