import { removeKey } from "../../documents/daemon/edits";
import { textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-seccomp-profile",
  language: "daemon",
  title: "Containers run under a seccomp profile",
  why: `Docker's own seccomp profile keeps containers from some fifty calls of the kernel that few programs need, and through
which they have broken out before. \`"seccomp-profile": "unconfined"\` opens all of them to every container of the host.

By hand: remove the key. A single container that needs more says \`--security-opt seccomp=profile.json\`.

The path of a profile of your own is not reported: what is in it stands elsewhere. The fix removes the key; programs that
need a call which the profile forbids (some debuggers, some sandboxes) then fail.`,
  category: "privilege",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.17", "cis:2.17", "cwe:269"],
  references: [
    dockerPage("seccomp security profiles", "engine/security/seccomp/"),
    daemonFile,
    cisDocker,
    cwe(269, "Improper privilege management"),
  ],
  messages: { unconfined: () => "Every call of the kernel is open to every container of this host" },
  bad: [
    {
      title: "switched off",
      source: '{\n  «"seccomp-profile": "unconfined"»,\n  "icc": false\n}\n',
      fixed: '{\n  "icc": false\n}\n',
    },
    {
      title: "switched off, on one line",
      source: '{ "icc": false, «"seccomp-profile": "unconfined"» }\n',
      fixed: '{ "icc": false }\n',
    },
  ],
  good: [
    { title: "a profile of your own", source: '{ "seccomp-profile": "/etc/docker/seccomp.json" }\n' },
    { title: "Docker's own", source: '{ "seccomp-profile": "builtin" }\n' },
    { title: "the default", source: "{}\n" },
  ],
  check(document, { report }) {
    const setting = document.settings.get("seccomp-profile");
    if (setting === undefined || textOf(setting) !== "unconfined") return;
    const fixes = daemonFix("Use Docker's own profile", removeKey(document, setting.key));
    report("unconfined", [], { at: setting.span, fixes });
  },
});
