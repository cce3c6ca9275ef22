import { defineRule } from "../../engine/rule";
import { fieldsWith } from "../shared/composeFields";
import { spanOfField } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-namespace-of-other-container",
  language: "compose",
  title: "Services are separated from one another",
  why: `\`service:db\` and \`container:db\` put a container into a namespace of another one. Then the two are one as far as
that goes: on a shared network, each reaches what the other keeps to its 127.0.0.1, such as a database without a
password; with shared processes, each sees the other's environment and can end it; with shared memory, each reads and
changes it. A hole in the one is a hole in both.

Often this is the purpose: traffic through a VPN's container, a debugger, a development container beside its database.
Keep it then, and give both the same care. Else let the two talk over a network, by name.

A network is reported as info, processes and memory as low. There is no fix, since the two must be told how to
find each other.`,
  category: "privilege",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:5.16", "cwe:653"],
  references: [
    composeKey("network_mode"),
    composeKey("pid"),
    composeKey("ipc"),
    cisDocker,
    cwe(653, "Improper isolation or compartmentalization"),
  ],
  local: true,
  messages: {
    joined: (service: string, what: string, other: string) =>
      `${service} shares its ${what} with ${other}, so that a hole in one is a hole in both`,
  },
  bad: [
    {
      title: "a debugger",
      source: 'services:\n  debug:\n    image: tools:1\n    «pid: "service:web"»\n',
    },
    {
      title: "a container by name, and shared memory",
      source:
        "services:\n  a:\n    image: app:1\n    «network_mode: container:vpn»\n    «ipc: service:b»\n  b:\n    image: app:1\n    ipc: shareable\n",
    },
    {
      title: "inherited by two services, once",
      source:
        "x-vpn: &vpn\n  «network_mode: service:vpn»\nservices:\n  a:\n    <<: *vpn\n    image: app:1\n  b:\n    <<: *vpn\n    image: app:2\n",
    },
  ],
  good: [
    {
      title: "the host's, which is said elsewhere",
      source: "services:\n  a:\n    image: app:1\n    pid: host\n",
    },
    { title: "its own", source: "services:\n  a:\n    image: app:1\n    ipc: private\n" },
    { title: "a variable", source: "services:\n  a:\n    image: app:1\n    network_mode: ${MODE}\n" },
  ],
  check(document, { report }) {
    for (const key of ["networkMode", "pid", "ipc"] as const)
      for (const { service, part: field } of fieldsWith(
        document,
        (one) => one[key],
        (value) => joinedContainer(value) !== undefined,
      ))
        report(
          "joined",
          [shorten(service.name, 24), shared[key], shorten(joinedContainer(field.value.value) ?? "", 24)],
          { at: spanOfField(field), severity: key === "networkMode" ? "info" : "low" },
        );
  },
});

const shared = { networkMode: "network", pid: "processes", ipc: "memory" } as const;

function joinedContainer(value = ""): string | undefined {
  return /^(?:service|container):(.+)$/.exec(value.trim())?.[1];
}
