import { optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { dockerCommand, dockerRun, severityHere, subjectOf, withoutOption } from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { isRootUser } from "../shared/users";

export default defineRule({
  id: "run-user-root",
  language: "commands",
  title: "No container is made to run as root",
  why: `\`--user root\` overrules the user that the image's makers chose. Whoever breaks into the program is root inside the
container: they change its programs, use every capability it has, and own what is written into bind mounts, on the host
too. Most known ways out of a container start from root.

Mostly a volume has the wrong owner. Give it to the user once, or make the directory in the image, before a volume is
mounted there.

\`docker exec --user root\` is low: it ends with its command, yet what it writes belongs to root. Tools that remove themselves (\`--rm\`) and
pipelines are one step milder, development containers and documentation two. The fix removes the
option, so that the image's own user counts.`,
  category: "user",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:4.1", "docker-bench:5.24", "owasp:RULE#2", "cis:4.1", "cis:5.24", "cwe:250"],
  references: [
    dockerRun,
    dockerCommand("docker container exec", "docker/container/exec"),
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    start: (name: string) => `This makes ${name} root inside, whatever user its image has chosen`,
    command: () => "The command runs as root in the container, whatever user its image has chosen",
  },
  bad: [
    {
      title: "by name and by number",
      source: "docker run -d «--user root» app:1\ndocker run -d «-u 0:0» app:1\n",
      fixed: "docker run -d app:1\ndocker run -d app:1\n",
    },
    {
      title: "a command in a container, low",
      source: "docker exec -it «-u root» web sh\ndocker compose exec «--user=0» web sh\n",
      fixed: "docker exec -it web sh\ndocker compose exec web sh\n",
    },
    {
      title: "a development container",
      source: '{\n  "image": "app:1",\n  «"containerUser": "root"»\n}\n',
      fixed: '{\n  "image": "app:1"\n}\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    {
      title: "another one",
      source: 'docker run -u 1000:1000 app:1\ndocker run -u "$(id -u):$(id -g)" app:1\n',
    },
    { title: "the program's option", source: "docker exec db mysql -u root\ndocker run db:1 mysql -uroot\n" },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      if (command.action === "build" || command.action === "daemon" || command.action === "login") continue;
      for (const option of optionsNamed(command, "user")) {
        const user = option.value?.value;
        if (user === undefined || !isRootUser(user.split(":")[0] ?? "")) continue;
        const isExec = command.action === "exec";
        const place = {
          at: option.span,
          severity: severityHere(document, command, isExec ? "low" : "medium"),
          fixes: withoutOption("Leave the image its user", option),
        };
        if (isExec) report("command", [], place);
        else report("start", [subjectOf(command)], place);
      }
    }
  },
});
