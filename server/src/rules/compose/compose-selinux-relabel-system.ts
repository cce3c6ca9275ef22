import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { hostPaths } from "../shared/composeBinds";
import { unsafeFix } from "../shared/composeFix";
import { optionsOf, removeOption } from "../shared/composeMountOptions";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { lookupBySpan } from "../shared/spanLookup";

export default defineRule({
  id: "compose-selinux-relabel-system",
  language: "compose",
  title: "Directories of the system keep their SELinux labels",
  why: `\`:z\` and \`:Z\` write the label of containers on every file below the mounted directory, on the host and for good. On
\`/etc\`, \`/usr\`, \`/home\` or \`/var\` that takes the files away from the services they belong to: SSH, cron and login stop
working, and every container may then read what SELinux kept from them. There is no way back but to relabel the machine.

Mount a directory of the project, and relabel that. To read a directory of the system, leave the label alone, and let
the service run with a type that may read it. The fix drops the option.`,
  category: "mounts",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.3", "cwe:732"],
  references: [
    {
      title: "Docker: configure the SELinux label",
      url: "https://docs.docker.com/engine/storage/bind-mounts/#configure-the-selinux-label",
    },
    composeKey("volumes"),
    cisDocker,
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  local: true,
  messages: {
    relabelled: (path: string) =>
      `Every file below ${path} on the host is given to containers, and lost to its service`,
  },
  bad: [
    {
      title: "for all containers, and for one",
      source:
        'services:\n  web:\n    image: app:1\n    volumes:\n      - /etc:/host/etc:ro,«z»\n      - "/home:/home:«Z»"\n',
      fixed:
        'services:\n  web:\n    image: app:1\n    volumes:\n      - /etc:/host/etc:ro\n      - "/home:/home"\n',
    },
    {
      title: "long form, which no fix touches",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: /usr\n        target: /u\n        bind: { selinux: «z» }\n",
    },
  ],
  good: [
    {
      title: "a directory of the project",
      source:
        "services:\n  web:\n    image: app:1\n    volumes: ['./data:/data:z', '/srv/web:/srv:Z', '/var/lib/web:/d:Z']\n",
    },
    { title: "not relabelled", source: "services:\n  web:\n    image: app:1\n    volumes: ['/etc:/e:ro']\n" },
    { title: "a volume", source: "services:\n  web:\n    image: app:1\n    volumes: ['etc:/etc:z']\n" },
  ],
  check(document, { report }) {
    const pathAt = lookupBySpan(hostPaths(document), (one) => one.span);
    for (const { part: mount } of distinct(
      document,
      (one) => one.volumes,
      (one) => one.span,
    )) {
      const path = pathAt(mount.sourceSpan)?.path;
      if (path === undefined || !ofSystem.test(path)) continue;
      for (const option of optionsOf(document, mount))
        if (option.name.toLowerCase() === "z")
          report("relabelled", [shorten(path, 32)], {
            at: option.span,
            fixes: unsafeFix("Keep the labels", removeOption(document, mount, option)),
          });
    }
  },
});

const ofSystem =
  /^\/(?:(?:bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)|(?:boot|dev|lib|lib64|proc|run|sbin|bin|sys|usr)\/.{0,200}|etc\/(?:passwd|shadow|group|ssh|pki|ssl)(?:\/.{0,200})?|home\/[^/]{1,64}|var\/(?:lib|log|run|cache|lib\/docker))?$/;
