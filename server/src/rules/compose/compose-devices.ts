import { defineRule } from "../../engine/rule";
import { dangerOfDevice, hostDevices } from "../shared/composeDevices";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-devices",
  language: "compose",
  title: "Services have no devices of the host",
  why: `Each device of the host in a container is a way into the kernel beside the system calls, which are filtered: a
driver that takes what the container writes. It also is what the device is: a camera, a microphone, a serial line with
a machine at its other end. All permissions are given by default: to read, to write and to make the device anew.

Where a service needs one, name that one and no directory of them, and write what it does with it:
\`/dev/ttyUSB0:/dev/ttyUSB0:rw\`. So the rule is for those who review every device. Disks, memory and the like are
reported by \`compose-devices-dangerous\`. There is no fix, since the service exists for its device.`,
  category: "privilege",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.18", "cis:5.18", "cwe:250"],
  references: [composeKey("devices"), cisDocker, cwe(250, "Execution with unnecessary privileges")],
  local: true,
  messages: {
    device: (service: string, path: string) =>
      `${service} talks to a driver of the host's kernel through ${path}`,
  },
  bad: [
    {
      title: "a serial line and graphics",
      source:
        "services:\n  home:\n    image: app:1\n    devices:\n      - «/dev/ttyUSB0:/dev/ttyUSB0»\n      - «'/dev/dri'»\n",
    },
    {
      title: "long form, from an anchor, once",
      source:
        "x-d: &d\n  - «source: /dev/video0\n    target: /dev/video0»\nservices:\n  a:\n    image: app:1\n    devices: *d\n  b:\n    image: app:2\n    devices: *d\n",
    },
  ],
  good: [
    {
      title: "a disk, which is said elsewhere",
      source: "services:\n  web:\n    image: app:1\n    devices: [/dev/sda]\n",
    },
    {
      title: "devices that every container has",
      source: "services:\n  web:\n    image: app:1\n    devices: ['/dev/null', '/dev/urandom:/dev/random']\n",
    },
    {
      title: "a graphics card by name",
      source: "services:\n  web:\n    image: app:1\n    devices: [nvidia.com/gpu=all]\n",
    },
  ],
  check(document, { report }) {
    for (const device of hostDevices(document)) {
      if (dangerOfDevice(device) !== undefined || /^\/dev\/(?:null|zero|full|u?random)$/.test(device.path))
        continue;
      report("device", [shorten(device.service.name, 32), shorten(device.path, 32)], { at: device.span });
    }
  },
});
