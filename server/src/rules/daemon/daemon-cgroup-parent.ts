import { removeKey } from "../../documents/daemon/edits";
import { textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-cgroup-parent",
  language: "daemon",
  title: "Containers stay in the control group that Docker makes for them",
  why: `Limits of memory and processor that the host sets for Docker's own control group do not hold for containers that are
put into another one by \`cgroup-parent\`.

By hand: remove the key.

The rule is wrong where the other group is there on purpose, with limits of its own (nodes of Kubernetes, hosts that are
shared): then it is what limits the containers. The fix removes the key.`,
  category: "resources",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.10", "cis:2.10"],
  references: [
    dockerPage("dockerd, default cgroup parent", "reference/cli/dockerd/#default-cgroup-parent"),
    daemonFile,
    cisDocker,
  ],
  messages: {
    moved: (group: string) =>
      `Containers run in the control group ${group}, whose limits nobody may have set`,
  },
  bad: [
    {
      title: "another group",
      source: '{\n  «"cgroup-parent": "/workload"»,\n  "icc": false\n}\n',
      fixed: '{\n  "icc": false\n}\n',
    },
  ],
  good: [
    { title: "Docker's own", source: '{ "cgroup-parent": "docker" }\n' },
    { title: "the default under systemd", source: '{ "cgroup-parent": "system.slice" }\n' },
    { title: "empty", source: '{ "cgroup-parent": "" }\n' },
    { title: "missing", source: "{}\n" },
  ],
  check(document, { report }) {
    const setting = document.settings.get("cgroup-parent");
    const group = textOf(setting);
    if (setting === undefined || group === undefined || defaults.has(group)) return;
    const fixes = daemonFix("Stay in the group of Docker", removeKey(document, setting.key));
    report("moved", [shorten(group, 40)], { at: setting.span, fixes });
  },
});

const defaults: ReadonlySet<string> = new Set(["", "docker", "/docker", "system.slice"]);
