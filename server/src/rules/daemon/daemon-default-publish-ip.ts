import { setKeys } from "../../documents/daemon/edits";
import { textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { isEveryHost } from "../shared/daemonAddresses";
import { daemonFile, daemonFix, dockerPage, placeOfMissing } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-default-publish-ip",
  language: "daemon",
  title: "A port is published to an address on purpose",
  why: `\`-p 5432:5432\` opens the port on every address of the host, past its firewall, since Docker writes its own rules.
With \`"ip": "127.0.0.1"\` such a port is there for this machine only, and what the world is to reach says so:
\`-p 0.0.0.0:443:443\`.

By hand: \`"ip": "127.0.0.1"\`. It holds for the default bridge; for other networks the same is said by
\`"default-network-opts": { "bridge": { "com.docker.network.bridge.host_binding_ipv4": "127.0.0.1" } }\`.

The rule is wrong on a host whose ports are all for the public. The fix writes the address: services that were reached from
elsewhere by a port without one no longer are, once their containers are made anew.`,
  category: "network",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["cis:5.14", "cwe:668"],
  references: [
    dockerPage(
      "port publishing, default binding address",
      "engine/network/port-publishing/#setting-the-default-bind-address-for-containers",
    ),
    daemonFile,
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  messages: {
    open: () => "A port that is published without an address is open on every address of the host",
    missing: () =>
      "Without ip, a port that is published without an address is open on every address of the host",
  },
  bad: [
    {
      title: "missing",
      source: '«{»\n  "icc": false\n}\n',
      fixed: '{\n  "icc": false,\n  "ip": "127.0.0.1"\n}\n',
    },
    { title: "every address", source: '{ «"ip": "0.0.0.0"» }\n', fixed: '{ "ip": "127.0.0.1" }\n' },
  ],
  good: [
    { title: "this machine", source: '{ "ip": "127.0.0.1" }\n' },
    { title: "one address", source: '{ "ip": "10.0.0.5" }\n' },
    { title: "half written", source: '{ "ip": ' },
  ],
  check(document, { report }) {
    const setting = document.settings.get("ip");
    const address = textOf(setting);
    const isOpen = address !== undefined && isEveryHost(address);
    const at = setting === undefined ? placeOfMissing(document) : isOpen ? setting.span : undefined;
    if (at === undefined) return;
    const fixes = daemonFix("Publish to this machine by default", setKeys(document, { ip: '"127.0.0.1"' }));
    report(setting === undefined ? "missing" : "open", [], { at, fixes });
  },
});
