import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { changed, fillIn } from "../shared/fillIn";
import { lineAround } from "../shared/lineAround";
import { textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "apt-source-trusted-yes",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN", "COPY"],
    words: [
      "trusted=yes",
      "trusted:",
      "allow-insecure=yes",
      "allowinsecurerepositories",
      "allowunauthenticated",
      "allowweakrepositories",
    ],
  },
  title: "No package source is trusted without a signature",
  why: `\`[trusted=yes]\` in a source makes apt install whatever it serves, signed or not; \`[allow-insecure=yes]\`,
\`Acquire::AllowInsecureRepositories\` and \`APT::Get::AllowUnauthenticated\` do the same for what has no signature.
Sources are mostly plain HTTP and rely on nothing else: anyone on the way puts their own files and install scripts into
the image, as root. The line stays in the image and holds in all that are built from it.

Put the publisher's key into \`/usr/share/keyrings/\` and write \`[signed-by=/usr/share/keyrings/name.gpg]\`. For an
archived release whose signature has merely expired, \`[check-valid-until=no]\` is enough.

A source on the machine's own disk (\`file:\`, \`copy:\`) is reported as low: nobody stands between. There is no
automatic fix, since the key has to come from you.

The fix names a key of the source, with a place for its file, and sets an option of apt back.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:347"],
  references: [
    {
      title: "Debian: sources.list",
      url: "https://manpages.debian.org/stable/apt/sources.list.5.en.html",
    },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    source: () => "apt takes unsigned packages from this source, so anyone on the way can replace them",
    local: () =>
      "apt takes unsigned packages from this folder, so whoever writes to it decides what is installed",
    setting: () => "apt takes unsigned packages with this setting, so anyone on the way can replace them",
  },
  bad: [
    {
      title: "sources that are written by a command",
      source:
        "FROM debian:12\nRUN echo \"deb [«trusted=yes»] http://example.com/debian stable main\" >> /etc/apt/sources.list \\\n && add-apt-repository 'deb [arch=amd64 «allow-insecure=yes»] http://example.com/b stable main'\n",
      fixed:
        "FROM debian:12\nRUN echo \"deb [signed-by=/usr/share/keyrings/KEYRING.gpg] http://example.com/debian stable main\" >> /etc/apt/sources.list \\\n && add-apt-repository 'deb [arch=amd64 signed-by=/usr/share/keyrings/KEYRING.gpg] http://example.com/b stable main'\n",
    },
    {
      title: "in the newer format",
      source:
        "FROM debian:12\nCOPY <<EOF /etc/apt/sources.list.d/a.sources\nTypes: deb\nURIs: http://example.com/debian\n«Trusted: yes»\nEOF\n",
      fixed:
        "FROM debian:12\nCOPY <<EOF /etc/apt/sources.list.d/a.sources\nTypes: deb\nURIs: http://example.com/debian\nSigned-By: /usr/share/keyrings/KEYRING.gpg\nEOF\n",
    },
    {
      title: "on the machine's own disk, which is less",
      source:
        "FROM debian:12\nRUN echo 'deb [«trusted=yes»] file:/opt/repo ./' > /etc/apt/sources.list.d/a.list\n",
      fixed:
        "FROM debian:12\nRUN echo 'deb [signed-by=/usr/share/keyrings/KEYRING.gpg] file:/opt/repo ./' > /etc/apt/sources.list.d/a.list\n",
    },
    {
      title: "settings",
      source:
        "FROM debian:12\nRUN echo '«APT::Get::AllowUnauthenticated \"true»\";' > /etc/apt/apt.conf.d/99 && apt-get -o «Acquire::AllowInsecureRepositories=true» update\n",
      fixed:
        "FROM debian:12\nRUN echo 'APT::Get::AllowUnauthenticated \"false\";' > /etc/apt/apt.conf.d/99 && apt-get -o Acquire::AllowInsecureRepositories=false update\n",
    },
  ],
  good: [
    {
      title: "with its key",
      source:
        "FROM debian:12\nRUN echo 'deb [signed-by=/usr/share/keyrings/a.gpg] https://example.com/a stable main' > /etc/apt/sources.list.d/a.list\n",
    },
    {
      title: "an archived release",
      source:
        "FROM debian:12\nRUN echo 'deb [check-valid-until=no] http://archive.debian.org/debian stretch main' > /x\n",
    },
    {
      title: "text",
      source:
        "FROM debian:12\n# deb [trusted=yes] http://example.com/ ./\nRUN echo '[trusted=yes]'; tool trusted=yes\n",
    },
  ],
  check(document, { report }) {
    for (const { span, text } of textMatches(document, unsigned, ["RUN", "COPY"])) {
      if (text.includes("::")) {
        report("setting", [], { at: span, fixes: checkedFixes(span, text) });
        continue;
      }
      const rest = lineAround(document, span);
      if (text.includes("=") && !/\[[^\]]{0,200}$/.test(rest.before)) continue;
      const isLocal = /^[^\]]{0,200}\]\s{1,9}(?:file|copy|cdrom):/.test(rest.after);
      const fixes = signedFixes(span, text);
      if (isLocal) report("local", [], { at: span, severity: "low", fixes });
      else report("source", [], { at: span, fixes });
    }
  },
});

/** Names the key of the source instead, in the form that the source has. */
function signedFixes(span: Span, text: string): readonly Fix[] {
  const keyring = "/usr/share/keyrings/KEYRING.gpg";
  const signed = text.includes("=") ? `signed-by=${keyring}` : ["Signed-By", keyring].join(": ");
  return fillIn("Name the key that signs the source", ["KEYRING"], replaceSpan(span, signed));
}

function checkedFixes(span: Span, text: string): readonly Fix[] {
  const value = /(?:true|1|yes)$/.exec(text)?.[0] ?? "";
  return changed("Let apt check signatures", [
    replaceSpan(spanOf(span.end - value.length, span.end), "false"),
  ]);
}

const unsigned =
  /\b(?:trusted|allow-insecure)=yes\b|(?<=(?:^|\\n)[ \t]{0,9})Trusted:[ \t]{0,9}yes\b|\b(?:Acquire::AllowInsecureRepositories|APT::Get::AllowUnauthenticated|Acquire::AllowWeakRepositories)[ \t=]{1,9}\\?"?(?:true|1|yes)\b/dgm;
