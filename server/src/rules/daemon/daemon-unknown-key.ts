import { daemonKeys, formerDaemonKeys } from "../../documents/daemon/keys";
import { nearestName } from "../../engine/nearestName";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-unknown-key",
  language: "daemon",
  title: "Every key is one that the daemon knows",
  why: `The daemon does not start with a key that it does not know, be it misspelt or taken out since: after the next
restart, which may be that of an update at night, nothing runs on the host. \`default-ulimit\` for \`default-ulimits\` is
the classic: the command line's name has no \`s\`.

By hand: correct the key, or remove it. \`dockerd --validate\` tells before a restart whether a file will do.

The list of keys is that of Docker Engine 29, with those that earlier versions took; the rule is wrong about keys that are
newer. What stands inside \`features\` and \`builder\` is not looked at. The fix writes the nearest key that exists.`,
  category: "configuration",
  severity: "medium",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: [],
  references: [daemonFile, dockerPage("deprecated features", "engine/deprecated/")],
  messages: {
    unknown: (key: string) => `The daemon does not start with this file: it knows no key ${key}`,
    near: (key: string, near: string) =>
      `The daemon does not start with this file: it knows no key ${key}, perhaps ${near} is meant`,
    former: (key: string) => `A daemon of today does not start with this file: it no longer knows ${key}`,
  },
  bad: [
    {
      title: "the name from the command line",
      source: '{ «"default-ulimit"»: { "nofile": { "Name": "nofile", "Soft": 1, "Hard": 1 } } }\n',
      fixed: '{ "default-ulimits": { "nofile": { "Name": "nofile", "Soft": 1, "Hard": 1 } } }\n',
    },
    {
      title: "misspelt, in capitals, and unlike any",
      source: '{\n  «"live_restore"»: true,\n  «"Debug"»: true,\n  «"something-else"»: 1\n}\n',
      fixed: '{\n  "live-restore": true,\n  "debug": true,\n  "something-else": 1\n}\n',
    },
    { title: "taken out since", source: '{ «"graph"»: "/data/docker" }\n' },
  ],
  good: [
    {
      title: "keys of today",
      source: '{ "data-root": "/data", "features": { "containerd-snapshotter": true } }\n',
    },
    { title: "a key that is being written", source: '{ "live-res' },
    { title: "a key without a value yet", source: '{ "live-res" }\n' },
  ],
  check(document, { report }) {
    for (const { key, keySpan, value } of document.settings.values()) {
      if (value === undefined || daemonKeys.has(key)) continue;
      if (formerDaemonKeys.has(key)) {
        report("former", [key], { at: keySpan, tag: "deprecated" });
        continue;
      }
      const near = nearestName(key.toLowerCase(), [...daemonKeys]);
      if (near === undefined || document.settings.has(near))
        report("unknown", [shorten(key, 40)], { at: keySpan });
      else {
        const fixes = daemonFix(`Write ${near}`, [replaceSpan(keySpan, JSON.stringify(near))]);
        report("near", [shorten(key, 24), near], { at: keySpan, fixes });
      }
    }
  },
});
