import { setKeys } from "../../documents/daemon/edits";
import { defineRule } from "../../engine/rule";
import { daemonFile, daemonFix, dockerPage, isEmpty, placeOfMissing } from "../shared/daemonSettings";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

export default defineRule({
  id: "daemon-userns-remap-missing",
  language: "daemon",
  title: "Root in a container is nobody on the host",
  why: `Without \`userns-remap\`, user 0 in a container is user 0 of the host: who breaks out of it, or writes to a mounted
folder, does so as root. With it the kernel maps the users of containers to a range that owns nothing on the host.

By hand: \`"userns-remap": "default"\`, on a host that has no containers to keep: images and volumes made before are in
another folder and are not seen any more.

The rule is wrong for a rootless daemon, which runs in a user namespace already, and for Docker Desktop, whose containers
run in a virtual machine. Containers that are privileged or share the host's namespaces must then say \`--userns=host\`. The
fix sets \`default\`; it takes effect when the daemon starts anew.`,
  category: "privilege",
  severity: "medium",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.9", "owasp:RULE#2", "cis:2.9", "cwe:250"],
  references: [
    dockerPage("isolate containers with a user namespace", "engine/security/userns-remap/"),
    daemonFile,
    owaspDocker,
    cisDocker,
    cwe(250, "Execution with unnecessary privileges"),
  ],
  messages: {
    missing: () => "Without userns-remap, root in a container is root of the host once it breaks out",
  },
  bad: [
    {
      title: "missing",
      source: '«{»\n  "debug": false\n}\n',
      fixed: '{\n  "debug": false,\n  "userns-remap": "default"\n}\n',
    },
    {
      title: "empty",
      source: '{ «"userns-remap": ""» }\n',
      fixed: '{ "userns-remap": "default" }\n',
    },
  ],
  good: [
    { title: "a user of its own", source: '{ "userns-remap": "dockremap" }\n' },
    { title: "a file that is half written", source: '{ "debug": false, ' },
  ],
  check(document, { report }) {
    const setting = document.settings.get("userns-remap");
    const at = setting === undefined ? placeOfMissing(document) : isEmpty(setting) ? setting.span : undefined;
    if (at === undefined) return;
    const edits = setKeys(document, { "userns-remap": '"default"' });
    report("missing", [], {
      at,
      fixes: daemonFix("Map the users of containers to others of the host", edits),
    });
  },
});
