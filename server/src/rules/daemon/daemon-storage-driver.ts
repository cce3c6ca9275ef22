import { textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

/** By driver: the version of Docker Engine that took it out (https://docs.docker.com/engine/deprecated/). */
const removedIn: ReadonlyMap<string, string> = new Map([
  ["aufs", "24.0"],
  ["overlay", "24.0"],
  ["devicemapper", "25.0"],
]);

export default defineRule({
  id: "daemon-storage-driver",
  language: "daemon",
  title: "The storage driver is one that is maintained",
  why: `\`aufs\`, \`overlay\` and \`devicemapper\` are gone: Docker Engine 24 and 25 took them out. A daemon of today does not
start with them, so a host that runs one has had no security updates since; \`aufs\` never was in the kernel itself and
is known to crash it.

By hand: \`"storage-driver": "overlay2"\`, or no such key at all. Save what you need first (\`docker save\`, volumes):
images and containers of another driver are not seen any more.

The fix writes \`overlay2\`.`,
  category: "hygiene",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.6", "cis:2.6", "cwe:1104"],
  references: [
    dockerPage("select a storage driver", "engine/storage/drivers/select-storage-driver/"),
    dockerPage("deprecated features", "engine/deprecated/"),
    daemonFile,
    cisDocker,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  messages: {
    removed: (driver: string, version: string) =>
      `Docker Engine ${version} took ${driver} out, so that a host which uses it gets no security updates`,
  },
  bad: [
    {
      title: "aufs",
      source: '{ «"storage-driver": "aufs"» }\n',
      fixed: '{ "storage-driver": "overlay2" }\n',
    },
    {
      title: "devicemapper",
      source: '{\n  «"storage-driver": "devicemapper"»,\n  "icc": false\n}\n',
      fixed: '{\n  "storage-driver": "overlay2",\n  "icc": false\n}\n',
    },
  ],
  good: [
    { title: "overlay2", source: '{ "storage-driver": "overlay2" }\n' },
    { title: "another that is maintained", source: '{ "storage-driver": "btrfs" }\n' },
    { title: "the default", source: "{}\n" },
  ],
  check(document, { report }) {
    const setting = document.settings.get("storage-driver");
    const driver = textOf(setting);
    const version = driver === undefined ? undefined : removedIn.get(driver);
    if (setting?.value === undefined || driver === undefined || version === undefined) return;
    const fixes = daemonFix("Use overlay2", [replaceSpan(setting.value.span, '"overlay2"')]);
    report("removed", [shorten(driver), version], { at: setting.span, fixes });
  },
});
