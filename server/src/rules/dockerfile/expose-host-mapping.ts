import { defineRule } from "../../engine/rule";
import { deleteSpan } from "../../text/edit";
import { spanOf } from "../../text/span";
import { exposeParts } from "../shared/exposeParts";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "expose-host-mapping",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["EXPOSE"], words: [":"] },
  title: "EXPOSE names ports of the container only",
  why: `EXPOSE publishes nothing and binds nothing: a host's address or port in it has no effect. Who reads
\`EXPOSE 127.0.0.1:5432:5432\` believes that the port can be reached from the host alone, while \`docker run -P\` opens
it on every address.

Say it where the container is started: \`-p 127.0.0.1:5432:5432\`, or \`ports\` in a Compose file. The fix keeps the
container's port; it is safe, since that is all that the builder takes.`,
  category: "network",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["buildkit:ExposeInvalidFormat", "dockerfilelint:expose_host_port"],
  references: [
    {
      title: "Docker build check: ExposeInvalidFormat",
      url: "https://docs.docker.com/reference/build-checks/expose-invalid-format/",
    },
    dockerfileReference("EXPOSE", "expose"),
  ],
  messages: {
    mapping: (written: string) =>
      `EXPOSE binds nothing, so ${written} has no effect on where the port can be reached`,
  },
  bad: [
    {
      title: "an address, a port, both",
      source: "FROM a\nEXPOSE «127.0.0.1:»80 «8080:»80/tcp «0.0.0.0:53:»53/udp\n",
      fixed: "FROM a\nEXPOSE 80 80/tcp 53/udp\n",
    },
    {
      title: "a range, a variable, IPv6",
      source: "FROM a\nEXPOSE «8000-8010:»8000-8010 «$P:»80 «${H:-::}:80:»$P\nONBUILD EXPOSE «[::1]:1:»2\n",
      fixed: "FROM a\nEXPOSE 8000-8010 80 $P\nONBUILD EXPOSE 2\n",
    },
  ],
  good: [
    { title: "ports", source: "FROM a\nEXPOSE 80 443/tcp 8000-8010/udp\n" },
    { title: "variables", source: "FROM a\nEXPOSE $PORT ${PORT:-80} ${A:-80:90}/tcp\n" },
    { title: "half typed", source: "FROM a\nEXPOSE 80:\n" },
  ],
  check(document, { report }) {
    for (const { value, hostLength, port } of exposeParts(document)) {
      const { span, text } = value;
      if (hostLength === 0 || port === "" || span.end - span.start !== text.length) continue;
      const start = span.start + (/^["']/.test(text) ? 1 : 0);
      const at = spanOf(start, span.start + hostLength);
      const written = shorten(document.text.slice(at.start, at.end - 1));
      report("mapping", [written], {
        at,
        fixes: [{ title: "Keep the container's port", safety: "safe", edits: [deleteSpan(at)] }],
      });
    }
  },
});
