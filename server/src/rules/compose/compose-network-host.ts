import { removeField } from "../../documents/compose/edits";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { findsDevices, isMeasuringAgent } from "../shared/composeAgents";
import { spanOfField, unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-network-host",
  language: "compose",
  title: "Every service has a network of its own",
  why: `With \`network_mode: host\` a container has the host's network: it reaches what listens on 127.0.0.1 there
(databases, the Docker API, cloud agents, admin pages that trust the machine), can open any port on it, and sees the
traffic of every interface. Whatever the service itself listens on is open at once, and \`ports:\` is ignored.

Publish the ports that are needed (\`127.0.0.1:8080:80\`), and reach other services by their names on a shared network.
For something on the host, add \`extra_hosts: ["host.docker.internal:host-gateway"]\`.

Discovery by broadcast (media servers, home automation) and DHCP do need it: say so in an ignore comment. Measuring
agents (node-exporter, cadvisor, netdata, Datadog) document it: for them it is medium, and low for programs that look for devices around them (Plex, Home Assistant). The fix removes the key; ports must then be published.`,
  category: "network",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:shared_host_network_namespace",
    "docker-bench:5.10",
    "docksec:compose-host-network",
    "cis:5.10",
    "cwe:668",
  ],
  references: [
    composeKey("network_mode"),
    { title: "Docker: host network driver", url: "https://docs.docker.com/engine/network/drivers/host/" },
    owaspDocker,
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  local: true,
  messages: {
    host: (service: string) => `${service} has the host's network, with all that listens on its 127.0.0.1`,
  },
  bad: [
    {
      title: "written out",
      source: "services:\n  web:\n    image: app:1\n    «network_mode: host»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "the default of a variable, quoted",
      source: 'services:\n  web:\n    image: app:1\n    «network_mode: "${MODE:-host}"»\n',
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "the first format",
      source: 'web:\n  image: app:1\n  «net: "host"»\n',
      fixed: "web:\n  image: app:1\n",
    },
    {
      title: "a measuring agent, medium",
      source:
        "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n    «network_mode: host»\n    pid: service:x\n",
      fixed: "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n    pid: service:x\n",
    },
    {
      title: "in a base service, once",
      source: "services:\n  base:\n    image: app:1\n    «network_mode: host»\n  web:\n    extends: base\n",
      fixed: "services:\n  base:\n    image: app:1\n  web:\n    extends: base\n",
    },
  ],
  good: [
    {
      title: "another service's",
      source: "services:\n  web:\n    image: app:1\n    network_mode: service:vpn\n",
    },
    { title: "none", source: "services:\n  web:\n    image: app:1\n    network_mode: none\n" },
    {
      title: "a network of that name",
      source: "services:\n  web:\n    image: app:1\n    networks: [host]\n",
    },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    network_mode: ${MODE}\n" },
  ],
  check(document, { report }) {
    const fields = distinct(
      document,
      (service) => [service.networkMode],
      (field) => field.keySpan,
    );
    for (const { service, part: field } of fields) {
      if (field.value.value !== "host") continue;
      report("host", [shorten(service.name, 40)], {
        at: spanOfField(field),
        severity: findsDevices(service) ? "low" : isMeasuringAgent(service) ? "medium" : "high",
        fixes: unsafeFix("Remove the host's network", removeField(document, field)),
      });
    }
  },
});
