import { defineRule } from "../../engine/rule";
import { writeArrayFixes } from "../shared/execArray";
import { meantArray } from "../shared/execText";
import { cwe, dockerfileReference } from "../shared/references";
import { instructionsOf, stateBefore } from "../shared/stages";

export default defineRule({
  id: "shell-form-cmd",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["CMD", "ENTRYPOINT"] },
  title: "CMD and ENTRYPOINT are written as JSON arrays",
  why: `In shell form the image starts \`/bin/sh -c "…"\`. The shell is process 1 then: it may pass no signal on, so
that \`docker stop\` waits and kills; it expands whatever stands in the arguments and the environment; and the image
must have a shell, which an attacker will use as well. After an ENTRYPOINT in shell form, CMD and the arguments of
\`docker run\` are dropped.

Where a shell is needed, for variables or \`&&\`, let its last command begin with \`exec\`, or say which shell is meant
with SHELL: a stage that does is not reported. A line that begins with \`exec\` is info.

The fix writes the words as JSON where no shell syntax is among them. It is not called safe: a script in ENTRYPOINT gets
other arguments than before.`,
  category: "hygiene",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3025",
    "kics:not_using_json_in_cmd_and_entrypoint_arguments",
    "semgrep:prefer-json-notation",
    "buildkit:JSONArgsRecommended",
    "sonar:S7019",
    "droast:DF018",
    "droast:DF025",
    "cwe:78",
  ],
  references: [
    dockerfileReference("Shell and exec form", "shell-and-exec-form"),
    {
      title: "Docker build check: JSONArgsRecommended",
      url: "https://docs.docker.com/reference/build-checks/json-args-recommended/",
    },
    cwe(78, "Improper neutralization of special elements used in an OS command"),
  ],
  messages: {
    cmd: () =>
      "In shell form a shell is process 1: signals may not reach the program, and arguments are expanded",
    entrypoint: () =>
      "In shell form a shell is process 1: signals may stop there, and CMD and arguments are dropped",
    exec: () => "In shell form a shell expands the arguments before it gives way to the program",
  },
  bad: [
    {
      title: "a program and its arguments",
      source: "FROM node:22\n«CMD» node main.js --port 80\n",
      fixed: 'FROM node:22\nCMD ["node", "main.js", "--port", "80"]\n',
    },
    {
      title: "the entrypoint, quotes and exec",
      source: "FROM node:22\n«ENTRYPOINT» exec node 'my app.js' \"x\"\n",
      fixed: 'FROM node:22\nENTRYPOINT ["node", "my app.js", "x"]\n',
    },
    {
      title: "shell syntax, without a fix",
      source: "FROM node:22\n«CMD» node $MAIN\n«entrypoint» cd /app && ./run\n«CMD» . ./env\n",
    },
    {
      title: "over lines, and for images built on this one",
      source: "FROM node:22\n«CMD» node \\\n  main.js\nONBUILD «CMD» node\n",
      fixed: 'FROM node:22\nCMD node \\\n  main.js\nONBUILD CMD ["node"]\n',
    },
  ],
  good: [
    { title: "JSON", source: 'FROM node:22\nENTRYPOINT [ "node" ]\nCMD ["a", \\\n "b"]\n' },
    { title: "a shell that was chosen", source: 'FROM node:22\nSHELL ["bash", "-c"]\nCMD node $MAIN\n' },
    { title: "in the stage before", source: 'FROM a AS b\nSHELL ["bash", "-c"]\nFROM b\nENTRYPOINT x\n' },
    { title: "other instructions", source: "FROM node:22\nRUN make\nHEALTHCHECK CMD x\n" },
    { title: "half an array, which has a rule of its own", source: "FROM node:22\nCMD ['node']\n" },
    { title: "nothing yet", source: 'FROM node:22\nENTRYPOINT []\nCMD ["sleep", 5]\n' },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "CMD" && instruction.keyword !== "ENTRYPOINT") continue;
      if (instruction.form !== "shell" || stateBefore(document, instruction)?.shell !== undefined) continue;
      const written = document.text.slice(instruction.argumentsSpan.start, instruction.argumentsSpan.end);
      if (written.startsWith("[") && (written.endsWith("]") || meantArray(document, instruction))) continue;
      const message = /^exec\s/.test(written) ? "exec" : instruction.keyword === "CMD" ? "cmd" : "entrypoint";
      report(message, [], {
        at: instruction.keywordSpan,
        severity: message === "exec" ? "info" : "low",
        fixes: writeArrayFixes(instruction, written),
      });
    }
  },
});
