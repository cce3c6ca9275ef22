import { type EngineCommand, optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { unsafeFix } from "../shared/composeFix";
import { dockerRun, isService, subjectOf, withOptions } from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

const limits: readonly {
  readonly names: readonly string[];
  readonly means: string;
  readonly option: string;
}[] = [
  { names: ["memory"], means: "memory", option: "--memory 512m" },
  { names: ["cpus", "cpu-quota", "cpu-shares", "cpuset-cpus"], means: "processors", option: "--cpus 1" },
  { names: ["pids-limit"], means: "processes", option: "--pids-limit 200" },
];

export default defineRule({
  id: "run-no-limits",
  language: "commands",
  title: "Containers that stay have bounds on memory, processors and processes",
  why: `A container without bounds takes what the host has: a leak, an endless loop or a fork bomb in one of them takes down
all others, the engine included. \`--restart always\` starts a container that fails again without end, which fills logs and
hides the failure.

Give \`--memory\`, \`--cpus\` and \`--pids-limit\` as measured under load with room to spare, and \`--restart on-failure:5\`.

Only containers that a script leaves in the background are meant, and those only whose options are all in sight. The fix
adds bounds to begin with: put measured ones in their place.`,
  category: "resources",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: [
    "docker-bench:5.11",
    "docker-bench:5.12",
    "docker-bench:5.15",
    "docker-bench:5.29",
    "owasp:RULE#7",
    "cis:5.11",
    "cis:5.12",
    "cis:5.15",
    "cis:5.29",
    "cwe:770",
  ],
  references: [
    {
      title: "Docker: resource constraints",
      url: "https://docs.docker.com/engine/containers/resource_constraints/",
    },
    dockerRun,
    owaspDocker,
    cisDocker,
    cwe(770, "Allocation of resources without limits or throttling"),
  ],
  messages: {
    unbounded: (name: string, what: string) =>
      `Nothing bounds the ${what} that ${name} may take from the host`,
    restart: (name: string) => `When ${name} fails it is started again without end`,
  },
  bad: [
    {
      title: "none, and one",
      source: "«docker run» -d app:1\n«docker run» -d --memory 1g app:1\n",
      fixed:
        "docker run --memory 512m --cpus 1 --pids-limit 200 -d app:1\ndocker run --cpus 1 --pids-limit 200 -d --memory 1g app:1\n",
    },
    {
      title: "started again without end",
      source: "docker run -d -m 1g --cpus 2 --pids-limit 100 «--restart always» app:1\n",
      fixed: "docker run -d -m 1g --cpus 2 --pids-limit 100 --restart on-failure:5 app:1\n",
    },
  ],
  good: [
    { title: "all", source: "docker run -d -m 1g --cpus 2 --pids-limit 100 --restart on-failure:5 app:1\n" },
    {
      title: "tools, unknown options, Compose, exec",
      source:
        "docker run --rm app:1\ndocker run -it app:1\ndocker run -d $OPTIONS app:1\ndocker compose run -d app\ndocker exec -d web sh\n",
    },
    { title: "documentation", source: "```sh\ndocker run -d app:1\n```\n", context: { format: "markdown" } },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      if (!isService(document, command)) continue;
      const missing = limits.filter(({ names }) => optionsNamed(command, ...names).length === 0);
      if (missing.length > 0)
        report("unbounded", [subjectOf(command), listed(missing.map(({ means }) => means))], {
          at: command.nameSpan,
          fixes: withOptions("Add bounds", command, missing.map(({ option }) => option).join(" ")),
        });
      checkRestart(command, (option) => {
        const value = option.value!;
        report("restart", [subjectOf(command)], {
          at: option.span,
          fixes: value.exact
            ? unsafeFix("Start again five times", replaceSpan(value.span, "on-failure:5"))
            : [],
        });
      });
    }
  },
});

function checkRestart(
  command: EngineCommand,
  found: (option: EngineCommand["options"][number]) => void,
): void {
  for (const option of optionsNamed(command, "restart"))
    if (/^(?:always|unless-stopped|on-failure)$/.test(option.value?.value ?? "")) found(option);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
