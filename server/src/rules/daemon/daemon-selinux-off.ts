import { setKeys } from "../../documents/daemon/edits";
import { isSetTo } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-selinux-off",
  language: "daemon",
  title: "Containers are labelled for SELinux",
  why: `On a host with SELinux (Fedora, Red Hat and their kin) \`"selinux-enabled": true\` gives each container a label of its
own, and the kernel lets it touch nothing that has another: who breaks out of one still reads none of the host's files.
\`false\`, written out, says that this was given up.

By hand: \`true\`, and \`:z\` or \`:Z\` behind the volumes that containers need.

The rule is wrong on a host without SELinux (Debian and Ubuntu have AppArmor in its place); a file that does not have the
key is not reported, since it may be one of those. The fix writes \`true\`: volumes without a label are then refused.`,
  category: "privilege",
  severity: "info",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.3", "cis:5.3", "cwe:284"],
  references: [daemonFile, cisDocker, cwe(284, "Improper access control")],
  messages: {
    off: () => "SELinux does not keep containers from the files of the host, or from each other's",
  },
  bad: [
    {
      title: "switched off",
      source: '{ «"selinux-enabled": false» }\n',
      fixed: '{ "selinux-enabled": true }\n',
    },
  ],
  good: [
    { title: "switched on", source: '{ "selinux-enabled": true }\n' },
    { title: "nothing said", source: "{}\n" },
  ],
  check(document, { report }) {
    const setting = document.settings.get("selinux-enabled");
    if (setting === undefined || !isSetTo(setting, false)) return;
    const fixes = daemonFix("Label containers", setKeys(document, { "selinux-enabled": "true" }));
    report("off", [], { at: setting.span, fixes });
  },
});
