import { removeKey } from "../../documents/daemon/edits";
import { isSetTo } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix } from "../shared/daemonSettings";
import { cisDocker } from "../shared/references";

export default defineRule({
  id: "daemon-experimental",
  language: "daemon",
  title: "The daemon runs no experimental features",
  why: `Experimental features have not been reviewed as the others have, may change or go with any version, and are no
part of what Docker promises to keep secure. Much that once needed the key, such as metrics,
works without it today.

By hand: remove the key, unless you need what it switches on.

The rule is wrong on a machine for trying things out. The fix removes the key; what depends on it then fails.`,
  category: "hygiene",
  severity: "low",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.18", "cis:2.18"],
  references: [daemonFile, cisDocker],
  messages: { experimental: () => "Features that have not been reviewed for security are switched on" },
  bad: [
    {
      title: "switched on",
      source: '{\n  "metrics-addr" : "127.0.0.1:9323",\n  «"experimental" : true»\n}\n',
      fixed: '{\n  "metrics-addr" : "127.0.0.1:9323"\n}\n',
    },
  ],
  good: [
    { title: "switched off", source: '{ "experimental": false }\n' },
    { title: "missing", source: "{}\n" },
  ],
  check(document, { report }) {
    const setting = document.settings.get("experimental");
    if (setting === undefined || !isSetTo(setting, true)) return;
    const fixes = daemonFix("Switch them off", removeKey(document, setting.key));
    report("experimental", [], { at: setting.span, fixes });
  },
});
