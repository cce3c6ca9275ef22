import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { spanOf } from "../../text/span";
import { exposeParts } from "../shared/exposeParts";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "expose-proto-case",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["EXPOSE"], words: ["/"] },
  title: "Protocols of EXPOSE are in small letters",
  why: `Images record \`tcp\` and \`udp\` in small letters. Docker's builder changes the case itself; other builders,
and scripts that compare the text, may not, and then take \`53/UDP\` for something they do not know.

The fix writes small letters, and is safe.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:ExposeProtoCasing"],
  references: [
    {
      title: "Docker build check: ExposeProtoCasing",
      url: "https://docs.docker.com/reference/build-checks/expose-proto-casing/",
    },
    dockerfileReference("EXPOSE", "expose"),
  ],
  messages: {
    case: (protocol: string) => `The protocol ${protocol} is not in small letters, as images record it`,
  },
  bad: [
    {
      title: "capitals and both",
      source: "FROM a\nEXPOSE 80/«TCP» 53/«Udp» 22\nONBUILD EXPOSE $P/«TCP»\n",
      fixed: "FROM a\nEXPOSE 80/tcp 53/udp 22\nONBUILD EXPOSE $P/tcp\n",
    },
  ],
  good: [
    { title: "small letters", source: "FROM a\nEXPOSE 80/tcp 53/udp 8080 9000-9010/sctp\n" },
    { title: "variables", source: "FROM a\nEXPOSE 80/$PROTO ${PORT:-80/TCP} 80/${P}\n" },
  ],
  check(document, { report }) {
    for (const { value, protocol } of exposeParts(document)) {
      if (protocol === undefined || !/^[A-Za-z]+$/.test(protocol)) continue;
      const wanted = protocol.toLowerCase();
      if (protocol === wanted) continue;
      const at = spanOf(value.span.end - protocol.length, value.span.end);
      report("case", [shorten(protocol)], {
        at,
        fixes: [{ title: `Write ${shorten(wanted)}`, safety: "safe", edits: [replaceSpan(at, wanted)] }],
      });
    }
  },
});
