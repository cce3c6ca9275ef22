import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { ShellOption } from "../../documents/shell/options";
import { findOption, removalOfOption } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { commandsOf } from "../shared/shellCommands";
import { verifies } from "../shared/verification";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "curl-insecure",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "CMD", "ENTRYPOINT"], words: ["curl"] },
  title: "curl checks the certificate of what it talks to",
  why: `With \`-k\` curl takes whatever certificate it is shown. Anyone on the way (a gateway, a cache, a neighbour who
answers DNS) can then hand the build another file, and what is downloaded here mostly ends up being run.

If the server's certificate comes from your own authority, install that (\`COPY ca.crt /usr/local/share/
ca-certificates/\` and \`update-ca-certificates\`, or \`--cacert\`). If the image has no certificates at all, install
\`ca-certificates\` first.

Requests to the machine itself (\`https://localhost\`) and health checks are not reported. Where the same step checks
a checksum or a signature, the finding is low. The fix deletes the flag; it is not called safe, since a build that
needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_2", "sonar:S4830", "cis:4.11", "cwe:295"],
  references: [
    { title: "curl: the --insecure option", url: "https://curl.se/docs/manpage.html#-k" },
    { title: "curl: certificate verification", url: "https://curl.se/docs/sslcerts.html" },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    insecure: (flag: string) =>
      `curl ${flag} takes any certificate, so anyone on the way can replace what is downloaded`,
    written: () =>
      "From here on curl takes any certificate, so anyone on the way can replace what is downloaded",
  },
  bad: [
    {
      title: "for every later call",
      source:
        "FROM debian:12\nRUN echo «insecure» >> ~/.curlrc\nRUN printf '«insecure»\\n' > /root/.curlrc\n",
    },
    {
      title: "the short flag",
      source: "FROM debian:12\nRUN curl «-k» -o /tool https://example.com/tool\n",
      fixed: "FROM debian:12\nRUN curl -o /tool https://example.com/tool\n",
    },
    {
      title: "among others in one word",
      source: "FROM debian:12\nRUN echo go && curl «-fsSLk» https://example.com/tool -o /tool\n",
      fixed: "FROM debian:12\nRUN echo go && curl -fsSL https://example.com/tool -o /tool\n",
    },
    {
      title: "on a line of its own",
      source: "FROM debian:12\nRUN curl \\\n    «--insecure» \\\n    https://example.com | tar -x\n",
      fixed: "FROM debian:12\nRUN curl \\\n    https://example.com | tar -x\n",
    },
    {
      title: "checked afterwards, low",
      source:
        'FROM debian:12\nRUN curl «-k» -o /t https://example.com/t && echo "$SUM  /t" | sha256sum -c -\n',
      fixed: 'FROM debian:12\nRUN curl -o /t https://example.com/t && echo "$SUM  /t" | sha256sum -c -\n',
    },
    {
      title: "for a proxy, at run time",
      source: "FROM debian:12\nCMD curl https://example.com/x «--proxy-insecure»\n",
      fixed: "FROM debian:12\nCMD curl https://example.com/x\n",
    },
  ],
  good: [
    {
      title: "another program's flag",
      source: "FROM debian:12\nRUN curl https://example.com | grep -k x; tar -k -x\n",
    },
    { title: "an option's value", source: "FROM debian:12\nRUN curl -H -k -o -k -fok https://example.com\n" },
    {
      title: "the machine itself",
      source:
        "FROM debian:12\nHEALTHCHECK CMD curl -k https://example.com\nRUN curl -k https://localhost:8443/x\n",
    },
    {
      title: "an authority of one's own",
      source: "FROM debian:12\nRUN curl --cacert /ca.crt https://example.com\n",
    },
    { title: "text", source: 'FROM debian:12\nRUN echo "curl -k https://example.com"\n# RUN curl -k x\n' },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsOf(document, ["RUN", "CMD", "ENTRYPOINT"], isInsecure)) {
      const isVerified = "script" in instruction && hasCommand(instruction.script, verifies);
      for (const option of insecureOptions(command)) {
        const flag = option.long ? `--${option.name}` : `-${option.name}`;
        report("insecure", [flag], {
          at: option.word.span,
          severity: isVerified ? "low" : "high",
          fixes: fixesOf(document, command, option),
        });
      }
    }
    for (const { span } of textMatches(document, writtenDown, ["RUN"])) report("written", [], { at: span });
  },
});

/** A line of curl's configuration file, on the line that writes it. */
const writtenDown = /(?<![\w/.-])(?:--)?(?:proxy-)?insecure(?=["'\\ \t>][^\n]{0,200}\bcurlrc\b)/dg;

function isInsecure(command: ShellCommand): boolean {
  return command.unwrapped.program === "curl" && !staysLocal(command) && insecureOptions(command).length > 0;
}

/** The first flag of each kind: they do not add up. */
function insecureOptions(command: ShellCommand): readonly ShellOption[] {
  const { unwrapped } = command;
  return [
    findOption(unwrapped, "k", "insecure"),
    findOption(unwrapped, "", "proxy-insecure"),
    findOption(unwrapped, "", "doh-insecure"),
  ].filter((option) => option !== undefined);
}

/** Whether every URL that the command names is on the machine itself. */
function staysLocal(command: ShellCommand): boolean {
  const urls = command.unwrapped.arguments
    .map((word) => word.literalPrefix)
    .filter((text) => /^https?:\/\//i.test(text));
  return urls.length > 0 && urls.every((url) => /^https?:\/\/(?:localhost|127\.\d|\[::1\])/i.test(url));
}

function fixesOf(document: DockerfileDocument, command: ShellCommand, option: ShellOption): readonly Fix[] {
  const span = deletionOf(document, command, option);
  return span
    ? [{ title: "Let curl check the certificate", safety: "unsafe", edits: [deleteSpan(span)] }]
    : [];
}

function deletionOf(
  document: DockerfileDocument,
  command: ShellCommand,
  option: ShellOption,
): Span | undefined {
  const words = command.unwrapped.arguments;
  const previous = words[words.indexOf(option.word) - 1] ?? command.unwrapped.name;
  const whole =
    option.alone &&
    option.word.exact &&
    previous &&
    withBlanksBefore(document, previous.span, option.word.span);
  return whole || removalOfOption(option, document.text);
}
