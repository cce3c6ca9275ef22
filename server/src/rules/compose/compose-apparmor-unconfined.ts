import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { itemsWith } from "../shared/composeFields";
import { unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-apparmor-unconfined",
  language: "compose",
  title: "The engine's AppArmor profile is in force",
  why: `On Debian, Ubuntu and SUSE every container runs under the AppArmor profile \`docker-default\`. It forbids mounting,
writing to \`/proc/sys\`, \`/proc/sysrq-trigger\` and most of \`/sys\`, and tracing processes outside of the container. With
\`apparmor:unconfined\` all that depends on capabilities and seccomp alone, and known ways out of a container work again.

FUSE and nested containers are the usual reason. Write a profile that allows the one thing (\`mount fstype=fuse\`), load it
with \`apparmor_parser\`, and name it here. The fix removes the option.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "docker-bench:5.2",
    "owasp:RULE#6",
    "docksec:compose-disabled-security-opt",
    "cis:5.2",
    "cwe:269",
  ],
  references: [
    { title: "Docker: AppArmor profiles", url: "https://docs.docker.com/engine/security/apparmor/" },
    composeKey("security_opt"),
    owaspDocker,
    cisDocker,
    cwe(269, "Improper privilege management"),
  ],
  local: true,
  messages: {
    unconfined: (service: string) =>
      `AppArmor leaves ${service} alone: it may mount file systems and write kernel settings`,
  },
  bad: [
    {
      title: "the only option",
      source:
        "services:\n  web:\n    image: app:1\n    security_opt:\n      - «apparmor:unconfined»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "among others, in flow style",
      source:
        'services:\n  web:\n    image: app:1\n    security_opt: ["no-new-privileges:true", «"apparmor=unconfined"»]\n',
      fixed: 'services:\n  web:\n    image: app:1\n    security_opt: ["no-new-privileges:true"]\n',
    },
    {
      title: "from an anchor, once",
      source:
        "x-s: &s\n  - «apparmor:unconfined»\n  - no-new-privileges:true\nservices:\n  a:\n    image: x:1\n    security_opt: *s\n  b:\n    image: x:2\n    security_opt: *s\n",
      fixed:
        "x-s: &s\n  - no-new-privileges:true\nservices:\n  a:\n    image: x:1\n    security_opt: *s\n  b:\n    image: x:2\n    security_opt: *s\n",
    },
  ],
  good: [
    { title: "a profile", source: "services:\n  web:\n    image: app:1\n    security_opt: [apparmor:web]\n" },
    {
      title: "seccomp, which is said elsewhere",
      source: "services:\n  web:\n    image: app:1\n    security_opt: [seccomp:unconfined]\n",
    },
    {
      title: "a variable",
      source: "services:\n  web:\n    image: app:1\n    security_opt: ['apparmor:${PROFILE}']\n",
    },
  ],
  check(document, { report }) {
    const items = itemsWith(
      document,
      (one) => one.securityOpt,
      (value) => /^apparmor\s*[:=]\s*unconfined$/i.test(value),
    );
    for (const { service, part: item } of items)
      report("unconfined", [shorten(service.name, 32)], {
        at: item.span,
        fixes: unsafeFix("Use the default AppArmor profile", removeItem(document, item.node)),
      });
  },
});
