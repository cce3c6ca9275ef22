import { setKeys } from "../../documents/daemon/edits";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage, hardenDaemon, notSetTo } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-no-new-privileges-off",
  language: "daemon",
  title: "Programs in containers cannot gain privileges",
  why: `A program with the set-user-ID bit (\`sudo\`, \`su\`, \`ping\` and what an attacker finds beside them) makes its
caller root within the container. With \`no-new-privileges\` the kernel ignores that bit, and a service that runs as a
lesser user stays one.

By hand: \`"no-new-privileges": true\`, the default for every container; a single one that needs otherwise says
\`--security-opt no-new-privileges=false\`.

The rule is wrong on a host whose containers are started with the option one by one. The fix sets it for all: what uses
\`sudo\` or \`su\` in a container then fails. It takes effect when the daemon starts anew, for containers that are made
afterwards.`,
  category: "privilege",
  severity: "medium",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.14", "cis:2.14", "cwe:250"],
  references: [
    dockerPage("security options of docker run", "reference/cli/docker/container/run/#security-opt"),
    daemonFile,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    given: () => "A set-user-ID program makes its caller root in every container",
    missing: () =>
      "Without no-new-privileges, a set-user-ID program makes its caller root in every container",
  },
  bad: [
    {
      title: "missing",
      source: '«{»\n    "debug": false,\n    "ipv6": false\n}\n',
      fixed: '{\n    "debug": false,\n    "ipv6": false,\n    "no-new-privileges": true\n}\n',
    },
    { title: "in an empty file", source: "«{»}\n", fixed: '{\n  "no-new-privileges": true\n}\n' },
    {
      title: "set otherwise",
      source: '{"debug": false, «"no-new-privileges": false»}\n',
      fixed: '{"debug": false, "no-new-privileges": true}\n',
    },
    {
      title: "missing, with a comment behind the last setting",
      source: '«{»\n  "debug": false // chatty\n}\n',
      fixed: '{\n  "debug": false, // chatty\n  "no-new-privileges": true\n}\n',
    },
  ],
  good: [
    { title: "set", source: '{ "no-new-privileges": true }\n' },
    { title: "a template's placeholder", source: '{ "no-new-privileges": ${VALUE} }\n' },
    { title: "a file that is half written", source: '{\n  "debug": false,\n  "' },
    { title: "an empty file", source: "" },
  ],
  check(document, { report }) {
    const found = notSetTo(document, "no-new-privileges", true);
    if (found === undefined) return;
    const fixes = daemonFix(
      "Let no program gain privileges",
      setKeys(document, { "no-new-privileges": "true" }),
    );
    const together = found.how === "missing" ? hardenDaemon(document) : [];
    report(found.how, [], { at: found.at, fixes: [...fixes, ...together] });
  },
});
