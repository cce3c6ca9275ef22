import { setKeys } from "../../documents/daemon/edits";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage, hardenDaemon, notSetTo } from "../shared/daemonSettings";
import { cisDocker } from "../shared/references";

export default defineRule({
  id: "daemon-userland-proxy",
  language: "daemon",
  title: "The kernel forwards published ports without a proxy",
  why: `For each published port the daemon runs a program, \`docker-proxy\`, as root. The kernel's own forwarding does the
same work on any system of today; what the proxy adds is more code that faces the network, and connections whose source
address is hidden from the service.

By hand: \`"userland-proxy": false\`.

The rule is wrong where the host's kernel lacks hairpin NAT, or where IPv6 clients reach containers that have IPv4 only.
The fix sets it; it takes effect when the daemon starts anew.`,
  category: "network",
  severity: "low",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.16", "cis:2.16"],
  references: [
    dockerPage("packet filtering and firewalls", "engine/network/packet-filtering-firewalls/"),
    daemonFile,
    cisDocker,
  ],
  messages: {
    given: () => "A program that runs as root forwards each published port, which the kernel does as well",
    missing: () =>
      "Without userland-proxy set to false, a program that runs as root forwards each published port",
  },
  bad: [
    {
      title: "missing",
      source: '«{»\n    "debug": false,\n    "ipv6": false\n}\n',
      fixed: '{\n    "debug": false,\n    "ipv6": false,\n    "userland-proxy": false\n}\n',
    },
    { title: "in an empty file", source: "«{»}\n", fixed: '{\n  "userland-proxy": false\n}\n' },
    {
      title: "set otherwise",
      source: '{"debug": false, «"userland-proxy": true»}\n',
      fixed: '{"debug": false, "userland-proxy": false}\n',
    },
    {
      title: "missing, with a comment behind the last setting",
      source: '«{»\n  "debug": false // chatty\n}\n',
      fixed: '{\n  "debug": false, // chatty\n  "userland-proxy": false\n}\n',
    },
  ],
  good: [
    { title: "set", source: '{ "userland-proxy": false }\n' },
    { title: "a template's placeholder", source: '{ "userland-proxy": ${VALUE} }\n' },
    { title: "a file that is half written", source: '{\n  "debug": false,\n  "' },
    { title: "an empty file", source: "" },
  ],
  check(document, { report }) {
    const found = notSetTo(document, "userland-proxy", false);
    if (found === undefined) return;
    const fixes = daemonFix(
      "Forward published ports in the kernel",
      setKeys(document, { "userland-proxy": "false" }),
    );
    const together = found.how === "missing" ? hardenDaemon(document) : [];
    report(found.how, [], { at: found.at, fixes: [...fixes, ...together] });
  },
});
