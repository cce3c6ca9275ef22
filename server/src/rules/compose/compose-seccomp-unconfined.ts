import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { addsCapability } from "../shared/composeCapabilities";
import { unsafeFix } from "../shared/composeFix";
import { composeKey, seccompProfiles } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-seccomp-unconfined",
  language: "compose",
  title: "System calls are filtered",
  why: `Docker's seccomp profile keeps containers from about forty system calls that ordinary programs never make:
loading kernel modules, \`keyctl\`, \`bpf\`, tracing other processes, switching namespaces. Many kernel holes are
reached through exactly these, so that \`seccomp:unconfined\` turns a bug in the kernel into a way out of the container.

Remove the option; if the service then fails with "operation not permitted", write a profile of your own that allows
the one call it needs, and name its file.

A service that also adds SYS_PTRACE is a debugger's: that is reported as medium. Since Docker 19.03 on kernel 4.8 or
later, tracing works with the default profile, so the option can go there too. The fix removes it.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:default_seccomp_profile_disabled",
    "semgrep:seccomp-confinement-disabled",
    "docker-bench:5.22",
    "owasp:RULE#6",
    "docksec:compose-disabled-security-opt",
    "cis:5.22",
    "cwe:269",
  ],
  references: [
    seccompProfiles,
    composeKey("security_opt"),
    cisDocker,
    cwe(269, "Improper privilege management"),
  ],
  local: true,
  messages: {
    unconfined: (service: string) =>
      `${service} may make every system call, so a hole in the kernel is a way out`,
  },
  bad: [
    {
      title: "the only option",
      source:
        "services:\n  web:\n    image: app:1\n    security_opt:\n      - «seccomp:unconfined»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "among others",
      source:
        'services:\n  web:\n    image: app:1\n    security_opt:\n      - «"seccomp=unconfined"»\n      - no-new-privileges:true\n',
      fixed: "services:\n  web:\n    image: app:1\n    security_opt:\n      - no-new-privileges:true\n",
    },
    {
      title: "for a debugger",
      source:
        "services:\n  dev:\n    build: .\n    cap_add: [SYS_PTRACE]\n    security_opt: [a:b, «seccomp:unconfined»]\n",
      fixed: "services:\n  dev:\n    build: .\n    cap_add: [SYS_PTRACE]\n    security_opt: [a:b]\n",
    },
  ],
  good: [
    {
      title: "a profile",
      source: "services:\n  web:\n    image: app:1\n    security_opt: [seccomp:./profile.json]\n",
    },
    {
      title: "another option",
      source: "services:\n  web:\n    image: app:1\n    security_opt: [apparmor:web]\n",
    },
    {
      title: "a variable",
      source: "services:\n  web:\n    image: app:1\n    security_opt: ['seccomp:${PROFILE}']\n",
    },
  ],
  check(document, { report }) {
    const items = distinct(
      document,
      (service) => service.securityOpt?.value ?? [],
      (item) => item.span,
    );
    for (const { service, part: item } of items) {
      if (!/^seccomp\s*[:=]\s*unconfined$/i.test(item.value?.trim() ?? "")) continue;
      report("unconfined", [shorten(service.name, 40)], {
        at: item.span,
        severity: addsCapability(service, "SYS_PTRACE") ? "medium" : "high",
        fixes: unsafeFix("Use the default seccomp profile", removeItem(document, item.node)),
      });
    }
  },
});
