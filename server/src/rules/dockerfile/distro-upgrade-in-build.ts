import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { cwe, dockerBestPractices } from "../shared/references";
import { removalOfCommand } from "../shared/removeCommand";
import { type InstructionCommand, runCommands } from "../shared/shellCommands";
import { hasOption, spanOfAction, systemCommandOf } from "../shared/systemPackages";

export default defineRule({
  id: "distro-upgrade-in-build",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apt", "apk", "yum", "dnf", "zypper"] },
  title: "The base image is renewed, not upgraded in place",
  why: `Upgrading every package of the base image makes an image of your own that nobody else tests: two builds of one
commit differ, each upgraded file is there twice (the old one stays in the base image's layer), and a layer cache keeps
the state of the day it was made, while the command still looks as if it brought updates.

Take a newer base image instead, and rebuild often, with \`--pull\` and \`--no-cache\`. To fix one hole now, install
that package alone: \`apt-get install --only-upgrade openssl\`.

This is advice, not a defect. Where the publisher of the base image is slow and builds run without a cache, upgrading is
the right thing to do: leave this rule off. Upgrades of named packages, of security fixes only (\`--security\`), and Arch Linux,
which knows no other way, are not reported. The fix deletes the command, and is not called safe, since other versions are
installed then.`,
  category: "supply-chain",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    ...["hadolint:DL3035", "hadolint:DL3005", "hadolint:DL3017", "hadolint:DL3031", "hadolint:DL3039"],
    ...["trivy:DS-0024", "dockle:DKL-DI-0003", "dockerfile_lint:yum_update_all", "droast:DF044"],
    ...["semgrep:avoid-apk-upgrade", "semgrep:avoid-apt-get-upgrade", "semgrep:avoid-dnf-update"],
    ...["semgrep:avoid-yum-update", "semgrep:avoid-zypper-update", "dockerfilelint:apt-get-upgrade"],
    ...["dockerfilelint:apt-get-dist-upgrade", "cis:4.4", "cwe:1357"],
  ],
  references: [dockerBestPractices, cwe(1357, "Reliance on insufficiently trustworthy component")],
  messages: {
    upgrade: (program: string) =>
      `${program} replaces whatever the base image holds, so each build makes another image of the same sources`,
  },
  bad: [
    {
      title: "between other commands",
      source:
        "FROM debian:12\nRUN apt-get update \\\n && «apt-get upgrade» -y \\\n && apt-get install -y git\nRUN apt-get update && «apt-get -y dist-upgrade»; rm -rf /x\n",
      fixed:
        "FROM debian:12\nRUN apt-get update \\\n && apt-get install -y git\nRUN apt-get update; rm -rf /x\n",
    },
    {
      title: "first and last",
      source:
        "FROM almalinux:9\nRUN «dnf -y update» && dnf install -y git\nRUN sudo «yum update» -y && yum clean all\nRUN dnf install -y vim && «microdnf upgrade»\n",
      fixed: "FROM almalinux:9\nRUN dnf install -y git\nRUN yum clean all\nRUN dnf install -y vim\n",
    },
    {
      title: "alone",
      source: "FROM alpine:3.23\nRUN «apk upgrade» --no-cache\nRUN apk add git\n",
      fixed: "FROM alpine:3.23\nRUN apk add git\n",
    },
    {
      title: "where no fix can be written",
      source:
        'FROM opensuse/leap:15.6\nRUN [«"zypper", "dup"», "-y"]\nRUN if true; then «zypper -n update»; fi\nONBUILD RUN «zypper dist-upgrade» -y\nRUN «tdnf update» -y || true\n',
    },
  ],
  good: [
    {
      title: "the index, and packages by name",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get install -y --only-upgrade openssl\nRUN apk update; apk upgrade openssl; yum update -y openssl glibc\n",
    },
    {
      title: "security fixes only",
      source:
        "FROM almalinux:9\nRUN dnf -y update --security && yum -y update-minimal && dnf upgrade --bugfix --advisory=x\n",
    },
    { title: "Arch Linux", source: "FROM archlinux:base\nRUN pacman -Syu --noconfirm git\n" },
    {
      title: "text and other programs",
      source: "FROM debian:12\nRUN echo apt-get upgrade; pip install --upgrade pip; alembic upgrade head\n",
    },
  ],
  check(document, { report }) {
    for (const found of runCommands(document, upgradesAll)) {
      const upgrade = systemCommandOf(found.command);
      if (upgrade === undefined) continue;
      report("upgrade", [upgrade.invocation.program], {
        at: spanOfAction(upgrade),
        fixes: fixesOf(document, found),
      });
    }
  },
});

const someOnly = new Set([
  "security",
  "sec-severity",
  "secseverity",
  "advisory",
  "advisories",
  "bugfix",
  "cve",
  "bz",
]);

function upgradesAll(command: ShellCommand): boolean {
  const upgrade = systemCommandOf(command);
  return (
    upgrade?.action === "upgrade" &&
    upgrade.family !== "pacman" &&
    upgrade.operands.length === 0 &&
    !/-minimal$|^patch$/.test(upgrade.verb.value ?? "") &&
    !hasOption(upgrade.options, someOnly)
  );
}

function fixesOf(document: DockerfileDocument, { instruction, command }: InstructionCommand): readonly Fix[] {
  const edit = removalOfCommand(document, instruction, command);
  return edit ? [{ title: "Delete the upgrade", safety: "unsafe", edits: [edit] }] : [];
}
