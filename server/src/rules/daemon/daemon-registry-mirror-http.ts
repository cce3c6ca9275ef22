import { itemsOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { addressOf, isLoopbackHost } from "../shared/daemonAddresses";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-registry-mirror-http",
  language: "daemon",
  title: "Mirrors of Docker Hub are reached over HTTPS",
  why: `The daemon asks a mirror before Docker Hub. Over plain HTTP, whoever sits between answers in its place: a tag then
names an image of theirs, and it runs on this host. Only what is pinned by digest is safe from that.

By hand: write \`https://\`, once the mirror has a certificate.

A mirror on a loopback address is not reported. The rule is wrong where the way to the mirror is protected by other means.
The fix writes \`https://\`; a mirror that speaks no TLS is then left out, and images come from Docker Hub itself.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:2.5", "cwe:319"],
  references: [
    dockerPage("a mirror of Docker Hub", "docker-hub/image-library/mirror/"),
    daemonFile,
    cisDocker,
    cwe(319, "Cleartext transmission of sensitive information"),
  ],
  messages: {
    plain: (mirror: string) => `Whoever sits between this host and ${mirror} decides what images it runs`,
  },
  bad: [
    {
      title: "one of two mirrors",
      source: '{ "registry-mirrors": ["https://a.example.com", «"http://mirror.example.com:5000"»] }\n',
      fixed: '{ "registry-mirrors": ["https://a.example.com", "https://mirror.example.com:5000"] }\n',
    },
    {
      title: "in capitals",
      source: '{\n\t"registry-mirrors": [\n\t\t«"HTTP://10.0.0.2"»\n\t]\n}\n',
      fixed: '{\n\t"registry-mirrors": [\n\t\t"https://10.0.0.2"\n\t]\n}\n',
    },
  ],
  good: [
    { title: "HTTPS", source: '{ "registry-mirrors": ["https://mirror.example.com"] }\n' },
    { title: "on this machine", source: '{ "registry-mirrors": ["http://localhost:5000"] }\n' },
    { title: "none", source: '{ "registry-mirrors": [] }\n' },
  ],
  check(document, { report }) {
    for (const { value } of itemsOf(document.settings.get("registry-mirrors"))) {
      if (value.kind !== "string" || !/^http:\/\//i.test(value.value)) continue;
      const { host } = addressOf(value.value);
      if (host === "" || isLoopbackHost(host)) continue;
      const scheme = { start: value.span.start + 1, end: value.span.start + 1 + "http://".length };
      const isPlain = /^http:\/\/$/i.test(document.text.slice(scheme.start, scheme.end));
      report("plain", [shorten(host)], {
        at: value.span,
        fixes: isPlain ? daemonFix("Ask the mirror over HTTPS", [replaceSpan(scheme, "https://")]) : [],
      });
    }
  },
});
