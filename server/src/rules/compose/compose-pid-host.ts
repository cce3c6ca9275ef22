import { removeField } from "../../documents/compose/edits";
import { defineRule } from "../../engine/rule";
import { isMeasuringAgent } from "../shared/composeAgents";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-pid-host",
  language: "compose",
  title: "Every service sees only its own processes",
  why: `With \`pid: host\` a container sees every process of the host: their command lines and, as root, their
environments with the secrets in them (\`/proc/*/environ\`), their open files and their root directories
(\`/proc/1/root\` is the host's disk). It can end any of them, and with SYS_PTRACE it takes them over.

Leave the key out. To look into one other service, as a debugger does, join that one: \`pid: "service:web"\`.

Measuring agents (node-exporter, cadvisor, netdata, Datadog) document it: for them it is low. The fix removes the
key.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:host_namespace_is_shared",
    "docker-bench:5.16",
    "docksec:compose-host-namespace",
    "cis:5.16",
    "cwe:250",
  ],
  references: [composeKey("pid"), cisDocker, cwe(250, "Execution with unnecessary privileges")],
  local: true,
  messages: {
    host: (service: string) =>
      `${service} sees every process of the host, with its environment and open files`,
  },
  bad: [
    {
      title: "written out",
      source: 'services:\n  web:\n    image: app:1\n    «pid: "host"» # all processes\n    restart: always\n',
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "the default of a variable, in flow style",
      source: "services:\n  web: { image: 'app:1', «pid: '${PID:-host}'» }\n",
      fixed: "services:\n  web: { image: 'app:1' }\n",
    },
    {
      title: "inherited by two services, once",
      source:
        "x-base: &base\n  «pid: host»\n  restart: always\nservices:\n  a:\n    <<: *base\n    image: app:1\n  b:\n    <<: *base\n    image: app:2\n",
      fixed:
        "x-base: &base\n  restart: always\nservices:\n  a:\n    <<: *base\n    image: app:1\n  b:\n    <<: *base\n    image: app:2\n",
    },
    {
      title: "a measuring agent, low",
      source: "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n    «pid: host»\n",
      fixed: "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n",
    },
  ],
  good: [
    {
      title: "another container's",
      source: 'services:\n  debug:\n    image: tools:1\n    pid: "service:web"\n',
    },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    pid: ${PID_MODE}\n" },
    { title: "a limit", source: "services:\n  web:\n    image: app:1\n    pids_limit: 100\n" },
  ],
  check(document, { report }) {
    for (const { service, part: field } of fieldsWith(
      document,
      (one) => one.pid,
      (value) => value === "host",
    ))
      report("host", [shorten(service.name, 40)], {
        at: spanOfField(field),
        severity: isMeasuringAgent(service) ? "low" : "high",
        fixes: unsafeFix("Remove the host's processes", removeField(document, field)),
      });
  },
});
