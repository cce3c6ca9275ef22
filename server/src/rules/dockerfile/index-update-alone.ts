import type { DockerfileDocument, Instruction, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { isIndexUsed, renewsIndex } from "../shared/indexUpdates";
import { joinWithNext } from "../shared/joinRuns";
import { cisDocker, cwe, dockerBestPractices } from "../shared/references";
import { runCommands } from "../shared/shellCommands";
import { spanOfAction, systemCommandOf } from "../shared/systemPackages";

export default defineRule({
  id: "index-update-alone",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["apt", "apk", "yum", "dnf", "zypper", "pacman"] },
  title: "The package index is updated in the step that installs",
  why: `A builder keeps the layer of \`RUN apt-get update\` until that very line changes. The line after it, which
installs, is then run against an index of months ago: it fails because the old versions are gone, or installs versions
with holes that were closed long since, while the file looks as if everything were fresh.

Write both into one RUN: \`apt-get update && apt-get install …\`; for Alpine, \`apk add --no-cache\` needs no update at
all. An update with nothing behind it does no good either way, and its files stay in the image.

An update is not reported where the same RUN installs or upgrades, builds, or calls a script that may do so, nor where the index
lies in a cache mount. For yum, dnf and pacman, whose \`update\` upgrades, the finding is low: they look at the index
again by themselves, yet the upgrade is as old as its layer.

The fix joins the RUN with the next one where that installs. It is safe: the same commands run in the same order.`,
  category: "hygiene",
  severity: "medium",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: [
    "trivy:DS-0017",
    "checkov:CKV_DOCKER_5",
    "kics:update_instruction_alone",
    "sonar:S6595",
    "dockle:CIS-DI-0007",
    "docker-bench:4.7",
    "dockerfilelint:apt-get-update_require_install",
    "droast:DF028",
    "cis:4.7",
    "cwe:1104",
  ],
  references: [
    {
      title: "Docker: apt-get in best practices",
      url: "https://docs.docker.com/build/building/best-practices/#apt-get",
    },
    dockerBestPractices,
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  messages: {
    index: () =>
      "The cached layer keeps this index for months, so that what is installed from it later is outdated",
    upgrade: () =>
      "The cached layer keeps this upgrade for months, so later builds bring no updates although it is there",
  },
  bad: [
    {
      title: "before the step that installs",
      source: "FROM debian:12\nRUN «apt-get update»\nRUN apt-get install -y git \\\n    # tools\n    jq\n",
      fixed: "FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y git \\\n    # tools\n    jq\n",
    },
    {
      title: "with what changes nothing, quietly and behind sudo",
      source:
        'FROM debian:12\nRUN echo go && sudo «apt-get -qq update» && apt-get clean && rm -rf /tmp/*\nCOPY . .\nRUN [«"apk", "update"»]\n',
    },
    {
      title: "behind an installation, without a fix",
      source:
        "FROM debian:12\nRUN apt install -y git \\\n && «apt update»\nRUN «zypper --non-interactive ref»\n",
    },
    {
      title: "upgrades, low",
      source:
        "FROM almalinux:9\nRUN «yum -y update»\nRUN yum install -y git\nRUN «pacman -Syu» --noconfirm\n",
      fixed:
        "FROM almalinux:9\nRUN yum -y update && \\\n    yum install -y git\nRUN pacman -Syu --noconfirm\n",
    },
    {
      title: "in a trigger, and in a heredoc",
      source: "FROM debian:12\nONBUILD RUN «apt-get update»\nRUN <<EOF\n«apt-get update»\nEOF\n",
    },
  ],
  good: [
    {
      title: "with the installation",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get install -y git\nRUN apk update; apk add git\nRUN for i in 1 2; do apt-get update && break; done; sh -c 'apt-get install -y git'\n",
    },
    {
      title: "with an upgrade, or what else needs the index",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get dist-upgrade -y\nRUN apk update --no-cache && apk upgrade --no-cache\nRUN apt-get update && apt-get build-dep -y git\n",
    },
    {
      title: "with a script that may install",
      source:
        'FROM debian:12\nRUN apt-get update && ./setup.sh\nRUN apt-get update && npx playwright install --with-deps\nRUN apt-get update && $INSTALL\nRUN sh -c "apt-get update && /x"\n',
    },
    {
      title: "in a cache mount",
      source: "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get update\n",
    },
    {
      title: "other updates and text",
      source:
        "FROM debian:12\nRUN yum update -y openssl && apk add --update git; npm update; git submodule update; echo apt-get update\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of runCommands(document, renewsIndex)) {
      const update = systemCommandOf(command);
      if (update === undefined || instruction.keyword !== "RUN" || isIndexUsed(instruction, command))
        continue;
      const isUpgrade = update.action === "upgrade";
      report(isUpgrade ? "upgrade" : "index", [], {
        at: spanOfAction(update),
        severity: isUpgrade ? "low" : "medium",
        fixes: fixesOf(document, instruction),
      });
    }
  },
});

function fixesOf(document: DockerfileDocument, run: RunInstruction): readonly Fix[] {
  const next: Instruction | undefined = document.instructions[document.instructions.indexOf(run) + 1];
  if (next?.keyword !== "RUN" || !next.script.commands.some(installs)) return [];
  const edit = joinWithNext(document, run, next);
  return edit ? [{ title: "Join with the next RUN", safety: "safe", edits: [edit] }] : [];
}

function installs(command: ShellCommand): boolean {
  return systemCommandOf(command)?.action === "install";
}
