import { defineRule } from "../../engine/rule";
import { daemonFile, dockerPage, isEmpty, placeOfMissing } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-authorization-plugins",
  language: "daemon",
  title: "What a client may ask of the daemon is decided for each client",
  why: `Without a plug-in that decides, whoever may talk to the daemon may do everything, which includes becoming root of the
host. A plug-in sees each request with the name in the client's certificate, and allows or refuses it.

By hand: install one (Open Policy Agent has one), and name it in \`authorization-plugins\`. The daemon does not start where
the plug-in is missing, so there is no fix to offer.

The rule is wrong where only root, and people who are root anyway, reach the daemon: then there is nothing to decide.`,
  category: "privilege",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.12", "cis:2.12", "cwe:862"],
  references: [
    dockerPage("access authorization plugin", "engine/extend/plugins_authorization/"),
    daemonFile,
    cisDocker,
    cwe(862, "Missing authorization"),
  ],
  messages: { missing: () => "Whoever may talk to the daemon may do everything: no plug-in decides" },
  bad: [
    { title: "missing", source: '«{»\n  "icc": false\n}\n' },
    { title: "an empty list", source: '{ «"authorization-plugins": []» }\n' },
  ],
  good: [
    { title: "a plug-in", source: '{ "authorization-plugins": ["opa-docker-authz"] }\n' },
    { title: "half written", source: '{ "authorization-plugins": [' },
  ],
  check(document, { report }) {
    const setting = document.settings.get("authorization-plugins");
    const isGone = setting !== undefined && isEmpty(setting) && document.isWhole;
    const at = setting === undefined ? placeOfMissing(document) : isGone ? setting.span : undefined;
    if (at !== undefined) report("missing", [], { at });
  },
});
