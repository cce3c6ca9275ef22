import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { capabilityOf } from "../shared/composeCapabilities";
import { itemsWith } from "../shared/composeFields";
import { unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

/** Capabilities beyond the engine's default set that are not dangerous in themselves, from capabilities(7). */
const beyondDefault: ReadonlyMap<string, string> = new Map([
  ["AUDIT_CONTROL", "switch the kernel's audit off"],
  ["AUDIT_READ", "read the kernel's audit log"],
  ["BLOCK_SUSPEND", "keep the host from sleeping"],
  ["CHECKPOINT_RESTORE", "choose process ids and read others' memory maps"],
  ["IPC_LOCK", "keep memory from being swapped out, past its limit"],
  ["IPC_OWNER", "use others' shared memory"],
  ["LEASE", "hold up others' access to files"],
  ["LINUX_IMMUTABLE", "make files that even root cannot change"],
  ["NET_BROADCAST", "send broadcasts"],
  ["SYS_NICE", "take processor time from every other process"],
  ["SYS_PACCT", "switch process accounting on and off"],
  ["SYS_RESOURCE", "exceed quotas and limits"],
  ["SYS_TTY_CONFIG", "hang up others' terminals"],
  ["WAKE_ALARM", "wake the host"],
]);

export default defineRule({
  id: "compose-cap-add",
  language: "compose",
  title: "No capability beyond the default ones is added",
  why: `The engine's fourteen default capabilities are already more than most services use. One more lets the service do
what neither the other containers nor an ordinary user of the host can: lock memory, raise priorities, pass limits.

Databases and vaults do want IPC_LOCK and SYS_NICE: they run without, and say so in their log. Often a limit is the
better answer: \`ulimits: { memlock: -1 }\` in place of IPC_LOCK.

Those that lead to the host (SYS_ADMIN, NET_ADMIN and so on) are reported by \`compose-cap-add-dangerous\`. Default ones
that are added back beside \`cap_drop: [ALL]\` are as they should be. The fix removes the entry.`,
  category: "privilege",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:container_capabilities_unrestricted",
    "docker-bench:5.4",
    "owasp:RULE#3",
    "cis:5.4",
    "cwe:250",
  ],
  references: [
    composeKey("cap_add"),
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
      `With ${capability}, ${service} can ${means}`,
  },
  bad: [
    {
      title: "among others",
      source: "services:\n  vault:\n    image: vault:1\n    cap_add:\n      - «IPC_LOCK»\n      - CHOWN\n",
      fixed: "services:\n  vault:\n    image: vault:1\n    cap_add:\n      - CHOWN\n",
    },
    {
      title: "in any case, with prefix",
      source: "services:\n  db:\n    image: db:1\n    cap_add: [«cap_sys_nice», «Sys_Resource»]\n",
      fixed: "services:\n  db:\n    image: db:1\n",
    },
  ],
  good: [
    {
      title: "only what is needed of the default ones",
      source:
        "services:\n  web:\n    image: app:1\n    cap_drop: [ALL]\n    cap_add: [NET_BIND_SERVICE, CHOWN, SETUID]\n",
    },
    {
      title: "a dangerous one, which is said elsewhere",
      source: "services:\n  web:\n    image: app:1\n    cap_add: [SYS_ADMIN]\n",
    },
    { title: "a variable", source: "services:\n  web:\n    image: app:1\n    cap_add: ['${CAP}']\n" },
  ],
  check(document, { report }) {
    for (const { service, part: item } of itemsWith(
      document,
      (one) => one.capAdd,
      () => true,
    )) {
      const name = capabilityOf(item) ?? "";
      const means = beyondDefault.get(name);
      if (means === undefined) continue;
      report("added", [shorten(service.name, 32), name, means], {
        at: item.span,
        fixes: unsafeFix(`Remove ${name}`, removeItem(document, item.node)),
      });
    }
  },
});
