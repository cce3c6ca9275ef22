import { setKeys } from "../../documents/daemon/edits";
import { textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { addressOf, isEveryHost, isLoopbackHost } from "../shared/daemonAddresses";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-metrics-exposed",
  language: "daemon",
  title: "The daemon's metrics are there for this machine only",
  why: `What \`metrics-addr\` offers asks for no password: the daemon's exact version, so that an attacker knows what to try,
and how many containers start, stop and fail, and when.

By hand: \`"metrics-addr": "127.0.0.1:9323"\`, with the collector on the same machine, or an address of a network that
nobody else is in.

On one address of a network the finding is low, since that is often meant so. The fix writes the loopback address and keeps
the port: a collector on another machine no longer gets through.`,
  category: "network",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cwe:200"],
  references: [
    dockerPage("collect Docker metrics with Prometheus", "engine/daemon/prometheus/"),
    daemonFile,
    cwe(200, "Exposure of sensitive information to an unauthorized actor"),
  ],
  messages: {
    open: () => "Whoever reaches this host reads the version and the workload of the daemon",
    network: (host: string) => `Whoever reaches ${host} reads the version and the workload of the daemon`,
  },
  bad: [
    {
      title: "every address",
      source: '{ «"metrics-addr" : "0.0.0.0:9323"», "experimental" : true }\n',
      fixed: '{ "metrics-addr" : "127.0.0.1:9323", "experimental" : true }\n',
    },
    {
      title: "a port alone, and every address of IPv6",
      source: '{ «"metrics-addr": ":9090"» }\n',
      fixed: '{ "metrics-addr": "127.0.0.1:9090" }\n',
    },
    {
      title: "one address of a network",
      source: '{ «"metrics-addr": "10.0.2.1:9323"» }\n',
      fixed: '{ "metrics-addr": "127.0.0.1:9323" }\n',
    },
  ],
  good: [
    { title: "this machine", source: '{ "metrics-addr": "127.0.0.1:9323" }\n' },
    { title: "this machine by name", source: '{ "metrics-addr": "localhost:9323" }\n' },
    { title: "off", source: '{ "metrics-addr": "" }\n' },
    { title: "a template's placeholder", source: '{ "metrics-addr": "${METRICS}" }\n' },
  ],
  check(document, { report }) {
    const setting = document.settings.get("metrics-addr");
    const text = textOf(setting);
    if (setting === undefined || text === undefined) return;
    const { host, port } = addressOf(text);
    if (port === undefined || !/^\d{1,5}$/.test(port) || isLoopbackHost(host)) return;
    const edits = setKeys(document, { "metrics-addr": `"127.0.0.1:${port}"` });
    const fixes = daemonFix("Offer metrics to this machine only", edits);
    if (isEveryHost(host)) report("open", [], { at: setting.span, fixes });
    else report("network", [shorten(host, 40)], { at: setting.span, fixes, severity: "low" });
  },
});
