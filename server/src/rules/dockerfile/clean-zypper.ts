import { operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { cleaningFixes, type PackageCache, subcommandTest, uncleanedRuns } from "../shared/packageCaches";
import { cwe, dockerBestPractices } from "../shared/references";

export default defineRule({
  id: "clean-zypper",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["zypper"] },
  title: "The step that installs with zypper empties zypper's cache",
  why: `\`zypper\` keeps what it downloaded, and the metadata of its repositories, in \`/var/cache/zypp\`. A finished
image does not need it, and a later step cannot take it away: it stays in the layer of the step that fetched it.

End the step with \`zypper clean --all\`, or keep the cache out of the layer with
\`RUN --mount=type=cache,target=/var/cache/zypp\`.

Stages that are thrown away are not reported. The fix adds \`zypper clean\`, which deletes packages and keeps metadata,
so that it is safe.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3036",
    "trivy:DS-0020",
    "kics:missing_zypper_clean",
    "semgrep:missing-zypper-clean",
    "sonar:S6587",
    "droast:DF045",
    "cis:4.3",
    "cwe:459",
  ],
  references: [
    { title: "zypper", url: "https://en.opensuse.org/SDB:Zypper_manual" },
    dockerBestPractices,
    cwe(459, "Incomplete cleanup"),
  ],
  messages: {
    cache: () => "What zypper fetches here stays in this layer, where nothing needs it again",
  },
  bad: [
    {
      title: "on one line, by the short name of the subcommand",
      source: "FROM opensuse/leap:15.6\n«RUN» zypper -n install httpd\n«RUN» zypper in -y git\n",
      fixed:
        "FROM opensuse/leap:15.6\nRUN zypper -n install httpd && zypper clean\nRUN zypper in -y git && zypper clean\n",
    },
    {
      title: "over lines, emptied too early",
      source: "FROM opensuse/leap:15.6\n«RUN» zypper cc && \\\n  zypper --non-interactive dup\n",
      fixed:
        "FROM opensuse/leap:15.6\nRUN zypper cc && \\\n  zypper --non-interactive dup \\\n  && zypper clean\n",
    },
  ],
  good: [
    {
      title: "emptied",
      source:
        "FROM opensuse/leap:15.6\nRUN zypper -n in git && zypper clean --all\nRUN zypper -n in git; zypper cc -a\nRUN zypper -n in git && rm -rf /var/cache/zypp/*\n",
    },
    {
      title: "mounted",
      source: "FROM opensuse/leap:15.6\nRUN --mount=type=cache,target=/var/cache/zypp zypper -n in git\n",
    },
    {
      title: "in a stage that is thrown away, and other subcommands",
      source:
        "FROM opensuse/leap:15.6 AS build\nRUN zypper -n in gcc\nFROM opensuse/leap:15.6\nRUN zypper ar https://example.com x && zypper lr\n",
    },
  ],
  check(document, { report }) {
    for (const uncleaned of uncleanedRuns(document, zypperCache)) {
      const fixes = cleaningFixes(document, uncleaned, "zypper clean", "safe");
      report("cache", [], { at: uncleaned.run.keywordSpan, fixes });
    }
  },
});

const zypper: ReadonlySet<string> = new Set(["zypper"]);

const zypperCache: PackageCache = {
  mention: "zypper",
  fills: subcommandTest(
    zypper,
    new Set(
      "install in update up patch dist-upgrade dup source-install si install-new-recommends inr".split(" "),
    ),
  ),
  cleans: ({ unwrapped }) =>
    unwrapped.program === "zypper" && /^(?:clean|cc)$/.test(operandsOf(unwrapped)[0]?.value ?? ""),
  folder: /\/var\/cache(?:\/(?:zypp|\*)|[/"']{0,2}$)/,
};
