import { type DaemonDocument, entriesOf, textOf } from "../../documents/daemon/model";
import { defineRule } from "../../engine/rule";
import { overlaps, type Span, spanOf } from "../../text/span";
import { daemonFile, dockerPage } from "../shared/daemonSettings";
import { cwe, owaspSecrets } from "../shared/references";
import { secretName } from "../shared/secrets/names";
import { findTokens } from "../shared/secrets/tokens";
import { findUrlCredentials } from "../shared/secrets/urls";
import { isSecretValue, judgeValue } from "../shared/secrets/values";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "daemon-secret-in-file",
  language: "daemon",
  title: "No token and no password stands in the file",
  why: `\`daemon.json\` is readable by every user of the host, and those that lie in a repository by everybody with a clone.
Tokens of logging services (\`splunk-token\`) and passwords of proxies in \`http-proxy\` and its kin end up there.

Change the secret first: deleting the line does not call it back, since it stays in the history. Then keep it out of the
file: a collector on the host (\`journald\`, \`syslog\`, \`fluentd\`) has the token and the daemon only talks to that; the
address of a proxy that needs a password belongs into the unit of systemd, from a file that only root reads.

Values are judged: placeholders, references and paths are not reported. There is no fix, since where the secret is to
live only you can tell.`,
  category: "secrets",
  severity: "critical",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cwe:798"],
  references: [
    owaspSecrets,
    dockerPage("daemon proxy configuration", "engine/daemon/proxy/"),
    daemonFile,
    cwe(798, "Use of hard-coded credentials"),
  ],
  messages: {
    token: (provider: string) => `A token of ${provider} stands here for everyone who can read the file`,
    url: () => "The password in this address is there for everyone who can read the file",
    option: (name: string) => `The value of ${name} is a secret that everyone who can read the file has`,
  },
  bad: [
    {
      title: "an option of a logging driver",
      source:
        '{\n  "log-driver": "splunk",\n  "log-opts": {\n    "splunk-url": "https://splunk.example.com:8088",\n    "splunk-token": «"Nv8qL2xR7tKe4Wz9"»\n  }\n}\n',
    },
    {
      title: "a proxy's password",
      source: '{ "proxies": { "https-proxy": "http://build:«correct-horse»@proxy.example.com:3128" } }\n',
    },
    {
      title: "a token in a label",
      source: `{ "labels": ["ci=«${["gh", "p_", "R7tKq2LxNv8W", "z4B9mYc3ZkTs6PdFhJ5g", "Ua1E"].join("")}»"] }\n`,
    },
  ],
  good: [
    { title: "a placeholder", source: '{ "log-opts": { "splunk-token": "${SPLUNK_TOKEN}" } }\n' },
    {
      title: "what is about a secret",
      source: '{ "tlskey": "/etc/docker/server-key.pem", "log-opts": { "tag": "{{.ID}}" } }\n',
    },
    {
      title: "a proxy without a password",
      source: '{ "proxies": { "http-proxy": "http://proxy.example.com:3128" } }\n',
    },
  ],
  check(document, { report }) {
    const taken: Span[] = [];
    for (const { provider, span } of findTokens(document.text)) {
      taken.push(span);
      report("token", [provider], { at: span });
    }
    const isTaken = (span: Span): boolean => taken.some((other) => overlaps(other, span));
    for (const { passwordSpan, grade } of findUrlCredentials(document.text)) {
      if (passwordSpan === undefined || !isSecretValue(grade) || isTaken(passwordSpan)) continue;
      taken.push(passwordSpan);
      report("url", [], { at: passwordSpan, severity: grade === "weak-default" ? "medium" : "critical" });
    }
    for (const { name, span, isWeak } of secretOptions(document)) {
      if (!isTaken(span))
        report("option", [shorten(name)], { at: span, severity: isWeak ? "medium" : "critical" });
    }
  },
});

/** The options of logging drivers whose names and values say that they are secret. */
function* secretOptions(document: DaemonDocument) {
  for (const option of entriesOf(document.settings.get("log-opts"))) {
    const value = textOf(option);
    if (option.value === undefined || value === undefined || secretName(option.key)?.strength !== "strong")
      continue;
    const grade = judgeValue(value, option.key);
    if (!isSecretValue(grade)) continue;
    yield {
      name: option.key,
      span: spanOf(option.value.span.start, option.value.span.end),
      isWeak: grade === "weak-default",
    };
  }
}
