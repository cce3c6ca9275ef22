import { removeKey } from "../../documents/daemon/edits";
import { isSetTo } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cwe } from "../shared/references";

export default defineRule({
  id: "daemon-legacy-registry",
  language: "daemon",
  title: "The daemon talks to no registries of the first protocol",
  why: `\`"disable-legacy-registry": false\` lets the daemon pull by version 1 of the registry's protocol, which names images
by random ids that nobody can check: what comes over the wire is taken as it is. Docker has not had it since version 17.12,
so a daemon that starts with the key is older than that.

By hand: remove the key, and update the daemon.

The fix removes the key; a registry that speaks only the old protocol can then no longer be reached.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["docker-bench:C.2", "cwe:1104"],
  references: [
    dockerPage("deprecated features", "engine/deprecated/"),
    daemonFile,
    cwe(1104, "Use of unmaintained third party components"),
  ],
  messages: {
    legacy: () => "Images are taken by a protocol that cannot tell whether they were changed on the way",
  },
  bad: [
    {
      title: "allowed",
      source: '{ "icc": false, «"disable-legacy-registry": false» }\n',
      fixed: '{ "icc": false }\n',
    },
  ],
  good: [
    { title: "not allowed", source: '{ "disable-legacy-registry": true }\n' },
    { title: "missing", source: "{}\n" },
  ],
  check(document, { report }) {
    const setting = document.settings.get("disable-legacy-registry");
    if (setting === undefined || !isSetTo(setting, false)) return;
    const fixes = daemonFix("Talk to registries of today only", removeKey(document, setting.key));
    report("legacy", [], { at: setting.span, fixes, tag: "deprecated" });
  },
});
