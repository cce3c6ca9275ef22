import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { itemsWith } from "../shared/composeFields";
import { unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-selinux-disabled",
  language: "compose",
  title: "SELinux separates the service from the host",
  why: `On Fedora, RHEL and their kin, SELinux keeps a container from every file of the host that is not labelled for
containers, and each container from the others' files. It has stopped holes in the runtime that left everything else
open. \`label:disable\` and the type \`spc_t\` take that away.

Mostly it is written because a bind mount was refused: add \`:Z\` to that mount (\`:z\` where several containers share it),
which relabels the directory. Never do so with directories of the system. For a single other need, write a type of your
own with udica and name it: \`label:type:mine.process\`. The fix removes the option.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "semgrep:selinux-separation-disabled",
    "docker-bench:5.3",
    "owasp:RULE#6",
    "docksec:compose-disabled-security-opt",
    "cis:5.3",
    "cwe:284",
  ],
  references: [
    composeKey("security_opt"),
    {
      title: "Docker: bind mounts and SELinux labels",
      url: "https://docs.docker.com/engine/storage/bind-mounts/#configure-the-selinux-label",
    },
    owaspDocker,
    cisDocker,
    cwe(284, "Improper access control"),
  ],
  local: true,
  messages: {
    disabled: (service: string) =>
      `SELinux leaves ${service} alone: after an escape it is no obstacle to the host's files`,
  },
  bad: [
    {
      title: "the only option",
      source:
        "services:\n  web:\n    image: app:1\n    security_opt:\n      - «label:disable»\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    restart: always\n",
    },
    {
      title: "the other sign, among others",
      source:
        'services:\n  web:\n    image: app:1\n    security_opt: [«"label=disable"», "no-new-privileges:true"]\n',
      fixed: 'services:\n  web:\n    image: app:1\n    security_opt: ["no-new-privileges:true"]\n',
    },
    {
      title: "the type that is not confined",
      source: "services:\n  web:\n    image: app:1\n    security_opt:\n      - «label:type:spc_t»\n",
      fixed: "services:\n  web:\n    image: app:1\n",
    },
  ],
  good: [
    {
      title: "labels",
      source:
        "services:\n  web:\n    image: app:1\n    security_opt: ['label:user:USER', 'label:type:web.process']\n",
    },
    {
      title: "a variable",
      source: "services:\n  web:\n    image: app:1\n    security_opt: ['label:${LABEL}']\n",
    },
  ],
  check(document, { report }) {
    const items = itemsWith(
      document,
      (one) => one.securityOpt,
      (value) => /^label\s*[:=]\s*(?:disabled?|type:spc_t)$/i.test(value),
    );
    for (const { service, part: item } of items)
      report("disabled", [shorten(service.name, 40)], {
        at: item.span,
        fixes: unsafeFix("Keep SELinux's separation", removeItem(document, item.node)),
      });
  },
});
