import { addEntries, setKeys } from "../../documents/daemon/edits";
import { type DaemonDocument, entriesOf, textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { replaceSpan, type TextEdit } from "../../text/edit";
import { daemonFile, daemonFix, dockerPage, placeOfMissing } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "daemon-log-driver",
  language: "daemon",
  title: "What containers log is kept, and cannot fill the disk",
  why: `The driver \`none\` throws away what containers log, so that nothing is left to look at after an attack. The default,
\`json-file\`, keeps everything for ever: a container that somebody makes chatty fills the host's disk, and all others stop.

By hand: \`"log-driver": "local"\`, which rotates by itself, or \`"log-opts": { "max-size": "10m", "max-file": "3" }\` for
\`json-file\`. The benchmark wants logs sent to another machine (\`syslog\`, \`journald\` with a collector, \`fluentd\`, a
cloud's driver), so that an attacker on this one cannot delete them: which one, only you can tell.

The rule is wrong where every container is started with its own options. The fixes write those above; containers that
exist keep what they had.`,
  category: "resources",
  severity: "low",
  profiles: ["strict", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.13", "cis:2.13", "cwe:778"],
  references: [
    dockerPage("configure logging drivers", "engine/logging/configure/"),
    dockerPage("JSON file logging driver", "engine/logging/drivers/json-file/"),
    daemonFile,
    cisDocker,
    cwe(778, "Insufficient logging"),
  ],
  messages: {
    none: () => "What containers log is thrown away, so that an attack leaves no trace",
    unbounded: () =>
      "What containers log is kept without an end, so that one of them can fill the disk of the host",
  },
  bad: [
    {
      title: "nothing said",
      source: '«{»\n\t"icc": false\n}\n',
      fixed: '{\n\t"icc": false,\n\t"log-opts": { "max-size": "10m", "max-file": "3" }\n}\n',
    },
    {
      title: "options without a size",
      source: '{\n  «"log-driver": "json-file"»,\n  "log-opts": {\n    "max-file": "5"\n  }\n}\n',
      fixed:
        '{\n  "log-driver": "json-file",\n  "log-opts": {\n    "max-file": "5",\n    "max-size": "10m"\n  }\n}\n',
    },
    {
      title: "no bound in words",
      source: '{ «"log-driver": "json-file"», "log-opts": { "max-size": "-1" } }\n',
      fixed: '{ "log-driver": "json-file", "log-opts": { "max-size": "10m" } }\n',
    },
    { title: "thrown away", source: '{ «"log-driver": "none"» }\n', fixed: '{ "log-driver": "local" }\n' },
  ],
  good: [
    { title: "rotated", source: '{ "log-driver": "json-file", "log-opts": { "max-size": "50m" } }\n' },
    { title: "rotated, the driver being the default", source: '{ "log-opts": { "max-size": "50m" } }\n' },
    { title: "a driver that rotates", source: '{ "log-driver": "local" }\n' },
    { title: "sent away", source: '{ "log-driver": "syslog" }\n' },
    { title: "half written", source: '{ "log-driver": ' },
  ],
  check(document, { report }) {
    const driver = document.settings.get("log-driver");
    const name = textOf(driver);
    if (driver !== undefined && name === "none") {
      const fixes = daemonFix("Keep logs, and rotate them", setKeys(document, { "log-driver": '"local"' }));
      return report("none", [], { at: driver.span, fixes });
    }
    if (driver !== undefined && name !== "json-file") return;
    const size = entriesOf(document.settings.get("log-opts")).find(({ key }) => key === "max-size");
    if (size !== undefined && textOf(size) !== "-1") return;
    const at = driver?.span ?? placeOfMissing(document);
    if (at !== undefined)
      report("unbounded", [], { at, fixes: daemonFix("Rotate logs at 10 MB", bound(document)) });
  },
});

function bound(document: DaemonDocument): readonly TextEdit[] {
  const options = document.settings.get("log-opts")?.value;
  if (options?.kind !== "object")
    return setKeys(document, { "log-opts": '{ "max-size": "10m", "max-file": "3" }' });
  const size = options.entries.find(({ key }) => key === "max-size");
  if (size !== undefined) return size.value === undefined ? [] : [replaceSpan(size.value.span, '"10m"')];
  const file = options.entries.some(({ key }) => key === "max-file") ? [] : ['"max-file": "3"'];
  return addEntries(document, options, ['"max-size": "10m"', ...file]);
}
