import { isOn } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { dockerRun, isService, subjectOf, withOptions } from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

export default defineRule({
  id: "run-writable-rootfs",
  language: "commands",
  title: "Containers that stay cannot change their own programs",
  why: `Without \`--read-only\` whoever breaks into a program can change it and its libraries, and leave tools behind, which
stay until the container is made anew.

Add \`--read-only\`, with \`--tmpfs /tmp\` and a volume for each place where the program writes. Databases and many web
servers need some: \`docker diff\` shows which.

Only containers that a script leaves in the background are meant, and those only whose options are all in sight. The fix
adds the option; the program may then fail to write.`,
  category: "privilege",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.13", "owasp:RULE#8", "cis:5.13", "cwe:732"],
  references: [
    dockerRun,
    owaspDocker,
    cisDocker,
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  messages: {
    writable: (name: string) => `Whoever breaks into ${name} can change its programs`,
  },
  bad: [
    {
      title: "a service",
      source: "«docker run» -d app:1\nsudo «nerdctl container run» -d --name web app:1\n",
      fixed: "docker run --read-only -d app:1\nsudo nerdctl container run --read-only -d --name web app:1\n",
    },
  ],
  good: [
    { title: "read-only", source: "docker run -d --read-only --tmpfs /tmp app:1\n" },
    {
      title: "tools, and unknown options",
      source:
        'docker run --rm app:1\ndocker run -d "${ARGS[@]}" app:1\ndocker run -d --read-only="$RO" app:1\n',
    },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      if (!isService(document, command)) continue;
      const isGiven = command.options.some(
        ({ name, value }) => name === "read-only" && value?.value === undefined,
      );
      if (isGiven || isOn(command, "read-only") !== undefined) continue;
      report("writable", [subjectOf(command)], {
        at: command.nameSpan,
        fixes: withOptions("Make it read-only", command, "--read-only"),
      });
    }
  },
});
