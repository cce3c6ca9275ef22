import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { cwe } from "../shared/references";
import { runCommands } from "../shared/shellCommands";

export default defineRule({
  id: "apt-instead-of-apt-get",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["apt"] },
  title: "Scripts call apt-get, not apt",
  why: `\`apt\` is made for people: it draws progress bars, and its own manual says that its behaviour and its output may
change between versions, and that scripts should use \`apt-get\` and \`apt-cache\`, which stay as they are.

The fix writes \`apt-get\`, or \`apt-cache\` for what looks things up. It is safe for installing, removing and updating
the index. \`apt upgrade\` also installs new packages that an upgrade needs, where \`apt-get upgrade\` keeps
the old version, so there the fix has to be tried. For \`apt list\` and its like there is no fix.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3027",
    "checkov:CKV_DOCKER_9",
    "kics:run_using_apt",
    "semgrep:prefer-apt-get",
    "droast:DF059",
    "cwe:758",
  ],
  references: [
    {
      title: "Debian: apt, script usage",
      url: "https://manpages.debian.org/stable/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS",
    },
    cwe(758, "Reliance on undefined, unspecified, or implementation-defined behavior"),
  ],
  messages: {
    apt: () => "apt is made for people and may change between versions, so a script that calls it may break",
  },
  bad: [
    {
      title: "installing",
      source:
        "FROM debian:12\nRUN «apt» update && «apt» install -y git \\\n # done\n && «apt» clean\nRUN sudo -E «apt» -y remove git && DEBIAN_FRONTEND=noninteractive «/usr/bin/apt» autoremove\n",
      fixed:
        "FROM debian:12\nRUN apt-get update && apt-get install -y git \\\n # done\n && apt-get clean\nRUN sudo -E apt-get -y remove git && DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get autoremove\n",
    },
    {
      title: "upgrading as a release upgrade does",
      source: "FROM debian:12\nRUN «apt» full-upgrade -y\n",
      fixed: "FROM debian:12\nRUN apt-get dist-upgrade -y\n",
    },
    {
      title: "upgrading and looking things up",
      source: "FROM debian:12\nRUN «apt» upgrade -y && «apt» show git\n",
      fixed: "FROM debian:12\nRUN apt-get upgrade -y && apt-cache show git\n",
    },
    {
      title: "without a fix: lists, variables, exec form",
      source:
        'FROM debian:12\nRUN «apt» list --installed && «apt» $ACTION git\nRUN [«"apt"», "install", "git"]\n',
    },
    {
      title: "in a heredoc, a shell of its own and a trigger",
      source:
        "FROM debian:12\nRUN <<EOF\n«apt» update\nEOF\nRUN bash -c '«apt» update'\nONBUILD RUN if true; then «apt» update; fi\n",
      fixed:
        "FROM debian:12\nRUN <<EOF\napt-get update\nEOF\nRUN bash -c 'apt-get update'\nONBUILD RUN if true; then apt-get update; fi\n",
    },
  ],
  good: [
    {
      title: "apt-get, apt-cache, apt-key",
      source:
        "FROM debian:12\nRUN apt-get update && apt-get install -y git && apt-cache policy && apt-key list\n",
    },
    {
      title: "names and text",
      source:
        "FROM debian:12\nRUN rm -rf /var/lib/apt && cd /var/lib && rm -rf apt dpkg; echo apt install git; which apt; ./apt.sh\n# apt install git\n",
    },
  ],
  check(document, { report }) {
    for (const { command } of runCommands(document, isApt)) {
      const { name } = command.unwrapped;
      if (name !== undefined) report("apt", [], { at: name.span, fixes: fixesOf(document, command, name) });
    }
  },
});

function isApt({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "apt";
}

/** What apt-get does alike, and how apt-get and apt-cache call what apt does otherwise. */
const alike = new Set(
  "install reinstall remove purge autoremove autopurge update clean autoclean".split(" "),
);
const similar = new Set(["upgrade", "download", "source", "build-dep", "changelog", "satisfy"]);
const lookups = new Set(["show", "search", "depends", "rdepends", "policy", "showsrc"]);

function fixesOf(document: DockerfileDocument, command: ShellCommand, name: ShellWord): readonly Fix[] {
  const verb = operandsOf(command.unwrapped)[0];
  const { start, end } = name.span;
  if (verb?.value === undefined || !name.exact || document.text.slice(end - 3, end) !== "apt") return [];
  const rename = (program: string) => replaceSpan({ start: end - 3, end }, program);
  const fix = (title: string, safety: Fix["safety"], ...edits: Fix["edits"]): readonly Fix[] =>
    start <= end - 3 ? [{ title, safety, edits }] : [];
  if (alike.has(verb.value)) return fix("Replace apt by apt-get", "safe", rename("apt-get"));
  if (similar.has(verb.value)) return fix("Replace apt by apt-get", "unsafe", rename("apt-get"));
  if (lookups.has(verb.value)) return fix("Replace apt by apt-cache", "unsafe", rename("apt-cache"));
  if (verb.value !== "full-upgrade" || !verb.exact || verb.text !== verb.value) return [];
  return fix("Replace apt by apt-get", "safe", rename("apt-get"), replaceSpan(verb.span, "dist-upgrade"));
}
