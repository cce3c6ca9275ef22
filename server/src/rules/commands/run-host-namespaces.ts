import { optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { measuresHost } from "../shared/composeAgents";
import {
  dockerRun,
  programOfCommand,
  severityHere,
  startedContainers,
  subjectOf,
  withoutOption,
} from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

/** What a container shares with the host, by option. */
const namespaces: ReadonlyMap<string, { readonly severity: Severity; readonly means: string }> = new Map([
  ["network", { severity: "high", means: "has the host's network, with all that listens on its 127.0.0.1" }],
  ["pid", { severity: "high", means: "sees every process of the host, and as root what they hold" }],
  ["ipc", { severity: "medium", means: "reads the shared memory of the host's programs" }],
  ["uts", { severity: "medium", means: "can rename the host" }],
  ["userns", { severity: "medium", means: "is root on the host where it is root inside" }],
  ["cgroupns", { severity: "low", means: "sees the control groups of the whole host" }],
]);

export default defineRule({
  id: "run-host-namespaces",
  language: "commands",
  title: "Every container has a network, processes and users of its own",
  why: `\`--network host\` lets a container reach what listens on 127.0.0.1 of the host (databases, the Docker API, admin
pages that trust the machine) and opens whatever it listens on itself; \`-p\` is ignored. \`--pid host\` shows it every
process, as root with their environments and open files. \`--ipc host\` shares memory, \`--uts host\` the host's name,
\`--userns host\` takes the mapping of its root away.

Publish single ports, reach other containers by their names on a network of one's own, and the host as
\`--add-host host.docker.internal:host-gateway\`. To look into one container, join that one: \`--pid container:web\`.

Measuring agents document it and are medium; pipelines and tools that remove themselves (\`--rm\`) are one step
milder, development containers and documentation two. The fix removes the option; ports must then be published.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "docker-bench:5.10",
    "docker-bench:5.16",
    "docker-bench:5.17",
    "docker-bench:5.21",
    "docker-bench:5.31",
    "cis:5.10",
    "cis:5.16",
    "cis:5.17",
    "cis:5.21",
    "cis:5.31",
    "cwe:668",
  ],
  references: [dockerRun, owaspDocker, cisDocker, cwe(668, "Exposure of resource to wrong sphere")],
  messages: {
    shared: (name: string, means: string) => `With this option, ${name} ${means}`,
  },
  bad: [
    {
      title: "the network, in both spellings",
      source: "docker run -d «--network host» app:1\ndocker run -d «--net=host» app:1\n",
      fixed: "docker run -d app:1\ndocker run -d app:1\n",
    },
    {
      title: "all there is",
      source:
        "docker run \\\n  «--pid=host» \\\n  «--ipc host» «--uts=host» \\\n  «--userns=host» «--cgroupns host» \\\n  app:1 --pid=host\n",
      fixed: "docker run \\\n  app:1 --pid=host\n",
    },
    {
      title: "a measuring agent, medium",
      source: "docker create «--net host» prom/node-exporter:v1.9.1\n",
      fixed: "docker create prom/node-exporter:v1.9.1\n",
    },
    {
      title: "a pipeline",
      source: "test:\n  script:\n    - docker run «--network=host» app:1\n",
      fixed: "test:\n  script:\n    - docker run app:1\n",
      context: { format: "gitlab" },
    },
    {
      title: "a development container",
      source: '{ "image": "app:1", "runArgs": [«"--network", "host"», "--init"] }\n',
      fixed: '{ "image": "app:1", "runArgs": ["--init"] }\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    {
      title: "networks of one's own",
      source: "docker run --network backend --pid container:web --ipc shareable --userns keep-id app:1\n",
    },
    {
      title: "a build, and a variable",
      source: 'docker build --network host .\ndocker run --network "$NET" app:1\n',
    },
    {
      title: "another program's option",
      source: "docker run app:1 --network host\nkubectl run --network host\n",
    },
  ],
  check(document, { report }) {
    for (const command of startedContainers(document)) {
      const isAgent = measuresHost(programOfCommand(command));
      for (const [name, { severity, means }] of namespaces)
        for (const option of optionsNamed(command, name)) {
          if (option.value?.value !== "host") continue;
          report("shared", [subjectOf(command), means], {
            at: option.span,
            severity: severityHere(document, command, isAgent && severity === "high" ? "medium" : severity),
            fixes: withoutOption(`Remove --${name} host`, option),
          });
        }
    }
  },
});
