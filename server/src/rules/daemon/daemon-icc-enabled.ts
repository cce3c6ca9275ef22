import { setKeys } from "../../documents/daemon/edits";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage, hardenDaemon, notSetTo } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-icc-enabled",
  language: "daemon",
  title: "Containers on the default bridge reach each other only where they are linked",
  why: `Containers that name no network share the default bridge, and unless \`icc\` is \`false\` each reaches every port of
all others there, published or not. One that is broken into is next door to the database of another application.

By hand: \`"icc": false\`, and a network of its own for what belongs together (Compose makes one for each project, and
\`icc\` does not touch those).

The rule is wrong on a host where nothing runs on the default bridge. The fix sets it: containers there that talk to each
other without \`--link\` then no longer do. It takes effect when the daemon starts anew.`,
  category: "network",
  severity: "medium",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.2", "owasp:RULE#5", "cis:2.2", "cwe:653"],
  references: [
    dockerPage("bridge network driver", "engine/network/drivers/bridge/"),
    daemonFile,
    cisDocker,
    cwe(653, "Improper isolation or compartmentalization"),
  ],
  messages: {
    given: () => "Every container on the default bridge reaches all ports of the others there",
    missing: () =>
      "Without icc set to false, every container on the default bridge reaches all ports of the others there",
  },
  bad: [
    {
      title: "missing",
      source: '«{»\n    "debug": false,\n    "ipv6": false\n}\n',
      fixed: '{\n    "debug": false,\n    "ipv6": false,\n    "icc": false\n}\n',
    },
    { title: "in an empty file", source: "«{»}\n", fixed: '{\n  "icc": false\n}\n' },
    {
      title: "set otherwise",
      source: '{"debug": false, «"icc": true»}\n',
      fixed: '{"debug": false, "icc": false}\n',
    },
    {
      title: "missing, with a comment behind the last setting",
      source: '«{»\n  "debug": false // chatty\n}\n',
      fixed: '{\n  "debug": false, // chatty\n  "icc": false\n}\n',
    },
  ],
  good: [
    { title: "set", source: '{ "icc": false }\n' },
    { title: "a template's placeholder", source: '{ "icc": ${VALUE} }\n' },
    { title: "a file that is half written", source: '{\n  "debug": false,\n  "' },
    { title: "an empty file", source: "" },
  ],
  check(document, { report }) {
    const found = notSetTo(document, "icc", false);
    if (found === undefined) return;
    const fixes = daemonFix(
      "Keep containers on the default bridge apart",
      setKeys(document, { icc: "false" }),
    );
    const together = found.how === "missing" ? hardenDaemon(document) : [];
    report(found.how, [], { at: found.at, fixes: [...fixes, ...together] });
  },
});
