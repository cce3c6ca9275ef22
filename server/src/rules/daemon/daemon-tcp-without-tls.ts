import { removeItem, setKeys } from "../../documents/daemon/edits";
import { type DaemonDocument, isSetTo, itemsOf, type JsonArray } from "../../documents/daemon/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { addressOf, isLoopbackHost } from "../shared/daemonAddresses";
import { daemonFile, daemonFix, dockerPage } from "../shared/daemonSettings";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-tcp-without-tls",
  language: "daemon",
  title: "Whoever reaches the daemon over TCP has to show a certificate",
  why: `Docker's API knows no passwords. Whoever can connect to a \`tcp://\` address without TLS starts a container that
mounts the host's disk, and owns the machine. Such ports are found within hours by those who scan for them. With
\`"tls": true\` alone the traffic is encrypted, and still everybody may connect.

On a loopback address it is every user and every program of the machine, containers on its network included: high instead
of critical.

By hand: listen on the socket only, and reach it from afar with \`docker -H ssh://host\`. Where TCP is needed, make a
certificate authority as Docker's page tells, and set \`tlsverify\`, \`tlscacert\`, \`tlscert\` and \`tlskey\`.

The rule is wrong where the daemon gets \`--tlsverify\` on its command line. The first fix takes the address away, so that
clients on other machines no longer get through. The second asks for certificates at the usual paths: without the files
the daemon does not start.`,
  category: "network",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.7", "owasp:RULE#1", "cis:2.7", "cwe:306", "cwe:319"],
  references: [
    dockerPage("protect the daemon socket", "engine/security/protect-access/"),
    daemonFile,
    owaspDocker,
    cisDocker,
    cwe(306, "Missing authentication for critical function"),
  ],
  messages: {
    open: (address: string) => `Whoever reaches ${address} owns this machine: it asks for no certificate`,
    local: (address: string) =>
      `Every program of this machine can become root by ${address}: it asks for no certificate`,
    unverified: (address: string) =>
      `${address} encrypts, yet takes any client: whoever reaches it owns this machine`,
  },
  bad: [
    {
      title: "every address, beside the socket",
      source: '{\n  "hosts": [\n    "unix:///var/run/docker.sock",\n    «"tcp://0.0.0.0:2375"»\n  ]\n}\n',
      fixed: '{\n  "hosts": [\n    "unix:///var/run/docker.sock"\n  ]\n}\n',
    },
    {
      title: "the only address",
      source: '{"hosts": [«"tcp://10.0.0.5:2375"»], "debug": false}\n',
      fixed: '{"hosts": ["unix:///var/run/docker.sock"], "debug": false}\n',
    },
    {
      title: "switched off in words",
      source: '{\n  "tlsverify": false,\n  "hosts": ["fd://", «"tcp://[::]:2375"», «"0.0.0.0:2376"»]\n}\n',
      fixed: '{\n  "tlsverify": false,\n  "hosts": ["fd://"]\n}\n',
    },
    {
      title: "encrypted, but open to all",
      source: '{\n  "hosts": [«"tcp://0.0.0.0:2376"»],\n  "tls": true,\n  "tlscert": "/certs/cert.pem"\n}\n',
      fixed:
        '{\n  "hosts": ["unix:///var/run/docker.sock"],\n  "tls": true,\n  "tlscert": "/certs/cert.pem"\n}\n',
    },
    {
      title: "for the machine itself",
      source: '{ "hosts": ["npipe://", «"tcp://127.0.0.1:2375"»] }\n',
      fixed: '{ "hosts": ["npipe://"] }\n',
    },
  ],
  good: [
    { title: "the socket alone", source: '{ "hosts": ["unix:///var/run/docker.sock", "fd://"] }\n' },
    {
      title: "clients show a certificate",
      source:
        '{\n  "hosts": ["tcp://0.0.0.0:2376"],\n  "tlsverify": true,\n  "tlscacert": "/certs/ca.pem",\n  "tlscert": "/certs/cert.pem",\n  "tlskey": "/certs/key.pem"\n}\n',
    },
    {
      title: "a template's placeholder",
      source: '{ "hosts": ["tcp://0.0.0.0:2376"], "tlsverify": ${TLS} }\n',
    },
    { title: "no hosts", source: "{}\n" },
    { title: "an address that is not written yet", source: '{ "hosts": [""] }\n' },
  ],
  check(document, { report }) {
    const { settings } = document;
    const verify = settings.get("tlsverify");
    const hosts = settings.get("hosts");
    if (hosts?.value?.kind !== "array" || (verify !== undefined && !isSetTo(verify, false))) return;
    for (const item of itemsOf(hosts)) {
      if (item.value.kind !== "string" || !isTcp(item.value.value)) continue;
      const text = item.value.value;
      const { host } = addressOf(text);
      // An address without a host is the loopback address to the daemon.
      const isLocal = host === "" || isLoopbackHost(host);
      const isEncrypted = isSetTo(settings.get("tls"), true);
      report(isLocal ? "local" : isEncrypted ? "unverified" : "open", [shorten(text, 36)], {
        at: item.span,
        severity: isLocal || isEncrypted ? "high" : "critical",
        fixes: [...withoutAddress(document, hosts.value, item), ...withCertificates(document)],
      });
    }
  },
});

/** `tcp://…`, or a host and port alone, which the daemon takes for the same. */
function isTcp(text: string): boolean {
  return /^tcp:\/\//i.test(text) || /^[^/:]{0,253}:\d{1,5}$/.test(text);
}

function withoutAddress(
  document: DaemonDocument,
  list: JsonArray,
  item: JsonArray["items"][number],
): readonly Fix[] {
  const edits =
    list.items.length > 1
      ? removeItem(document, list, item)
      : [replaceSpan(item.span, '"unix:///var/run/docker.sock"')];
  return daemonFix("Listen on the socket only", edits);
}

function withCertificates(document: DaemonDocument): readonly Fix[] {
  const files = { tlscacert: "ca.pem", tlscert: "server-cert.pem", tlskey: "server-key.pem" };
  const missing = Object.entries(files).filter(([key]) => !document.settings.has(key));
  const paths = Object.fromEntries(missing.map(([key, name]) => [key, `"/etc/docker/${name}"`]));
  return daemonFix("Ask clients for a certificate", setKeys(document, { tlsverify: "true", ...paths }));
}
