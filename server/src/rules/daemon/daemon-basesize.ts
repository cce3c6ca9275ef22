import { removeItem, removeKey } from "../../documents/daemon/edits";
import { itemsOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix } from "../shared/daemonSettings";
import { cisDocker } from "../shared/references";

export default defineRule({
  id: "daemon-basesize",
  language: "daemon",
  title: "The size of a container's disk is left as it is",
  why: `\`dm.basesize\` raises the bound up to which a container may fill the host's disk, and takes away the one that
Docker has set. It belongs to the driver \`devicemapper\`, which Docker Engine 25 no longer has.

By hand: remove the option; give what needs much space a volume of its own.

The fix removes it.`,
  category: "resources",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.11", "cis:2.11"],
  references: [daemonFile, cisDocker],
  messages: { raised: () => "A container may fill more of the host's disk than Docker allows by default" },
  bad: [
    {
      title: "among other options",
      source: '{ "storage-opts": ["dm.fs=xfs", «"dm.basesize=20G"»] }\n',
      fixed: '{ "storage-opts": ["dm.fs=xfs"] }\n',
    },
    {
      title: "the only option",
      source: '{\n  "storage-opts": [«"dm.basesize=20G"»],\n  "icc": false\n}\n',
      fixed: '{\n  "icc": false\n}\n',
    },
  ],
  good: [{ title: "another option", source: '{ "storage-opts": ["overlay2.size=10G"] }\n' }],
  check(document, { report }) {
    const setting = document.settings.get("storage-opts");
    const list = setting?.value;
    if (list?.kind !== "array") return;
    for (const item of itemsOf(setting)) {
      if (item.value.kind !== "string" || !item.value.value.startsWith("dm.basesize=")) continue;
      const edits =
        list.items.length > 1 ? removeItem(document, list, item) : removeKey(document, "storage-opts");
      report("raised", [], { at: item.span, fixes: daemonFix("Leave the size as it is", edits) });
    }
  },
});
