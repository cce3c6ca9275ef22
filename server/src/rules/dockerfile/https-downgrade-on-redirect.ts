import type { ShellCommand } from "../../documents/shell/model";
import { hasFlag } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { isPrivateAddress, webAddressesOf } from "../shared/fetches";
import { insertFlagFixes } from "../shared/insertFlag";
import { commandsMentioning, runs } from "../shared/mentions";
import { cwe } from "../shared/references";
import { verifies } from "../shared/verification";

export default defineRule({
  id: "https-downgrade-on-redirect",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["curl"] },
  title: "A redirect cannot lead from HTTPS to clear text",
  why: `\`curl -L\` follows a redirect to \`http://\` as well. A server that is set up carelessly, or a part of it that
somebody has taken over, can thus move a download to a connection where anyone on the way can replace it.

\`--proto =https\` holds curl to HTTPS for the address and for all redirects.

It is low, since it takes a mistake on the server's side. A step that checks a checksum or a signature is not reported,
and wget is not, which has no such option. The fix adds the option; it is not called safe, since a server that does
redirect to clear text cannot be used any more.`,
  category: "network",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["sonar:S6506", "cis:4.11", "cwe:757"],
  references: [
    { title: "curl: --proto", url: "https://curl.se/docs/manpage.html#--proto" },
    cwe(757, "Selection of less-secure algorithm during negotiation"),
  ],
  messages: {
    followed: () =>
      "curl -L also follows a redirect to clear text, where anyone on the way can replace the file",
  },
  bad: [
    {
      title: "a download",
      source: "FROM debian:12\nRUN «curl» -fsSLO https://example.com/a.tgz\n",
      fixed: "FROM debian:12\nRUN curl --proto =https -fsSLO https://example.com/a.tgz\n",
    },
    {
      title: "in a pipe over continued lines",
      source: "FROM debian:12\nRUN «curl» --location \\\n    https://example.com/$A | tar -x\n",
      fixed: "FROM debian:12\nRUN curl --proto =https --location \\\n    https://example.com/$A | tar -x\n",
    },
  ],
  good: [
    {
      title: "held to HTTPS",
      source: "FROM debian:12\nRUN curl --proto '=https' --tlsv1.2 -fsSLO https://example.com/a.tgz\n",
    },
    { title: "no redirects", source: "FROM debian:12\nRUN curl -fsSO https://example.com/a.tgz\n" },
    {
      title: "checked",
      source: 'FROM debian:12\nRUN curl -fsSLO https://example.com/a && echo "0123  a" | sha256sum -c -\n',
    },
    {
      title: "another program",
      source: "FROM debian:12\nRUN wget https://example.com/a; echo curl -L https://example.com\n",
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["curl"], followsAnywhere, ["RUN"])) {
      const { unwrapped } = command;
      if (!unwrapped.name || runs(instruction, verifies)) continue;
      const fixes = insertFlagFixes(document, unwrapped, "--proto =https", "Hold curl to HTTPS");
      report("followed", [], { at: unwrapped.name.span, fixes });
    }
  },
});

/** Whether curl follows redirects from HTTPS to whatever protocol they name. */
function followsAnywhere(command: ShellCommand): boolean {
  const { unwrapped } = command;
  if (unwrapped.program !== "curl" || !hasFlag(unwrapped, "L", "location")) return false;
  if (hasFlag(unwrapped, "", "proto") || hasFlag(unwrapped, "", "proto-redir")) return false;
  return webAddressesOf(command).some(({ url }) => /^https:/i.test(url) && !isPrivateAddress(url));
}
