import type { Instruction } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { deleteSpan } from "../../text/edit";
import { compareSpans } from "../../text/span";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { findTokens } from "../shared/secrets/tokens";
import { findUrlCredentials } from "../shared/secrets/urls";
import { shorten } from "../shared/shorten";
import { spanIndex } from "../shared/spanIndex";

export default defineRule({
  id: "password-in-url",
  language: "dockerfile",
  reads: holdsUrlCredentials,
  title: "No URL carries a password",
  why: `A password between \`//\` and \`@\` is in the repository and in the image's history, and the program that is
given the URL writes it down again: git into \`.git/config\`, pip and npm into their logs and lock files, proxies into
theirs.

Take the password out and let the program find it elsewhere: a credential helper or \`.netrc\` from
\`RUN --mount=type=secret\` for git, pip and npm; the environment at run time for a database. Then change it: the old
one is out.

Variables (\`https://$USER:$TOKEN@host\`) and placeholders are not reported; a value that everybody knows, such as
\`postgres:postgres\`, is low. The fix deletes user and password from the URL.`,
  category: "secrets",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV_SECRET_4", "kics:passwords_and_secrets", "cis:4.10", "cwe:798", "cwe:522"],
  references: [
    dockerBuildSecrets,
    {
      title: "RFC 3986, section 7.5: sensitive information",
      url: "https://www.rfc-editor.org/rfc/rfc3986#section-7.5",
    },
    cisDocker,
    cwe(522, "Insufficiently protected credentials"),
  ],
  messages: {
    password: (host: string) =>
      `The URL for ${host} holds a password that everyone with the file or the image can read`,
  },
  bad: [
    {
      title: "a package index",
      source:
        "FROM python:3.13\nRUN pip install --index-url https://ci:«kraken-hunts-9»@pypi.example.com/simple app\n",
      fixed: "FROM python:3.13\nRUN pip install --index-url https://pypi.example.com/simple app\n",
    },
    {
      title: "a database and a proxy",
      source:
        "FROM debian:12\nENV DATABASE_URL=postgres://app:«Wz4B9mYc3Zk»@db:5432/app\nRUN http_proxy=http://me:«lobster-pot-3»@proxy:3128 apt-get update\n",
      fixed:
        "FROM debian:12\nENV DATABASE_URL=postgres://db:5432/app\nRUN http_proxy=http://proxy:3128 apt-get update\n",
    },
  ],
  good: [
    {
      title: "variables",
      source: "FROM debian:12\nARG U\nARG P\nRUN git clone https://$U:${P}@example.com/app.git\n",
    },
    {
      title: "a placeholder",
      source: "FROM debian:12\n# git clone https://user:password@example.com/app.git\nRUN true\n",
    },
    { title: "a user only", source: "FROM debian:12\nRUN git clone ssh://git@example.com/app.git\n" },
    {
      title: "a port and a path with an at sign",
      source: "FROM debian:12\nRUN curl -O https://example.com:8443/@scope/app\n",
    },
  ],
  check(document, { report }) {
    const found = findUrlCredentials(document.text);
    if (found.length === 0) return;
    const tokens = spanIndex(
      findTokens(document.text)
        .map(({ span }) => span)
        .sort(compareSpans),
    );
    for (const { host, userSpan, passwordSpan, grade } of found) {
      const severity = severities[grade];
      if (passwordSpan === undefined || severity === undefined) continue;
      if (tokens.overlaps(passwordSpan)) continue;
      const credentials = { start: userSpan.start, end: passwordSpan.end + "@".length };
      report("password", [shorten(host, 32)], {
        at: passwordSpan,
        severity,
        fixes: [
          {
            title: "Delete user and password from the URL",
            safety: "unsafe",
            edits: [deleteSpan(credentials)],
          },
        ],
      });
    }
  },
});

const severities: Readonly<Partial<Record<string, Severity>>> = {
  "weak-default": "low",
  literal: "high",
  random: "critical",
};

function holdsUrlCredentials({ span }: Instruction, text: string): boolean {
  return text.slice(span.start, span.end).includes("://");
}
