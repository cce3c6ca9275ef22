import { removeKey } from "../../documents/daemon/edits";
import { isSetTo, textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-iptables-off",
  language: "daemon",
  title: "The daemon sets up the packet filter for its networks",
  why: `Docker keeps its networks apart, and the ports that are not published shut, by rules of the packet filter. With
\`"iptables": false\` it writes none: containers of different networks reach each other, neighbours of the host can route
to every port of every container, and containers lose their way out unless somebody wrote rules for that.

People set it because published ports pass by \`ufw\`. Publishing to \`127.0.0.1\`, or rules in the chain \`DOCKER-USER\`,
solve that and keep the rest.

The rule is wrong where your own rules do all of that work; a daemon with \`"bridge": "none"\`, as nodes of Kubernetes had
it, is not reported. \`ip6tables\` counts where \`ipv6\` is on. The fix removes the key, so that Docker writes its rules
when it starts anew.`,
  category: "network",
  severity: "high",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.4", "cis:2.4", "cwe:693"],
  references: [
    dockerPage("packet filtering and firewalls", "engine/network/packet-filtering-firewalls/"),
    daemonFile,
    cisDocker,
    cwe(693, "Protection mechanism failure"),
  ],
  messages: {
    off: (version: string) =>
      `Nothing keeps container networks apart over ${version}: the daemon writes no filter rules`,
  },
  bad: [
    {
      title: "switched off",
      source: '{\n  "log-driver": "local",\n  «"iptables": false»\n}\n',
      fixed: '{\n  "log-driver": "local"\n}\n',
    },
    {
      title: "for IPv6, which is in use",
      source: '{\n  «"ip6tables": false»,\n  "ipv6": true\n}\n',
      fixed: '{\n  "ipv6": true\n}\n',
    },
  ],
  good: [
    { title: "on", source: '{ "iptables": true, "ip6tables": true }\n' },
    { title: "missing", source: "{}\n" },
    { title: "no bridge to guard", source: '{ "iptables": false, "bridge": "none" }\n' },
    { title: "for IPv6, which is not in use", source: '{ "ip6tables": false }\n' },
  ],
  check(document, { report }) {
    const { settings } = document;
    if (textOf(settings.get("bridge")) === "none") return;
    for (const [key, version] of [
      ["iptables", "IPv4"],
      ["ip6tables", "IPv6"],
    ] as const) {
      const setting = settings.get(key);
      if (setting === undefined || !isSetTo(setting, false)) continue;
      if (key === "ip6tables" && !isSetTo(settings.get("ipv6"), true)) continue;
      const fixes = daemonFix("Let the daemon write its filter rules", removeKey(document, key));
      report("off", [version], { at: setting.span, fixes });
    }
  },
});
