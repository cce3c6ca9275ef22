import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import { defineRule } from "../../engine/rule";
import { insertFlagFixes } from "../shared/insertFlag";
import {
  isMounted,
  lastCleaning,
  layerRuns,
  mayHoldOptions,
  type PackageCache,
} from "../shared/packageCaches";
import { cwe, dockerBestPractices } from "../shared/references";

export default defineRule({
  id: "clean-apk",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apk"] },
  title: "apk installs without keeping an index",
  why: `Without \`--no-cache\` \`apk add\` works with an index of the repositories in \`/var/cache/apk\`: two or three
megabytes that stay in the layer, and that grow old there, so that a later step installs what was current when the
layer was built.

Write \`apk add --no-cache\`: apk then fetches the index and forgets it, and neither \`apk update\` nor \`--update\` is
needed. Steps that delete \`/var/cache/apk/*\` themselves, or keep it in a mount, are not reported, nor are stages that
are thrown away.

The fix adds the flag. It is safe but after \`--update\`, since a later step may rely on the index that this stores.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3019",
    "trivy:DS-0025",
    "kics:apk_add_using_local_cache_path",
    "semgrep:missing-apk-no-cache",
    "sonar:S6587",
    "dockle:DKL-DI-0004",
    "dockerfilelint:apkadd-missing_nocache_or_updaterm",
    "droast:DF029",
    "cis:4.3",
    "cwe:459",
  ],
  references: [
    { title: "Alpine: apk", url: "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper" },
    dockerBestPractices,
    cwe(459, "Incomplete cleanup"),
  ],
  messages: {
    index: () =>
      "Without --no-cache the index that apk installs from stays in this layer, and grows old there",
  },
  bad: [
    {
      title: "plain, with a virtual package, in exec form",
      source:
        'FROM alpine:3.21\nRUN «apk» add flex=2.6.4-r1\nRUN echo go && «apk» add -t .deps \\\n    gcc\nRUN [«"apk"», "add", "git"]\n',
      fixed:
        'FROM alpine:3.21\nRUN apk add --no-cache flex=2.6.4-r1\nRUN echo go && apk add --no-cache -t .deps \\\n    gcc\nRUN ["apk", "add", "git"]\n',
    },
    {
      title: "another folder is mounted",
      source: "FROM alpine:3.21\nRUN --mount=type=cache,target=/var/lib/foo «apk» -q add git\n",
      fixed: "FROM alpine:3.21\nRUN --mount=type=cache,target=/var/lib/foo apk -q add --no-cache git\n",
    },
  ],
  good: [
    {
      title: "with the flag, in any place",
      source:
        "FROM alpine:3.21\nRUN apk --no-cache add git && apk add git --no-cache && apk add --no-network -t .run $DEPS\n",
    },
    {
      title: "deleted",
      source: "FROM alpine:3.21\nRUN apk update && apk add git && rm -rf /var/cache/apk/*\n",
    },
    {
      title: "mounted",
      source:
        "FROM alpine:3.21\nRUN --mount=type=cache,target=/var/cache/apk apk add git\nRUN --mount=type=cache,target=/etc/apk/cache apk add git\n",
    },
    {
      title: "in a stage that is thrown away, and other subcommands",
      source:
        "FROM alpine:3.21 AS build\nRUN apk add gcc\nFROM alpine:3.21\nRUN apk del git; echo apk add x\n",
    },
  ],
  check(document, { report }) {
    if (!document.text.includes("apk")) return;
    for (const run of layerRuns(document)) {
      if (!hasCommand(run.script, storesIndex) || isMounted(run, apkCache.folder)) continue;
      const cleaned = lastCleaning(run, apkCache);
      for (const [index, command] of run.script.commands.entries()) {
        const { unwrapped } = command;
        if (!storesIndex(command) || !unwrapped.name || index < cleaned) continue;
        const updates = ["update", "update-cache"].some((long) => hasFlag(unwrapped, "U", long));
        const fixes = insertFlagFixes(
          document,
          { name: operandsOf(unwrapped)[0] },
          "--no-cache",
          "Let apk keep no index",
          updates ? "unsafe" : "safe",
        );
        report("index", [], { at: unwrapped.name.span, fixes });
      }
    }
  },
});

function storesIndex(command: ShellCommand): boolean {
  const { unwrapped } = command;
  return (
    unwrapped.program === "apk" &&
    operandsOf(unwrapped)[0]?.value === "add" &&
    !hasFlag(unwrapped, "", "no-cache") &&
    !hasFlag(unwrapped, "", "no-network") &&
    !mayHoldOptions(command)
  );
}

const apkCache: Pick<PackageCache, "cleans" | "folder"> = {
  cleans: () => false,
  folder: /\/(?:var\/cache|etc)\/apk|\/var\/cache(?:\/\*|[/"']{0,2}$)|\/var\/cache\/\{[^}]{0,80}apk/,
};
