import type { Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { dangerousCapabilities, makesTunnel } from "../shared/capabilities";
import { isMeasuringAgent } from "../shared/composeAgents";
import { capabilityOf } from "../shared/composeCapabilities";
import { programOf, unsafeFix } from "../shared/composeFix";
import { composeKey, dockerSecurity } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-cap-add-dangerous",
  language: "compose",
  title: "No capability that reaches the host is added",
  why: `Some capabilities are the same as root on the host: with SYS_ADMIN one mounts the host's disk or a cgroup with a
release agent, with SYS_MODULE one loads a kernel module, with DAC_READ_SEARCH one opens the host's files by number.
Others, as NET_ADMIN and SYS_PTRACE, are bounded by the container's namespaces, and are graver where it shares the
host's: so they are medium (SYS_PTRACE is low for measuring agents), and high beside \`network_mode: host\` or \`pid: host\`.

Give the narrower one: BPF or PERFMON in place of SYS_ADMIN, NET_RAW in place of NET_ADMIN for ping, a device for
raw access. VPNs do need NET_ADMIN: for them it is low. So do DHCP servers, and debuggers need SYS_PTRACE: say so in
an ignore comment.

The fix removes the entry, and the service may then miss it.`,
  category: "privilege",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:container_capabilities_unrestricted",
    "docker-bench:5.4",
    "owasp:RULE#3",
    "docksec:compose-dangerous-capabilities",
    "cis:5.4",
    "cwe:250",
  ],
  references: [
    composeKey("cap_add"),
    dockerSecurity,
    {
      title: "Linux manual: capabilities(7)",
      url: "https://man7.org/linux/man-pages/man7/capabilities.7.html",
    },
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    added: (service: string, capability: string, means: string) =>
      `With ${capability}, code in ${service} can ${means}`,
  },
  bad: [
    {
      title: "root by another name",
      source: "services:\n  web:\n    image: app:1\n    cap_add:\n      - «SYS_ADMIN»\n      - CHOWN\n",
      fixed: "services:\n  web:\n    image: app:1\n    cap_add:\n      - CHOWN\n",
    },
    {
      title: "in any case, with prefix",
      source: "services:\n  web:\n    image: app:1\n    cap_add: [«cap_sys_module», NET_BIND_SERVICE]\n",
      fixed: "services:\n  web:\n    image: app:1\n    cap_add: [NET_BIND_SERVICE]\n",
    },
    {
      title: "all of them",
      source: "services:\n  web:\n    image: app:1\n    cap_drop: [ALL]\n    cap_add: [«all»]\n",
      fixed: "services:\n  web:\n    image: app:1\n    cap_drop: [ALL]\n",
    },
    {
      title: "the network's",
      source: "services:\n  vpn:\n    image: vpn:1\n    cap_add:\n      - «NET_ADMIN»\n",
      fixed: "services:\n  vpn:\n    image: vpn:1\n",
    },
  ],
  good: [
    {
      title: "harmless ones",
      source:
        "services:\n  web:\n    image: app:1\n    cap_drop: [ALL]\n    cap_add: [CHOWN, NET_BIND_SERVICE, IPC_LOCK]\n",
    },
    {
      title: "dropped, not added",
      source: "services:\n  web:\n    image: app:1\n    cap_drop: [SYS_ADMIN]\n",
    },
    { title: "none", source: "services:\n  web:\n    image: app:1\n    cap_add: []\n" },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    cap_add: ['${CAP}']\n" },
  ],
  check(document, { report }) {
    for (const { service, part: item } of distinct(
      document,
      (one) => one.capAdd?.value ?? [],
      (one) => one.span,
    )) {
      const name = capabilityOf(item);
      const found = name === undefined ? undefined : dangerousCapabilities.get(name);
      if (name === undefined || found === undefined) continue;
      report("added", [shorten(service.name, 40), name, found.means], {
        at: item.span,
        severity: severityOf(service, name) ?? found.severity,
        fixes: unsafeFix(`Remove ${name}`, removeItem(document, item.node)),
      });
    }
  },
});

/** What the service makes of a capability; undefined where nothing is known of it. */
function severityOf(service: Service, capability: string): Severity | undefined {
  if (reachesHost(service, capability)) return "high";
  const isMeant = isForTunnel(service, capability) || isForMeasuring(service, capability);
  return isMeant ? "low" : undefined;
}

/** Whether a service looks at other processes, which is what it is for; without the host's there are but its own. */
function isForMeasuring(service: Service, capability: string): boolean {
  return capability === "SYS_PTRACE" && isMeasuringAgent(service);
}

/** Whether what bounds a capability is shared with the host. */
function reachesHost(service: Service, capability: string): boolean {
  if (capability === "NET_ADMIN") return service.networkMode?.value.value === "host";
  return capability === "SYS_PTRACE" && service.pid?.value.value === "host";
}

/** Whether a service makes a network interface of its own, which is what it is for. */
function isForTunnel(service: Service, capability: string): boolean {
  return capability === "NET_ADMIN" && makesTunnel(programOf(service));
}
