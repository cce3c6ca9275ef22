import { optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { dockerRun, isService, subjectOf, withOptions } from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

export default defineRule({
  id: "run-no-new-privileges",
  language: "commands",
  title: "Containers that stay cannot gain rights",
  why: `A program in a container that is not root becomes root by any setuid binary that the image has: \`su\`, \`mount\`,
\`newgrp\`, or one with a hole. \`--security-opt no-new-privileges\` has the kernel ignore those bits.

Programs that step down from root by themselves are not touched by it. \`sudo\` in the container and a few mail servers
stop working. The daemon has the same for all containers: \`"no-new-privileges": true\`.

Only containers that a script leaves in the background are meant, and those only whose options are all in sight.`,
  category: "privilege",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.26", "owasp:RULE#4", "cis:5.26", "cwe:250"],
  references: [dockerRun, owaspDocker, cisDocker, cwe(250, "Execution with unnecessary privileges")],
  messages: {
    missing: (name: string) => `Setuid programs in ${name} still give rights that it was not started with`,
  },
  bad: [
    {
      title: "a service",
      source: "«docker run» -d --name web app:1\n",
      fixed: "docker run --security-opt no-new-privileges -d --name web app:1\n",
    },
    {
      title: "a recipe",
      source: "up:\n\t-@«docker run» -d --security-opt label=type:web_t app:1\n",
      fixed:
        "up:\n\t-@docker run --security-opt no-new-privileges -d --security-opt label=type:web_t app:1\n",
      context: { format: "makefile" },
    },
  ],
  good: [
    {
      title: "given",
      source:
        'docker run -d --security-opt=no-new-privileges:true app:1\ndocker run -d --security-opt "$OPT" app:1\ndocker run -d --privileged app:1\n',
    },
    { title: "a tool", source: "docker run --rm app:1\n" },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      // A privileged container has nothing to gain.
      if (!isService(document, command) || optionsNamed(command, "privileged").length > 0) continue;
      const isGiven = optionsNamed(command, "security-opt").some(
        ({ value }) => value?.value === undefined || value.value.startsWith("no-new-privileges"),
      );
      if (isGiven) continue;
      report("missing", [subjectOf(command)], {
        at: command.nameSpan,
        fixes: withOptions("Add no-new-privileges", command, "--security-opt no-new-privileges"),
      });
    }
  },
});
