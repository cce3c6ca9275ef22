import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { isMeasuringAgent } from "../shared/composeAgents";
import { unsafeFix } from "../shared/composeFix";
import { optionsOf, removeOption } from "../shared/composeMountOptions";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-mount-propagation",
  language: "compose",
  title: "What a container mounts stays in the container",
  why: `With \`shared\` or \`rshared\` what is mounted in the container below that directory is mounted on the host too, and in
every container that has it: file systems of the container's choice over directories that others trust.

With \`slave\` or \`rslave\` it goes the other way only: what is mounted on the host later, a plugged-in disk or another
container's volume, shows up in the container. That is low; measuring agents (node-exporter, cadvisor) document it, and
are not reported for it.

Volume plugins and cluster nodes in containers do need shared mounts; say so in an ignore comment. The fix goes back to
the engine's default, \`rprivate\`.`,
  category: "mounts",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["kics:volume_mounted_in_multiple_containers", "docker-bench:5.20", "cis:5.20", "cwe:668"],
  references: [
    {
      title: "Docker: bind propagation",
      url: "https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation",
    },
    composeKey("volumes"),
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  local: true,
  messages: {
    shared: (service: string) => `What ${service} mounts here is mounted on the host too`,
    slave: (service: string) => `What is mounted on the host here later shows up in ${service}`,
  },
  bad: [
    {
      title: "long form",
      source:
        'services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: $DIR/data\n        target: "/data"\n        bind:\n          propagation: «rshared»\n',
      fixed:
        'services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: $DIR/data\n        target: "/data"\n        bind:\n          propagation: rprivate\n',
    },
    {
      title: "short forms",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - /mnt:/mnt:«shared»\n      - \"/srv:/srv:ro,«rslave»\"\n      - '/opt:/opt:«slave»,z'\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - /mnt:/mnt\n      - \"/srv:/srv:ro\"\n      - '/opt:/opt:z'\n",
    },
  ],
  good: [
    {
      title: "private",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - /mnt:/mnt:rprivate\n      - type: bind\n        source: /srv\n        target: /srv\n        bind: { propagation: private }\n",
    },
    {
      title: "a measuring agent",
      source:
        "services:\n  node:\n    image: prom/node-exporter:v1.9.1\n    volumes: ['/:/host:ro,rslave']\n",
    },
    {
      title: "a directory of that name",
      source: "services:\n  web:\n    image: app:1\n    volumes: ['./data:shared', 'shared:/shared']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: mount } of distinct(
      document,
      (one) => one.volumes,
      (one) => one.span,
    ))
      for (const option of optionsOf(document, mount)) {
        const isShared = /^r?shared$/.test(option.name);
        if (!isShared && (!/^r?slave$/.test(option.name) || isMeasuringAgent(service))) continue;
        const edit =
          mount.form === "long"
            ? replaceSpan(option.span, "rprivate")
            : removeOption(document, mount, option);
        report(isShared ? "shared" : "slave", [shorten(service.name, 40)], {
          at: option.span,
          severity: isShared ? "high" : "low",
          fixes: unsafeFix("Keep mounts private", edit),
        });
      }
  },
});
