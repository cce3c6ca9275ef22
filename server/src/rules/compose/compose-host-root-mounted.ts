import type { VolumeMount } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { isMeasuringAgent } from "../shared/composeAgents";
import { unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-host-root-mounted",
  language: "compose",
  title: "No container has the host's whole disk",
  why: `A bind mount of \`/\` shows a container every file of the host: \`/etc/shadow\`, SSH keys, cloud credentials, the
data of all other containers. With write access a line in \`/etc/cron.d\` or an SSH key is enough to own the machine;
even read-only, what it can read is enough to log in elsewhere.

Mount the directories that the service reads, and those read-only. Measuring agents (node-exporter, cadvisor, netdata,
Datadog) document a read-only mount of \`/\`: for them it is low while it is read-only. Most can do with
\`/proc\`, \`/sys\` and a list of file systems.

The fix removes the mount; name the narrower paths yourself.`,
  category: "mounts",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "kics:volume_has_sensitive_host_directory",
    "docker-bench:5.6",
    "docksec:compose-sensitive-host-mount",
    "cis:5.6",
    "cwe:668",
  ],
  references: [
    composeKey("volumes"),
    { title: "Docker: bind mounts", url: "https://docs.docker.com/engine/storage/bind-mounts/" },
    owaspDocker,
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  local: true,
  messages: {
    writable: (service: string) =>
      `${service} can write to every file of the host, so code in it owns the host`,
    readable: (service: string) =>
      `${service} can read every file of the host, keys and other containers' data included`,
  },
  bad: [
    {
      title: "writable",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - «/»:/host\n      - data:/data\nvolumes:\n  data:\n",
      fixed: "services:\n  web:\n    image: app:1\n    volumes:\n      - data:/data\nvolumes:\n  data:\n",
    },
    {
      title: "a measuring agent",
      source:
        "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n    volumes: ['«/»:/rootfs:ro,rslave']\n",
      fixed: "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n",
    },
    {
      title: "long form",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: «/»\n        target: /host\n        read_only: true\n",
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "a drive, and roundabout",
      source:
        'services:\n  web:\n    image: app:1\n    volumes:\n      - «C:\\»:/c\n      - "«/etc/..»:/host"\n',
      fixed: "services:\n  web:\n    image: app:1\n",
    },
  ],
  good: [
    {
      title: "a directory",
      source: "services:\n  web:\n    image: app:1\n    volumes: ['./:/app', '/srv/data:/data']\n",
    },
    { title: "an anonymous volume", source: "services:\n  web:\n    image: app:1\n    volumes: [/data]\n" },
    {
      title: "a variable before the slash",
      source: "services:\n  web:\n    image: app:1\n    volumes: ['${DIR}/:/app']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: mount } of distinct(
      document,
      (one) => one.volumes,
      (one) => one.span,
    )) {
      if (mount.source === undefined || mount.target === undefined || !isRoot(mount)) continue;
      report(mount.readOnly ? "readable" : "writable", [shorten(service.name, 40)], {
        at: mount.sourceSpan,
        severity: mount.readOnly ? (isMeasuringAgent(service) ? "low" : "high") : "critical",
        fixes: unsafeFix("Remove the mount of the whole disk", removeItem(document, mount.node)),
      });
    }
  },
});

/** Whether a source is the root of a disk once `.` and `..` are worked out. */
function isRoot(mount: VolumeMount): boolean {
  const source = mount.source ?? "";
  const path = source.replace(/^[A-Za-z]:[\\/]/, "/");
  if (mount.type !== "bind" || !path.startsWith("/")) return false;
  let depth = 0;
  for (const part of path.split(/[\\/]/)) {
    if (part === "..") depth = Math.max(0, depth - 1);
    else if (part !== "" && part !== ".") depth++;
  }
  return depth === 0;
}
