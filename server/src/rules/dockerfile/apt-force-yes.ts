import { hasFlag } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { type FlagUse, flagDeletionFixes, flagUses } from "../shared/commandFlags";
import { aptPrograms } from "../shared/packagePrograms";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "apt-force-yes",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "CMD", "ENTRYPOINT"], words: ["force-yes"] },
  title: "apt asks no questions, yet keeps its checks",
  why: `\`--force-yes\` does more than \`-y\`: it also installs packages that nobody has signed, replaces packages by older
ones and removes essential ones. Package sources are mostly plain HTTP and rely on signatures alone, so anyone on the
way can put their own files and install scripts into the image, as root. apt has called the flag deprecated since
version 1.1.

Write \`-y\`. If an installation then fails, name what it needs: \`--allow-downgrades\`,
\`--allow-change-held-packages\`.

The fix writes \`-y\`, or deletes the flag where \`-y\` is given already; it is not called safe, since a build that
relies on the rest fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_11", "cis:4.11", "cwe:347"],
  references: [
    { title: "Debian: apt-get", url: "https://manpages.debian.org/stable/apt/apt-get.8.en.html" },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    forced: () =>
      "--force-yes also installs what nobody has signed, so anyone on the way can replace packages",
  },
  bad: [
    {
      title: "instead of -y",
      source: "FROM debian:12\nRUN apt-get update && apt-get install «--force-yes» git\n",
      fixed: "FROM debian:12\nRUN apt-get update && apt-get install -y git\n",
    },
    {
      title: "beside -y",
      source:
        "FROM debian:12\nRUN apt-get -y «--force-yes» install git && apt-get upgrade -qy «--force-yes»\n",
      fixed: "FROM debian:12\nRUN apt-get -y install git && apt-get upgrade -qy\n",
    },
    {
      title: "on a line of its own",
      source: "FROM debian:12\nRUN apt-get install --yes \\\n    «--force-yes» \\\n    git\n",
      fixed: "FROM debian:12\nRUN apt-get install --yes \\\n    git\n",
    },
  ],
  good: [
    { title: "-y", source: "FROM debian:12\nRUN apt-get update && apt-get install -y git\n" },
    { title: "another program's flag", source: "FROM debian:12\nRUN tool --force-yes\n" },
    { title: "text", source: "FROM debian:12\nRUN echo 'apt-get --force-yes'\n# apt-get --force-yes\n" },
  ],
  check(document, { report }) {
    for (const use of flagUses(document, { programs: aptPrograms, flags: ["force-yes"] })) {
      report("forced", [], { at: use.span, fixes: saysYes(use) ? deletion(use) : replacement(use) });
    }

    function deletion(use: FlagUse): readonly Fix[] {
      return flagDeletionFixes(document, use, "Delete --force-yes");
    }
  },
});

function saysYes({ invocation }: FlagUse): boolean {
  return hasFlag(invocation, "y", "yes") || hasFlag(invocation, "", "assume-yes");
}

function replacement({ option, span }: FlagUse): readonly Fix[] {
  if (!option.word.exact) return [];
  return [{ title: "Replace --force-yes by -y", safety: "unsafe", edits: [replaceSpan(span, "-y")] }];
}
