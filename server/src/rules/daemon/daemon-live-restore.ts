import { setKeys } from "../../documents/daemon/edits";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage, hardenDaemon, notSetTo } from "../shared/daemonSettings";
import { cisDocker } from "../shared/references";

export default defineRule({
  id: "daemon-live-restore",
  language: "daemon",
  title: "Containers go on while the daemon is away",
  why: `Without \`live-restore\` all containers stop when the daemon does: for each of its updates, and when it crashes. So its
security updates wait for the next maintenance window.

By hand: \`"live-restore": true\`. The daemon can take it over without a restart.

The rule is wrong for a node of a Swarm, with which it does not go together, and on Windows, which does not have it. The
fix sets it.`,
  category: "resources",
  severity: "low",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.15", "cis:2.15"],
  references: [dockerPage("live restore", "engine/daemon/live-restore/"), daemonFile, cisDocker],
  messages: {
    given: () => "Every update of the daemon stops all containers",
    missing: () => "Without live-restore, every update of the daemon stops all containers",
  },
  bad: [
    {
      title: "missing",
      source: '«{»\n    "debug": false,\n    "ipv6": false\n}\n',
      fixed: '{\n    "debug": false,\n    "ipv6": false,\n    "live-restore": true\n}\n',
    },
    { title: "in an empty file", source: "«{»}\n", fixed: '{\n  "live-restore": true\n}\n' },
    {
      title: "set otherwise",
      source: '{"debug": false, «"live-restore": false»}\n',
      fixed: '{"debug": false, "live-restore": true}\n',
    },
    {
      title: "missing, with a comment behind the last setting",
      source: '«{»\n  "debug": false // chatty\n}\n',
      fixed: '{\n  "debug": false, // chatty\n  "live-restore": true\n}\n',
    },
  ],
  good: [
    { title: "set", source: '{ "live-restore": true }\n' },
    { title: "a template's placeholder", source: '{ "live-restore": ${VALUE} }\n' },
    { title: "a file that is half written", source: '{\n  "debug": false,\n  "' },
    { title: "an empty file", source: "" },
  ],
  check(document, { report }) {
    const found = notSetTo(document, "live-restore", true);
    if (found === undefined) return;
    const fixes = daemonFix(
      "Keep containers running while the daemon is away",
      setKeys(document, { "live-restore": "true" }),
    );
    const together = found.how === "missing" ? hardenDaemon(document) : [];
    report(found.how, [], { at: found.at, fixes: [...fixes, ...together] });
  },
});
