import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { itemsWith } from "../shared/composeFields";
import { unsafeFix } from "../shared/composeFix";
import { composeKey, dockerSecurity } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-systempaths-unconfined",
  language: "compose",
  title: "The kernel's files are hidden from the service",
  why: `The engine hides files such as \`/proc/kcore\`, \`/proc/keys\` and \`/sys/firmware\` from containers, and makes
\`/proc/sys\`, \`/proc/sysrq-trigger\` and \`/proc/irq\` read-only, since these are not the container's but the whole
machine's. With \`systempaths=unconfined\` (Podman: \`unmask=ALL\`) root in the container writes kernel settings of the
host: a program named in \`core_pattern\` is run by the kernel outside of any container.

Containers within containers are the usual reason: a rootless engine does without, and so does \`unmask=\` with the one
path in Podman. The fix removes the option.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.6", "cwe:250"],
  references: [
    composeKey("security_opt"),
    dockerSecurity,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    unmasked: (service: string) =>
      `${service} can write the host's kernel settings in /proc/sys, and so run programs on the host`,
  },
  bad: [
    {
      title: "the only option",
      source:
        "services:\n  web:\n    image: app:1\n    security_opt:\n      - «systempaths=unconfined»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "the other sign, and Podman's word",
      source:
        "services:\n  web:\n    image: app:1\n    security_opt: [no-new-privileges:true, «'systempaths:unconfined'»]\n  b:\n    image: app:1\n    security_opt:\n      - «unmask=ALL»\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    security_opt: [no-new-privileges:true]\n  b:\n    image: app:1\n",
    },
  ],
  good: [
    {
      title: "one path of Podman's",
      source: "services:\n  web:\n    image: app:1\n    security_opt: [unmask=/proc/acpi]\n",
    },
    {
      title: "another option",
      source: "services:\n  web:\n    image: app:1\n    security_opt: [seccomp:unconfined]\n",
    },
  ],
  check(document, { report }) {
    const items = itemsWith(
      document,
      (one) => one.securityOpt,
      (value) => /^(?:systempaths\s*[:=]\s*unconfined|unmask\s*[:=]\s*all)$/i.test(value),
    );
    for (const { service, part: item } of items)
      report("unmasked", [shorten(service.name, 32)], {
        at: item.span,
        fixes: unsafeFix("Hide the kernel's files", removeItem(document, item.node)),
      });
  },
});
