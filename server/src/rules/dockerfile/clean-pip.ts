import type { RunInstruction } from "../../documents/dockerfile/model";
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
import { invocationOf } from "../shared/pipCommand";
import { cwe, dockerBestPractices } from "../shared/references";
import { environmentAt } from "../shared/runStates";

export default defineRule({
  id: "clean-pip",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["pip"] },
  title: "pip installs without keeping a cache",
  why: `\`pip\` keeps every package that it downloads or builds in \`~/.cache/pip\`, so that the next installation is
faster. In an image there is no next one: the cache only makes the layer larger, often as large again as the packages.

Write \`pip install --no-cache-dir\`, set \`ENV PIP_NO_CACHE_DIR=1\`, or keep the cache out of the layer and use it in
the next build: \`RUN --mount=type=cache,target=/root/.cache/pip\`.

Stages that are thrown away are not reported. The fix adds the flag; it is safe.`,
  category: "hygiene",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3042",
    "kics:pip_install_keeping_cached_packages",
    "semgrep:missing-pip-no-cache-dir",
    "droast:DF030",
    "cis:4.3",
    "cwe:459",
  ],
  references: [
    { title: "pip: caching", url: "https://pip.pypa.io/en/stable/topics/caching/" },
    dockerBestPractices,
    cwe(459, "Incomplete cleanup"),
  ],
  messages: {
    cache: () => "pip keeps a copy of all that it installs here in this layer, where nothing uses it again",
  },
  bad: [
    {
      title: "by every name of pip",
      source:
        "FROM python:3.13\nRUN «pip» install -r requirements.txt && «pip3.13» install --upgrade pip\nRUN python3 -m «pip» install flask==3.1.0\n",
      fixed:
        "FROM python:3.13\nRUN pip install --no-cache-dir -r requirements.txt && pip3.13 install --no-cache-dir --upgrade pip\nRUN python3 -m pip install --no-cache-dir flask==3.1.0\n",
    },
    {
      title: "over lines, with sudo, by its path",
      source: "FROM python:3.13\nRUN sudo -H «/opt/venv/bin/pip» install \\\n    # web\n    flask\n",
      fixed:
        "FROM python:3.13\nRUN sudo -H /opt/venv/bin/pip install --no-cache-dir \\\n    # web\n    flask\n",
    },
    {
      title: "another folder is mounted, in exec form",
      source:
        'FROM python:3.13\nRUN --mount=type=cache,target=/var/lib/foo «pip» install flask\nRUN [«"pip"», "install", "flask"]\n',
      fixed:
        'FROM python:3.13\nRUN --mount=type=cache,target=/var/lib/foo pip install --no-cache-dir flask\nRUN ["pip", "install", "flask"]\n',
    },
  ],
  good: [
    {
      title: "with the flag",
      source: "FROM python:3.13\nRUN pip install --no-cache-dir flask && pip --no-cache-dir install x\n",
    },
    {
      title: "with the variable",
      source: "FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n",
    },
    {
      title: "with the variable of one command",
      source:
        "FROM python:3.13\nRUN PIP_NO_CACHE_DIR=off pip install flask\nRUN export PIP_NO_CACHE_DIR=1; pip install flask\n",
    },
    {
      title: "mounted or deleted",
      source:
        "FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\nRUN --mount=type=cache,target=/root pip install flask\nRUN pip install flask && rm -rf ~/.cache\nRUN pip install flask && pip cache purge\n",
    },
    {
      title: "in a stage that is thrown away, and other subcommands",
      source:
        "FROM python:3.13 AS build\nRUN pip install flask\nFROM python:3.13\nRUN pip freeze && pip list\n",
    },
  ],
  check(document, { report }) {
    if (!document.text.includes("pip")) return;
    for (const run of layerRuns(document)) {
      if (!hasCommand(run.script, fillsCache) || isKept(run)) continue;
      if (environmentAt(document, run).has("PIP_NO_CACHE_DIR") || hasCommand(run.script, setsVariable))
        continue;
      const cleaned = lastCleaning(run, pipCache);
      for (const [index, command] of run.script.commands.entries()) {
        const { name, ...invocation } = invocationOf(command);
        if (!fillsCache(command) || !name || index < cleaned) continue;
        const subcommand = operandsOf(invocation)[0];
        const fixes = insertFlagFixes(
          document,
          { name: subcommand },
          "--no-cache-dir",
          "Let pip keep no cache",
          "safe",
        );
        report("cache", [], { at: name.span, fixes });
      }
    }
  },
});

function fillsCache(command: ShellCommand): boolean {
  const invocation = invocationOf(command);
  if (invocation.program !== "pip" || hasFlag(invocation, "", "no-cache-dir")) return false;
  return (
    /^(?:install|wheel|download)$/.test(operandsOf(invocation)[0]?.value ?? "") && !mayHoldOptions(command)
  );
}

function setsVariable({ assignments, arguments: words }: ShellCommand): boolean {
  return (
    assignments.some(({ name }) => name === "PIP_NO_CACHE_DIR") ||
    words.some(({ text }) => /^PIP_NO_CACHE_DIR=|no-cache-dir/.test(text.slice(0, 60)))
  );
}

/** By a mount of the cache's folder, or of a whole home, which that is in. */
function isKept(run: RunInstruction): boolean {
  return isMounted(run, pipCache.folder) || isMounted(run, /^\/(?:root|home\/[^/]+)\/?$/);
}

const pipCache: Pick<PackageCache, "cleans" | "folder"> = {
  cleans: (command) => {
    const invocation = invocationOf(command);
    const [first, second] = operandsOf(invocation);
    return invocation.program === "pip" && first?.value === "cache" && second?.value === "purge";
  },
  folder: /\.cache(?:\/(?:pip|\*)|[/"']{0,2}$)|pip[-_]?cache|PIP_CACHE_DIR|\/cache\/pip|pip cache dir/i,
};
