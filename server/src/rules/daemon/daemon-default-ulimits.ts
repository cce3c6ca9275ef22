import { setKeys } from "../../documents/daemon/edits";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage, isEmpty, placeOfMissing } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-default-ulimits",
  language: "daemon",
  title: "Containers have limits unless they say otherwise",
  why: `A program that opens files or starts processes without end takes them from all containers of the host. What is in
\`default-ulimits\` holds for every container that names no limits of its own.

By hand: \`"default-ulimits": { "nofile": { "Name": "nofile", "Soft": 1024, "Hard": 65536 } }\`, with numbers that fit what
runs here.

The rule is wrong where each container has its own limits, or systemd gives them to the daemon. The fix writes the limit
above: look at the numbers, a database may want more.`,
  category: "resources",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.8", "cis:2.8", "cwe:770"],
  references: [
    dockerPage("dockerd, default ulimit settings", "reference/cli/dockerd/#default-ulimit-settings"),
    daemonFile,
    cisDocker,
    cwe(770, "Allocation of resources without limits or throttling"),
  ],
  messages: {
    missing: () => "Without default-ulimits, one container can take all files or processes of the host",
  },
  bad: [
    {
      title: "missing",
      source: '«{»\n  "icc": false\n}\n',
      fixed:
        '{\n  "icc": false,\n  "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 1024, "Hard": 65536 } }\n}\n',
    },
    {
      title: "empty",
      source: '{ «"default-ulimits": {}» }\n',
      fixed: '{ "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 1024, "Hard": 65536 } } }\n',
    },
  ],
  good: [
    {
      title: "a limit",
      source: '{ "default-ulimits": { "nproc": { "Name": "nproc", "Soft": 512, "Hard": 1024 } } }\n',
    },
    { title: "half written", source: '{ "default-ulimits": ' },
  ],
  check(document, { report }) {
    const setting = document.settings.get("default-ulimits");
    const at = setting === undefined ? placeOfMissing(document) : isEmpty(setting) ? setting.span : undefined;
    if (at === undefined) return;
    const limits = '{ "nofile": { "Name": "nofile", "Soft": 1024, "Hard": 65536 } }';
    const fixes = daemonFix("Limit open files", setKeys(document, { "default-ulimits": limits }));
    report("missing", [], { at, fixes });
  },
});
