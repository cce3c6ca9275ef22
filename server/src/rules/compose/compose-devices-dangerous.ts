import { removeItem } from "../../documents/yaml/remove";
import { defineRule } from "../../engine/rule";
import { dangerOfDevice, dangerOfDeviceRule, hostDevices } from "../shared/composeDevices";
import { itemsWith } from "../shared/composeFields";
import { unsafeFix } from "../shared/composeFix";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-devices-dangerous",
  language: "compose",
  title: "No device leads out of the container",
  why: `Who can write \`/dev/sda\` or \`/dev/nvme0n1\` edits the host's files below the file system, whatever their permissions:
that is root on the host. \`/dev/mem\` is the same by way of the memory, and \`/dev\` as a whole is both. A rule such as
\`a *:* rwm\` under \`device_cgroup_rules\` lets the container make these devices itself.

Mount the files instead of the disk, and give single devices (\`/dev/video0\`) instead of all. Tools that measure disks
need to read only: \`/dev/sda:/dev/sda:r\`, which is reported as high, since what they read is still everything.

\`/dev/kvm\`, \`/dev/fuse\` and \`/dev/kmsg\` are what virtual machines, file systems and cluster nodes in containers need:
they are low. The fix removes the entry.`,
  category: "privilege",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.18", "cis:5.18", "cwe:250"],
  references: [
    composeKey("devices"),
    composeKey("device_cgroup_rules"),
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  local: true,
  messages: {
    device: (service: string, means: string) => `Code in ${service} can ${means}`,
  },
  bad: [
    {
      title: "a disk",
      source:
        "services:\n  web:\n    image: app:1\n    devices:\n      - «/dev/sda:/dev/xvda»\n      - /dev/snd\n    restart: always\n",
      fixed: "services:\n  web:\n    image: app:1\n    devices:\n      - /dev/snd\n    restart: always\n",
    },
    {
      title: "a disk to read, memory, and a partition by name",
      source:
        'services:\n  web:\n    image: app:1\n    devices: [«"/dev/nvme0n1p1:/dev/disk:r"», «/dev/mem», «/dev/disk/by-label/data»]\n',
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "long form",
      source:
        "services:\n  web:\n    image: app:1\n    devices:\n      - «source: /dev/mapper/root\n        target: /dev/root\n        permissions: rw»\n",
      fixed: "services:\n  web:\n    image: app:1\n",
    },
    {
      title: "rules for classes of devices",
      source:
        "services:\n  web:\n    image: app:1\n    device_cgroup_rules:\n      - «'a *:* rwm'»\n      - 'c 188:* rw'\n      - «\"b 8:* rmw\"»\n",
      fixed: "services:\n  web:\n    image: app:1\n    device_cgroup_rules:\n      - 'c 188:* rw'\n",
    },
    {
      title: "virtual machines, and all devices",
      source:
        "services:\n  vm:\n    image: qemu:1\n    devices: [«/dev/kvm», /dev/net/tun, «'/dev/:/dev/'»]\n",
      fixed: "services:\n  vm:\n    image: qemu:1\n    devices: [/dev/net/tun]\n",
    },
  ],
  good: [
    {
      title: "single devices",
      source:
        "services:\n  cam:\n    image: app:1\n    devices: [/dev/video0, '/dev/dri:/dev/dri', '/dev/ttyUSB0:/dev/ttyUSB0:rw', nvidia.com/gpu=all]\n",
    },
    {
      title: "a class of serial lines",
      source: "services:\n  home:\n    image: app:1\n    device_cgroup_rules: ['c 166:* rmw']\n",
    },
    {
      title: "a variable",
      source: "services:\n  cam:\n    image: app:1\n    devices: ['${DEVICE}:/dev/sda']\n",
    },
  ],
  check(document, { report }) {
    for (const device of hostDevices(document)) {
      const danger = dangerOfDevice(device);
      if (danger === undefined) continue;
      report("device", [shorten(device.service.name, 32), danger.means], {
        at: device.span,
        severity: danger.severity,
        fixes: unsafeFix(`Remove ${shorten(device.path)}`, removeItem(document, device.node)),
      });
    }
    for (const { service, part: item } of itemsWith(
      document,
      (one) => one.deviceCgroupRules,
      (value) => dangerOfDeviceRule(value) !== undefined,
    )) {
      const danger = dangerOfDeviceRule(item.value ?? "");
      if (danger === undefined) continue;
      report("device", [shorten(service.name, 32), danger.means], {
        at: item.span,
        severity: danger.severity,
        fixes: unsafeFix("Remove the rule", removeItem(document, item.node)),
      });
    }
  },
});
