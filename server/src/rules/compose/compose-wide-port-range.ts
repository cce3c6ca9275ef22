import { defineRule } from "../../engine/rule";
import { nameOfRange, publishedPorts } from "../shared/composePublished";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "compose-wide-port-range",
  language: "compose",
  title: "Only the ports that are needed are published",
  why: `A wide range publishes whatever the service, or an intruder in it, listens on there: debuggers, metrics, a shell. For
each port the engine adds firewall rules and, with its userland proxy, starts a process, so that hundreds of them take
minutes and much memory.

List the ports that clients use. Passive FTP, RTP and WebRTC do need ranges: make them as small as the number of calls at
a time, in the program's configuration too. There is no fix, since the file does not say which ports are needed.`,
  category: "network",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["docker-bench:5.9", "cis:5.9", "cwe:668"],
  references: [composeKey("ports"), cisDocker, cwe(668, "Exposure of resource to wrong sphere")],
  local: true,
  options: {
    most: {
      type: "number",
      default: 20,
      minimum: 1,
      description: "How many ports one entry may publish.",
    },
  },
  messages: {
    wide: (range: string, count: number) => `${range} publishes ${count} ports, and whatever listens there`,
  },
  bad: [
    {
      title: "short form",
      source:
        'services:\n  media:\n    build: .\n    ports:\n      - «"10000-10100:10000-10100/udp"»\n      - «127.0.0.1:8000-8999:80»\n      - 3000-3005:3000-3005\n',
    },
    {
      title: "long form, and only the container's",
      source:
        'services:\n  media:\n    build: .\n    ports:\n      - «target: 80\n        published: "40000-50000"»\n      - «2000-2100»\n',
    },
    {
      title: "more than the team allows",
      source: "services:\n  web:\n    build: .\n    ports: [«'3000-3005:3000-3005'»]\n",
      context: { options: { most: 2 } },
    },
  ],
  good: [
    {
      title: "few",
      source: "services:\n  web:\n    build: .\n    ports: ['3000-3019:3000-3019', '80:80']\n",
    },
    {
      title: "in a variable",
      source: "services:\n  web:\n    build: .\n    ports: ['${RANGE}:7000-7005']\n",
    },
  ],
  check(document, { report, options }) {
    for (const { part: port } of publishedPorts(document)) {
      const range = port.published ?? port.target;
      const count = range === "unknown" ? 1 : range.to - range.from + 1;
      if (range !== "unknown" && count > options.most)
        report("wide", [nameOfRange(range), count], { at: port.span });
    }
  },
});
