import { optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { capabilityName, dangerousCapabilities, makesTunnel } from "../shared/capabilities";
import { dockerSecurity } from "../shared/composeReferences";
import {
  dockerRun,
  programOfCommand,
  severityHere,
  startedContainers,
  subjectOf,
  withoutOption,
} from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

export default defineRule({
  id: "run-cap-add",
  language: "commands",
  title: "No container is given a capability that reaches the host",
  why: `Some capabilities are the same as root on the host: with SYS_ADMIN one mounts the host's disk, with SYS_MODULE one
loads code into its kernel, with DAC_READ_SEARCH one opens its files by number. Others, as NET_ADMIN and SYS_PTRACE, are
bounded by the container's namespaces and are medium, and high where it shares the host's.

Give the narrower one: BPF or PERFMON in place of SYS_ADMIN, NET_RAW in place of NET_ADMIN for ping. VPNs do need
NET_ADMIN, for them it is low; debuggers need SYS_PTRACE, which templates for development containers give.

Pipelines and tools that remove themselves (\`--rm\`) are one step milder,
development containers and documentation two. The
fix removes the option, and the program may then miss it.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.4", "owasp:RULE#3", "cis:5.4", "cwe:250"],
  references: [
    dockerRun,
    dockerSecurity,
    {
      title: "Linux manual: capabilities(7)",
      url: "https://man7.org/linux/man-pages/man7/capabilities.7.html",
    },
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    added: (name: string, capability: string, means: string) =>
      `With ${capability}, code in ${name} can ${means}`,
  },
  bad: [
    {
      title: "root by another name, in any case",
      source: "docker run -d «--cap-add SYS_ADMIN» «--cap-add=cap_sys_module» --cap-add CHOWN app:1\n",
      fixed: "docker run -d --cap-add CHOWN app:1\n",
    },
    {
      title: "all of them",
      source: "docker run -d «--cap-add=ALL» \\\n  -p 127.0.0.1:80:80 app:1\n",
      fixed: "docker run -d \\\n  -p 127.0.0.1:80:80 app:1\n",
    },
    {
      title: "bounded by a namespace, and by the host's",
      source: "docker run «--cap-add NET_ADMIN» app:1\ndocker run --net host «--cap-add NET_ADMIN» app:1\n",
      fixed: "docker run app:1\ndocker run --net host app:1\n",
    },
    {
      title: "a development container",
      source: '{\n  "capAdd": [«"SYS_PTRACE"»],\n  "runArgs": [«"--cap-add=SYS_ADMIN"»]\n}\n',
      fixed: '{\n  "capAdd": [],\n  "runArgs": []\n}\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    {
      title: "what a server needs",
      source: "docker run --cap-drop ALL --cap-add NET_BIND_SERVICE --cap-add CHOWN app:1\n",
    },
    { title: "dropped", source: "docker run --cap-drop SYS_ADMIN app:1\n" },
    { title: "a variable", source: 'docker run --cap-add "$CAP" app:1\n' },
  ],
  check(document, { report }) {
    for (const command of startedContainers(document)) {
      const shares = (name: string): boolean =>
        optionsNamed(command, name).some(({ value }) => value?.value === "host");
      const isTunnel = makesTunnel(programOfCommand(command));
      for (const option of optionsNamed(command, "cap-add")) {
        const name = capabilityName(option.value?.value ?? "");
        const found = dangerousCapabilities.get(name);
        if (found === undefined) continue;
        const reaches =
          (name === "NET_ADMIN" && shares("network")) || (name === "SYS_PTRACE" && shares("pid"));
        const severity = reaches ? "high" : isTunnel && name === "NET_ADMIN" ? "low" : found.severity;
        report("added", [subjectOf(command), name, found.means], {
          at: option.span,
          severity: severityHere(document, command, severity),
          fixes: withoutOption(`Remove ${name}`, option),
        });
      }
    }
  },
});
