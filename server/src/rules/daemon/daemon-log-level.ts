import { removeKey } from "../../documents/daemon/edits";
import { isSetTo, textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker, cwe, owaspDocker } from "../shared/references";

export default defineRule({
  id: "daemon-log-level",
  language: "daemon",
  title: "The daemon logs at level info",
  why: `At \`info\` the daemon's log tells who did what. Above it (\`warn\`, \`error\`, \`fatal\`) that trace is missing when an
attack is looked into; at \`debug\` requests are logged with their contents, which may hold what nobody else should read,
and fill the disk.

By hand: \`"log-level": "info"\`, or nothing, and no \`"debug": true\`.

The rule is wrong while somebody looks for a fault. The fix writes \`info\`, or takes \`debug\` away.`,
  category: "configuration",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.3", "owasp:RULE#10", "cis:2.3", "cwe:778"],
  references: [
    dockerPage("read the daemon logs", "engine/daemon/logs/"),
    daemonFile,
    owaspDocker,
    cisDocker,
    cwe(778, "Insufficient logging"),
  ],
  messages: {
    quiet: () => "The daemon does not log who did what, so that an attack leaves no trace",
    debug: () => "The daemon logs the contents of requests, which may hold what nobody else should read",
  },
  bad: [
    { title: "too little", source: '{ «"log-level": "error"» }\n', fixed: '{ "log-level": "info" }\n' },
    { title: "too much", source: '{ «"log-level": "debug"» }\n', fixed: '{ "log-level": "info" }\n' },
    {
      title: "debug mode",
      source: '{\n  «"debug": true»,\n  "icc": false\n}\n',
      fixed: '{\n  "icc": false\n}\n',
    },
  ],
  good: [
    { title: "info", source: '{ "log-level": "info", "debug": false }\n' },
    { title: "the default", source: "{}\n" },
    { title: "a placeholder", source: '{ "log-level": "${LEVEL}" }\n' },
  ],
  check(document, { report }) {
    const level = document.settings.get("log-level");
    const word = textOf(level);
    if (level?.value !== undefined && word !== undefined && levels.has(word) && word !== "info") {
      const fixes = daemonFix("Log at level info", [replaceSpan(level.value.span, '"info"')]);
      report(word === "debug" ? "debug" : "quiet", [], { at: level.span, fixes });
    }
    const debug = document.settings.get("debug");
    if (debug !== undefined && isSetTo(debug, true))
      report("debug", [], {
        at: debug.span,
        fixes: daemonFix("Leave debug mode", removeKey(document, "debug")),
      });
  },
});

const levels: ReadonlySet<string> = new Set(["debug", "info", "warn", "error", "fatal"]);
