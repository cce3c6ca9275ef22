import type { CopyInstruction, DockerfileDocument, StageState } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { valueIn } from "../shared/accounts";
import { cwe, dockerfileReference } from "../shared/references";
import { flagRemovalFixes } from "../shared/runFlags";
import { shorten } from "../shared/shorten";
import { finalStages, instructionsOf, stateBefore } from "../shared/stages";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "copy-chown-non-root-executable",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"], words: ["chown"] },
  title: "Programs that are copied in belong to root",
  why: `\`COPY --chown=app\` makes the service's user the owner of its own program. Whoever takes over the service can
then rewrite the code that runs after the next restart, in every worker that starts, or in the health check, also
without the right to write, since an owner can give it back. Owned by root, with read and execute for others, the
program runs the same and stays what was built.

Copy code without \`--chown\`, and give the user only the folders that it writes to (uploads, caches, \`/var/lib/app\`).
Tools that write beside their code at run time (some development servers, Rails, Laravel) need those folders too.

Programs, scripts and what goes to a system folder are low; folders, whose contents the file does not show, are info.
Data files such as \`package.json\` and heredocs of data, owners that the file does not show, root, and stages that do
not become part of the image are not reported.

The fix deletes the flag. It is not called safe: the service may write there, or the files may be readable for their
owner only.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["kics:chown_flag_exists", "sonar:S6504", "cwe:282", "cwe:732"],
  references: [
    dockerfileReference("COPY --chown --chmod", "copy---chown---chmod"),
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  messages: {
    program: (user: string) =>
      `${user} owns this program and can rewrite it, and so can whoever takes over the service`,
    folder: (user: string) => `${user} owns all of this and can rewrite what of it is code`,
  },
  bad: [
    {
      title: "a script, a program, a library",
      source:
        "FROM python:3.13\nCOPY «--chown=app:app» src.py dst.py\nADD --chmod=755 «--chown=1000» run.sh /usr/local/bin/\nCOPY --from=build «--chown=app» /out/server.jar /srv/\n",
      fixed:
        "FROM python:3.13\nCOPY src.py dst.py\nADD --chmod=755 run.sh /usr/local/bin/\nCOPY --from=build /out/server.jar /srv/\n",
    },
    {
      title: "to a system folder, JSON form, through a variable, in a heredoc",
      source:
        'FROM debian:12\nARG OWNER=app\nCOPY «--chown=$OWNER» tool /usr/bin/tool\nCOPY «--chown=app» ["a b", "/sbin/"]\nCOPY «--chown=app» <<EOF /start.sh\n#!/bin/sh\nEOF\nONBUILD COPY \\\n  «--chown=app» \\\n  init /etc/init.d/x\n',
      fixed:
        'FROM debian:12\nARG OWNER=app\nCOPY tool /usr/bin/tool\nCOPY ["a b", "/sbin/"]\nCOPY <<EOF /start.sh\n#!/bin/sh\nEOF\nONBUILD COPY \\\n  init /etc/init.d/x\n',
    },
    {
      title: "folders, info",
      source: "FROM python:3.13\nCOPY «--chown=patrick:patrick» app /app\nCOPY «--chown=node:node» . .\n",
      fixed: "FROM python:3.13\nCOPY app /app\nCOPY . .\n",
    },
  ],
  good: [
    {
      title: "root",
      source:
        "FROM debian:12\nCOPY --chown=root:root a.sh /\nCOPY --chown=0 b.sh /\nCOPY --chown=:app c.sh /\n",
    },
    { title: "no owner", source: "FROM debian:12\nCOPY --chmod=755 a.sh /\nCOPY . .\n" },
    {
      title: "data",
      source:
        "FROM node:22\nCOPY --chown=node package.json yarn.lock ./\nCOPY --chown=node settings /srv/.npmrc\nCOPY --chown=node <<EOF config/app.yaml\na: b\nEOF\n",
    },
    {
      title: "a stage that is thrown away",
      source: "FROM node:22 AS build\nCOPY --chown=node . .\nFROM scratch\n",
    },
    {
      title: "a variable without a value",
      source: "FROM debian:12\nARG UID\nCOPY --chown=$UID:$UID a.sh /\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") continue;
      const flag = instruction.flags.find(({ name }) => name === "chown");
      if (flag?.value === undefined || !kept.has(instruction.stageIndex)) continue;
      const owner = ownerIn(flag.value, () => stateBefore(document, instruction));
      const severity = severityOf(document, instruction);
      if (owner === undefined || severity === undefined) continue;
      report(severity === "low" ? "program" : "folder", [shorten(owner, 32)], {
        at: flag.span,
        severity,
        fixes: flagRemovalFixes(
          document,
          instruction,
          instruction.flags.indexOf(flag),
          "Let root own what is copied",
        ),
      });
    }
  },
});

/** The user that a flag names; undefined for root, for a group alone and for a variable without a value. */
function ownerIn(value: string, stateAt: () => StageState | undefined): string | undefined {
  const user = valueIn(value.replace(/["']/g, "").split(":")[0] ?? "", stateAt);
  return user === undefined || user === "" || isRootUser(user) ? undefined : user;
}

const program =
  /\.(?:sh|bash|py|pyz|js|mjs|cjs|ts|rb|pl|php|lua|jar|war|class|so|exe|dll|bin|run|phar|wasm|cgi)$/i;
/** What has an extension that is no program's; a name with a leading dot alone is one as well. */
const data = /(?:^|\/)(?:[^/]*[^/.]\.[a-z][a-z0-9]{0,9}|\.\w[\w.-]{0,60}|(?:[A-Z]\w*file|[A-Z]{4,20})\*?)$/;
const systemFolder = /^\/(?:usr|s?bin|lib\d{0,2}|etc|boot)(?:\/|$)/;

/** Low for a program, info for a folder, nothing for data. */
function severityOf({ text }: DockerfileDocument, copy: CopyInstruction): Severity | undefined {
  const { destination, sources, heredocs } = copy;
  const to = destination?.expanded.state === "known" ? destination.expanded.value : (destination?.text ?? "");
  const names = [...sources.map((source) => source.text), ...(to.endsWith("/") ? [] : [to])];
  if (systemFolder.test(to) && !names.every((name) => data.test(name) && !program.test(name))) return "low";
  if (names.some((name) => program.test(name))) return "low";
  if (heredocs.length > 0)
    return heredocs.some(({ bodySpan }) => text.startsWith("#!", bodySpan.start)) ? "low" : undefined;
  const isData = data.test(to) || (sources.length > 0 && sources.every((source) => data.test(source.text)));
  return isData ? undefined : "info";
}
