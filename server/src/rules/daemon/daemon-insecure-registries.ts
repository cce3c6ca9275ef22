import { removeItem, removeKey } from "../../documents/daemon/edits";
import { itemsOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { addressOf, isLoopbackHost } from "../shared/daemonAddresses";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-insecure-registries",
  language: "daemon",
  title: "Every registry shows a certificate that can be checked",
  why: `From a registry in \`insecure-registries\` the daemon takes images over plain HTTP, and over HTTPS whatever the
certificate says. Whoever sits between the two puts an image of their own in place of yours, and it runs on this host;
the password of \`docker login\` goes over the same wire.

By hand: give the registry a certificate. One of your own authority is enough: put \`ca.crt\` into
\`/etc/docker/certs.d/<registry>:<port>/\`, and take the registry out of the list.

Loopback addresses are not reported: nobody sits between, and Docker treats them so in any case. The rule is wrong where
the way to the registry is protected by other means, such as a VPN. The fix takes the registry out of the list; as long
as it has no valid certificate, pulling from it then fails.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.5", "cis:2.5", "cwe:319", "cwe:295"],
  references: [
    dockerPage("dockerd, insecure registries", "reference/cli/dockerd/#insecure-registries"),
    daemonFile,
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    insecure: (registry: string) =>
      `Images from ${registry} can be replaced on the way: its certificate is not checked`,
  },
  bad: [
    {
      title: "two of three registries",
      source:
        '{\n  "insecure-registries": [\n    «"registry.example.com:5000"»,\n    "localhost:5001",\n    «"10.0.0.0/8"»\n  ],\n  "debug": false\n}\n',
      fixed: '{\n  "insecure-registries": [\n    "localhost:5001"\n  ],\n  "debug": false\n}\n',
    },
    {
      title: "one registry",
      source: '{\n  "debug": false,\n  "insecure-registries": [«"registry.example.com"»]\n}\n',
      fixed: '{\n  "debug": false\n}\n',
    },
    {
      title: "nothing but a registry",
      source: '{ "insecure-registries": [«"http://registry.example.com"»] }\n',
      fixed: "{  }\n",
    },
  ],
  good: [
    { title: "an empty list", source: '{ "insecure-registries": [] }\n' },
    {
      title: "the machine itself",
      source:
        '{ "insecure-registries": ["127.0.0.1:5000", "127.0.0.0/8", "localhost", "[::1]:5000", "::1/128"] }\n',
    },
    { title: "another key", source: '{ "registry-mirrors": ["https://mirror.example.com"] }\n' },
  ],
  check(document, { report }) {
    const setting = document.settings.get("insecure-registries");
    const list = setting?.value;
    if (list?.kind !== "array") return;
    for (const item of itemsOf(setting)) {
      if (item.value.kind !== "string" || item.value.value === "") continue;
      const registry = item.value.value;
      if (isLoopbackHost(registry.toLowerCase()) || isLoopbackHost(addressOf(registry).host)) continue;
      const edits =
        list.items.length > 1 ? removeItem(document, list, item) : removeKey(document, "insecure-registries");
      report("insecure", [shorten(registry)], {
        at: item.span,
        fixes: daemonFix("Check its certificate", edits),
      });
    }
  },
});
