import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { removeNamed } from "../shared/composeNamed";
import { composeKey } from "../shared/composeReferences";
import { isOfContainer, weaknessOf } from "../shared/composeSysctls";
import { cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-sysctls-unsafe",
  language: "compose",
  title: "Kernel settings of a service keep its network's guards up",
  why: `Settings of the kernel that protect a network stack can be switched off for a container: it then follows redirects
and source routes that any neighbour sends (traffic is led past a listener), takes packets with a forged sender, or can
be stopped by a flood of half-open connections.

Settings outside of the container's own namespaces (\`vm.*\`, \`fs.*\`, most of \`kernel.*\`) are those of the whole host: the
engine refuses them, and who sets them another way changes every container. Set them on the host, once, where
Elasticsearch and others ask for them.

\`ip_forward\` makes the container a router between its networks; VPNs are that on purpose, so it is low. Bigger buffers,
port ranges and keepalives are not reported. The fix removes the entry.`,
  category: "privilege",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cwe:250"],
  references: [
    composeKey("sysctls"),
    {
      title: "Linux kernel: IP sysctl",
      url: "https://docs.kernel.org/networking/ip-sysctl.html",
    },
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    weak: (service: string, key: string, means: string) => `With ${key}, ${service} ${means}`,
    host: (service: string, key: string) =>
      `${key} is the whole host's, and the engine refuses it to ${service}`,
  },
  bad: [
    {
      title: "in map form",
      source:
        "services:\n  web:\n    image: app:1\n    sysctls:\n      net.core.somaxconn: 1024\n      «net.ipv4.conf.all.accept_redirects: 1»\n",
      fixed: "services:\n  web:\n    image: app:1\n    sysctls:\n      net.core.somaxconn: 1024\n",
    },
    {
      title: "in list form",
      source:
        'services:\n  web:\n    image: app:1\n    sysctls:\n      - net.ipv6.conf.all.disable_ipv6=0\n      - «net.ipv4.tcp_syncookies=0»\n      - «"net.ipv4.ip_forward=1"»\n',
      fixed: "services:\n  web:\n    image: app:1\n    sysctls:\n      - net.ipv6.conf.all.disable_ipv6=0\n",
    },
    {
      title: "the host's, in flow style",
      source:
        "services:\n  es:\n    image: app:1\n    sysctls: { «vm.max_map_count: 262144», «kernel.core_pattern: core», kernel.msgmax: 65536 }\n",
      fixed: "services:\n  es:\n    image: app:1\n    sysctls: { kernel.msgmax: 65536 }\n",
    },
  ],
  good: [
    {
      title: "settings of the container's own",
      source:
        "services:\n  web:\n    image: app:1\n    sysctls:\n      - net.ipv4.conf.all.src_valid_mark=1\n      - net.ipv4.ip_unprivileged_port_start=0\n      - kernel.shmmax=68719476736\n      - fs.mqueue.msg_max=100\n",
    },
    {
      title: "guards that are up",
      source:
        "services:\n  web:\n    image: app:1\n    sysctls:\n      net.ipv4.tcp_syncookies: 1\n      net.ipv4.conf.all.accept_redirects: 0\n      net.ipv4.conf.all.rp_filter: 1\n",
    },
    {
      title: "a variable",
      source: "services:\n  web:\n    image: app:1\n    sysctls: ['net.ipv4.ip_forward=${FORWARD}']\n",
    },
  ],
  check(document, { report }) {
    const entries = distinct(
      document,
      (service) => service.sysctls,
      (named) => named.span,
    );
    for (const { service, part: named } of entries) {
      const at = named.span;
      const key = shorten(named.name, 40);
      const fixes = unsafeFix(`Remove ${key}`, removeNamed(document, named));
      if (!isOfContainer(named.name)) report("host", [shorten(service.name, 24), key], { at, fixes });
      const weakness = weaknessOf(named);
      if (weakness !== undefined)
        report("weak", [shorten(service.name, 24), key, weakness.means], {
          at,
          fixes,
          severity: weakness.severity,
        });
    }
  },
});
