import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { isMeasuringAgent, readsKernel } from "../shared/composeAgents";
import { type HostPath, hostPaths } from "../shared/composeBinds";
import { unsafeFix } from "../shared/composeFix";
import { type SensitivePath, sensitivePath } from "../shared/composeHostPaths";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-sensitive-host-dir",
  language: "compose",
  title: "No container has directories of the host's system",
  why: `Directories of the host's system are ways out of the container: with \`/etc\` one adds a user or a cron job, with
\`/usr/bin\` one replaces a program that root will run, with \`/proc/sys\` one has the kernel start a program, with
\`/var/lib/docker\` one changes every other container. To read is enough for password hashes, SSH keys and others' secrets.

Mount the one file that the service reads, and that with \`:ro\`: \`/etc/localtime\`, \`/etc/timezone\`, certificates and a
program's own directory below \`/etc\` are not reported. What the service writes belongs into a volume.

Writable mounts are high, read-only ones medium or low. Measuring agents and log shippers document read-only mounts of
\`/proc\`, \`/sys\`, \`/var/lib/docker\` and \`/var/log\`: for them these are info. The root of the disk is reported by
\`compose-host-root-mounted\`, the directory of sockets by \`compose-other-runtime-socket\`. The fix removes the mount.`,
  category: "mounts",
  severity: "high",
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
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  local: true,
  messages: {
    mounted: (name: string, means: string) => `With this path of the host, code in ${name} ${means}`,
  },
  bad: [
    {
      title: "to write",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - «/etc»:/host/etc\n      - /etc/localtime:/etc/localtime:ro\n",
      fixed: "services:\n  web:\n    image: app:1\n    volumes:\n      - /etc/localtime:/etc/localtime:ro\n",
    },
    {
      title: "files and directories in it, to read",
      source:
        'services:\n  web:\n    image: app:1\n    volumes: ["«/etc/passwd»:/p:ro", "«/home/alice/»:/a:ro", ./src:/src]\n',
      fixed: "services:\n  web:\n    image: app:1\n    volumes: [./src:/src]\n",
    },
    {
      title: "long form, roundabout",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: «/var/lib/../lib/docker/volumes»\n        target: /v\n",
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "a measuring agent, info",
      source:
        "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n    volumes: ['«/proc»:/host/proc:ro', '«/sys»:/host/sys:ro']\n",
      fixed: "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n",
    },
    {
      title: "a volume that is that directory",
      source:
        "services:\n  web:\n    image: app:1\n    volumes: [host:/h]\nvolumes:\n  host:\n    driver: local\n    driver_opts:\n      type: none\n      o: bind\n      device: «/boot»\n",
    },
  ],
  good: [
    {
      title: "what is for everybody",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - /etc/localtime:/etc/localtime:ro\n      - /etc/ssl/certs:/etc/ssl/certs:ro\n      - /usr/share/zoneinfo:/z:ro\n      - /dev/shm:/dev/shm\n",
    },
    {
      title: "a program's own directory",
      source:
        "services:\n  dns:\n    image: app:1\n    volumes: ['/etc/pihole:/etc/pihole', '/srv/data:/data', '/home/alice/app:/app']\n",
    },
    {
      title: "directories of the container",
      source: "services:\n  web:\n    image: app:1\n    volumes: [/etc, 'conf:/etc', './etc:/etc']\n",
    },
    {
      title: "a volume of another machine",
      source:
        "services:\n  web:\n    image: app:1\nvolumes:\n  nfs:\n    driver_opts: { type: nfs, o: 'addr=nas.example.com', device: ':/etc' }\n",
    },
  ],
  check(document, { report }) {
    for (const mounted of hostPaths(document)) {
      const sensitive = sensitivePath(mounted.path);
      if (sensitive === undefined) continue;
      const { name, readOnly, span, remove } = mounted;
      const means = readOnly ? sensitive.reads : sensitive.writes;
      report("mounted", [shorten(name, 32), means], {
        at: span,
        severity: severityOf(mounted, sensitive),
        fixes: unsafeFix("Remove the mount", remove),
      });
    }
  },
});

function severityOf({ readOnly, service, path }: HostPath, sensitive: SensitivePath): Severity {
  // Where the kernel is traced from; those who are made for that document the mount.
  if (/^\/sys\/kernel(?:\/|$)/.test(path) && service !== undefined && readsKernel(service)) return "low";
  if (!readOnly) return sensitive.writable;
  return service !== undefined && isMeasuringAgent(service) ? "info" : sensitive.readable;
}
