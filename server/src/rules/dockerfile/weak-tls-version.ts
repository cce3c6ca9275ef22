import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellWord } from "../../documents/shell/model";
import { findOption } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { spanOf } from "../../text/span";
import { flagDeletionFixes } from "../shared/commandFlags";
import { commandsMentioning, textMatches } from "../shared/mentions";
import { cwe } from "../shared/references";

export default defineRule({
  id: "weak-tls-version",
  language: "dockerfile",
  local: true,
  needs: { words: ["--tls", "--ssl", "--secure-protocol", "curl", "minprotocol", "seclevel"] },
  title: "Connections use TLS 1.2 or newer",
  why: `SSL 3, TLS 1.0 and TLS 1.1 are withdrawn (RFC 7568, RFC 8996): somebody on the way can break or weaken them.
A flag or setting that allows them again takes away what the libraries have refused for years, and
\`--tls-max 1.1\` forbids everything better.

In \`openssl.cnf\` it holds for the running service too: \`MinProtocol = TLSv1.0\`, or \`SECLEVEL=1\` (and 0), which
also admits short keys and SHA-1 signatures.

If a server can do no better, keep the exception to that one command. The fix asks for TLS 1.2, or drops the upper
bound; it is not called safe, since such a server then cannot be reached.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["sonar:S4423", "cis:4.11", "cwe:326", "cwe:327"],
  references: [
    { title: "RFC 8996: deprecating TLS 1.0 and TLS 1.1", url: "https://www.rfc-editor.org/rfc/rfc8996" },
    { title: "curl: TLS options", url: "https://curl.se/docs/manpage.html#--tls-max" },
    cwe(327, "Use of a broken or risky cryptographic algorithm"),
  ],
  messages: {
    flag: (flag: string) =>
      `${flag} permits a protocol that is withdrawn, so the connection can be broken into`,
    library: () => "This lets OpenSSL use withdrawn protocols or short keys for everything in the image",
  },
  bad: [
    {
      title: "curl's lower bound, and its oldest protocols",
      source:
        "FROM debian:12\nRUN curl «--tlsv1.0» -o a https://example.com/a && curl «--sslv3» https://example.com/b\n",
      fixed:
        "FROM debian:12\nRUN curl --tlsv1.2 -o a https://example.com/a && curl --tlsv1.2 https://example.com/b\n",
    },
    {
      title: "curl's upper bound",
      source: "FROM debian:12\nRUN curl -f «--tls-max 1.1» https://example.com/a\n",
      fixed: "FROM debian:12\nRUN curl -f https://example.com/a\n",
    },
    {
      title: "wget",
      source: "FROM debian:12\nRUN wget «--secure-protocol=TLSv1» https://example.com/a\n",
      fixed: "FROM debian:12\nRUN wget --secure-protocol=TLSv1_2 https://example.com/a\n",
    },
    {
      title: "OpenSSL's own configuration",
      source:
        "FROM debian:12\nRUN sed -i 's/TLSv1.2/x/; s/MinProtocol = x/«MinProtocol = TLSv1.0»/' /etc/ssl/openssl.cnf\nRUN sed -i 's/SECLEVEL=2/«SECLEVEL=1»/' /etc/ssl/openssl.cnf\n",
    },
  ],
  good: [
    {
      title: "today's versions",
      source:
        "FROM debian:12\nRUN curl --tlsv1.2 --tls-max 1.3 https://example.com/a; wget --secure-protocol=TLSv1_2 https://example.com\n",
    },
    {
      title: "any version of TLS, which the library bounds",
      source: "FROM debian:12\nRUN curl --tlsv1 https://example.com/a\n",
    },
    {
      title: "stricter",
      source:
        "FROM debian:12\nRUN sed -i 's/SECLEVEL=1/SECLEVEL=2/; s/MinProtocol = TLSv1.0/MinProtocol = TLSv1.2/' /etc/ssl/openssl.cnf\n",
    },
    { title: "text", source: 'FROM debian:12\nRUN echo "curl --tlsv1.0"\n# curl --sslv3\n' },
  ],
  check(document, { report }) {
    for (const { command } of commandsMentioning(document, [
      "--tls",
      "--ssl",
      "--secure-protocol",
      "curl -",
    ])) {
      const { unwrapped } = command;
      if (unwrapped.program === "curl") {
        for (const word of unwrapped.arguments) {
          if (/^(?:--(?:tlsv1\.[01]|sslv[23])|-[23])$/.test(word.value ?? ""))
            report("flag", [word.value ?? ""], {
              at: word.span,
              fixes: replacement(document, word, "--tlsv1.2"),
            });
        }
        const most = findOption(unwrapped, "", "tls-max");
        if (most?.valueWord && /^1\.[01]$/.test(most.value ?? "")) {
          const at = spanOf(most.word.span.start, most.valueWord.span.end);
          const fixes = flagDeletionFixes(
            document,
            { invocation: unwrapped, option: most, valueWord: most.valueWord },
            "Drop the upper bound",
          );
          report("flag", ["--tls-max"], { at, fixes });
        }
      } else if (unwrapped.program === "wget") {
        const option = findOption(unwrapped, "", "secure-protocol");
        if (!option?.valueWord || !/^(?:SSLv[23]|TLSv1(?:_[01])?)$/i.test(option.value ?? "")) continue;
        const at = spanOf(option.word.span.start, option.valueWord.span.end);
        const isAttached = option.valueWord === option.word;
        const text = isAttached ? "--secure-protocol=TLSv1_2" : "TLSv1_2";
        report("flag", ["--secure-protocol"], { at, fixes: replacement(document, option.valueWord, text) });
      }
    }
    for (const { span } of textMatches(document, weakened, ["RUN", "COPY"]))
      report("library", [], { at: span });
  },
});

function replacement(document: DockerfileDocument, word: ShellWord, text: string): readonly Fix[] {
  if (!word.exact || document.text.slice(word.span.start, word.span.end) !== word.text) return [];
  return [{ title: "Ask for TLS 1.2 or newer", safety: "unsafe", edits: [replaceSpan(word.span, text)] }];
}

/** Not what a `sed` looks for: that is followed by its replacement. */
const weakened =
  /\b(?:MinProtocol[ \t]{0,9}=[ \t]{0,9}(?:SSLv3|TLSv1(?:\.[01])?|None)(?![\w.])|SECLEVEL[ \t]{0,9}=[ \t]{0,9}[01]\b)(?![/|#,](?!g?["'; ]))/dg;
