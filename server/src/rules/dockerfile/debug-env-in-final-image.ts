import { defineRule } from "../../engine/rule";
import { finalValue, isDebugSetting } from "../shared/debugVariables";
import { cwe } from "../shared/references";
import { removeAssignment } from "../shared/removeAssignment";
import { shorten } from "../shared/shorten";
import { finalStages, instructionsOf } from "../shared/stages";

export default defineRule({
  id: "debug-env-in-final-image",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ENV"] },
  title: "The image starts in production mode",
  why: `What a program does in debug mode is for its authors: error pages with source code, settings and variables, a
console in the browser (\`FLASK_DEBUG=1\` lets whoever finds the page run Python), no caches, answers to every origin.
A mode that is set with ENV is on wherever the image runs, unless somebody thinks of switching it off.

Leave the mode out, so that the program's default holds, and set it where it is needed: in the Compose file for
development, with \`docker run -e\`.

An image that is for development alone is right to set it; this rule is for a Dockerfile that production uses too.
Stages that are not part of the final image are not reported, nor is what a later ENV switches off again.
\`WERKZEUG_DEBUG_PIN=off\`, which opens that console to everybody, is medium.

The fix deletes the variable. It is not called safe, since the program then does what it does by default.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["sonar:S4507", "cwe:489", "cwe:215"],
  references: [
    {
      title: "Flask: debug mode",
      url: "https://flask.palletsprojects.com/en/stable/quickstart/#debug-mode",
    },
    cwe(489, "Active debug code"),
    cwe(215, "Insertion of sensitive information into debugging code"),
  ],
  messages: {
    debug: (name: string) => `${name} starts the image in debug or development mode wherever it runs`,
  },
  bad: [
    {
      title: "switches and modes, in either form of ENV",
      source:
        "FROM node:22\nENV «DEBUG=true»\nENV PORT=80 «APP_ENV=dev» «FLASK_DEBUG='1'»\nENV «NODE_ENV development»\nUSER node\n",
      fixed: "FROM node:22\nENV PORT=80\nUSER node\n",
    },
    {
      title: "of frameworks, by a variable, over lines",
      source:
        'FROM node:22\nARG MODE=Development\nENV TZ=UTC \\\n    «ASPNETCORE_ENVIRONMENT=$MODE» \\\n    «XDEBUG_MODE="develop,debug"» \\\n    «GIN_MODE=debug»\nENV «WERKZEUG_DEBUG_PIN=off»\n',
      fixed: "FROM node:22\nARG MODE=Development\nENV TZ=UTC\n",
    },
    {
      title: "in a stage that the final one is built from, and in a trigger",
      source: "FROM node:22 AS base\nENV «debug=yes»\nFROM base\nONBUILD ENV «SERVER_ENV=devel»\nUSER node\n",
      fixed: "FROM node:22 AS base\nFROM base\nUSER node\n",
    },
  ],
  good: [
    {
      title: "production, and switched off",
      source:
        "FROM node:22\nENV NODE_ENV=production DEBUG=false APP_DEBUG=0 XDEBUG_MODE=off GIN_MODE=release DISABLE_DEBUG=1\n",
    },
    {
      title: "other variables and values",
      source:
        "FROM node:22\nENV DEBUG_COLORS=1 DEBUG=app:* ENV=devmode DEV_ENV=true DEBUG_PORT=1\nENV APP_ENV=$UNKNOWN\nARG DEBUG=1\nRUN DEBUG=1 make\n",
    },
    {
      title: "a stage that is thrown away",
      source: "FROM node:22 AS dev\nENV NODE_ENV=development\nFROM node:22\nCOPY --from=dev /a /a\n",
    },
    {
      title: "switched off again",
      source:
        "FROM node:22 AS build\nENV NODE_ENV=development\nRUN npm ci\nFROM build\nENV NODE_ENV=production\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ENV") continue;
      if (!kept.has(instruction.stageIndex) && !instruction.onbuild) continue;
      instruction.assignments.forEach(({ name, span, expanded }, index) => {
        if (expanded?.state !== "known" || !isDebugSetting(name, expanded.value)) return;
        const left = instruction.onbuild ? undefined : finalValue(document, name);
        if (left !== undefined && !isDebugSetting(name, left)) return;
        report("debug", [shorten(name, 40)], {
          at: span,
          severity: name.toUpperCase() === "WERKZEUG_DEBUG_PIN" ? "medium" : "low",
          fixes: [
            {
              title: `Delete ${shorten(name, 40)}`,
              safety: "unsafe",
              edits: [removeAssignment(document, instruction, index)],
            },
          ],
        });
      });
    }
  },
});
