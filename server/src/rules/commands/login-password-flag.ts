import type { CommandsDocument, EngineCommand, EngineOption } from "../../documents/commands/model";
import { optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { insertAt, replaceSpan } from "../../text/edit";
import { unsafeFix } from "../shared/composeFix";
import { dockerCommand, severityHere } from "../shared/engineCommands";
import { cisDocker, cwe, owaspSecrets } from "../shared/references";
import { isSecretValue, judgeValue } from "../shared/secrets/values";

export default defineRule({
  id: "login-password-flag",
  language: "commands",
  title: "Passwords of registries are not given on the command line",
  why: `\`docker login -p\` shows the password to everyone who can list the machine's processes, and leaves it in the history of
the shell and, with \`set -x\`, in the log. Written out, it is in the repository and its whole history; whoever may push can
put their own image in the place of yours.

\`--password-stdin\` reads it from standard input: \`printf '%s' "$TOKEN" | docker login -u bot --password-stdin\`. Give a
token that may do no more than is needed, from the pipeline's secret store. A password that stood in a file must be
changed.

A password that is written out is high, and critical where it looks random; one from a variable is medium, and low in a
pipeline, whose machine nobody shares as a rule. In documentation only random values are reported. The fix hands a variable
over by standard input.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:214"],
  references: [
    dockerCommand("docker login", "docker/login", "password-stdin"),
    owaspSecrets,
    cisDocker,
    cwe(214, "Invocation of process using visible sensitive information"),
  ],
  messages: {
    written: () => "The password to the registry is there for everyone who can read this file",
    passed: () =>
      "The password to the registry is shown to everyone who can list the processes of the machine",
  },
  bad: [
    {
      title: "written out",
      source:
        "docker login -u bot -p «Nv8qL2xR7tKe4Wz9» registry.example.com\npodman login --password=«tide-and-time» -u bot registry.example.com\n",
    },
    {
      title: "from a variable",
      source: 'docker login -u "$USER" -p «"$TOKEN"»\n',
      fixed: 'printf \'%s\' "$TOKEN" | docker login -u "$USER" --password-stdin\n',
    },
    {
      title: "a pipeline, low",
      source:
        "build:\n  script:\n    - docker login -u $CI_REGISTRY_USER -p «$CI_REGISTRY_PASSWORD» $CI_REGISTRY\n",
      fixed:
        "build:\n  script:\n    - printf '%s' \"$CI_REGISTRY_PASSWORD\" | docker login -u $CI_REGISTRY_USER --password-stdin $CI_REGISTRY\n",
      context: { format: "gitlab" },
    },
  ],
  good: [
    { title: "by standard input", source: 'echo "$TOKEN" | docker login -u bot --password-stdin\n' },
    { title: "asked for", source: "docker login registry.example.com\n" },
    {
      title: "documentation",
      source: "```sh\ndocker login -u me -p $PASSWORD\ndocker login -p <password>\n```\n",
      context: { format: "markdown" },
    },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      if (command.action !== "login") continue;
      for (const option of optionsNamed(command, "password")) {
        const { value } = option;
        if (value === undefined) continue;
        const judgement = judgeValue(value.text, "PASSWORD");
        const isReference = value.value === undefined && judgement === "reference";
        if (!isReference && !isSecretValue(judgement)) continue;
        if (document.format === "markdown" && judgement !== "random") continue;
        const severity: Severity = isReference ? "medium" : judgement === "random" ? "critical" : "high";
        report(isReference ? "passed" : "written", [], {
          at: value.span,
          severity: isReference ? severityHere(document, command, severity) : severity,
          fixes: isReference ? byStandardInput(document, command, option) : [],
        });
      }
    }
  },
});

/** Pipes the variable in, where the command begins its line, so that nothing else is piped or wrapped. */
function byStandardInput(document: CommandsDocument, command: EngineCommand, option: EngineOption) {
  const { text, lines, format } = document;
  if (format === "powershell") return [];
  const { value } = option;
  const { start } = command.span;
  const before = text.slice(lines.startOf(lines.at(start).line), start);
  if (value?.exact !== true || !/^[ \t]*(?:[@+-][ \t]*)?(?:(?:- )?run:[ \t]+)?$/.test(before)) return [];
  const variable = value.text.startsWith('"') ? value.text : `"${value.text}"`;
  // GitHub puts its expressions in before the shell starts, where a quote would end the text.
  if (
    !/^"\$(?:\w+|\{\w+\}|\(\w+\))"$/.test(
      text.slice(value.span.start, value.span.end).replace(/^(?!")(.*)$/, '"$1"'),
    )
  )
    return [];
  return unsafeFix(
    "Give the password by standard input",
    insertAt(start, `printf '%s' ${variable} | `),
    replaceSpan(option.span, "--password-stdin"),
  );
}
