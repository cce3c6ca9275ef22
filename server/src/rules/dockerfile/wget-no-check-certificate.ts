import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import { flagDeletionFixes, flagUses } from "../shared/commandFlags";
import { isLocalAddress, webAddressesOf } from "../shared/fetches";
import { textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "wget-no-check-certificate",
  language: "dockerfile",
  local: true,
  needs: { words: ["check-certificate", "check_certificate", "checkcertificate"] },
  title: "wget checks the certificate of what it talks to",
  why: `With \`--no-check-certificate\` wget takes whatever certificate it is shown. Anyone on the way (a gateway, a
cache, a neighbour who answers DNS) can then hand the build another file, and what is downloaded here mostly ends up
being run.

Most often the flag is there because the image has no certificates: install \`ca-certificates\` first. If the server's
certificate comes from your own authority, copy that to \`/usr/local/share/ca-certificates/\` and run
\`update-ca-certificates\`, or use \`--ca-certificate\`.

Requests to the machine itself are not reported. The fix deletes the flag; it is not called safe, since a build that
needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_3", "sonar:S4830", "cis:4.11", "cwe:295"],
  references: [
    {
      title: "GNU Wget: HTTPS options",
      url: "https://www.gnu.org/software/wget/manual/html_node/HTTPS-_0028SSL_002fTLS_0029-Options.html",
    },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    unchecked: () => "wget takes any certificate here, so anyone on the way can replace what is downloaded",
  },
  bad: [
    {
      title: "a download",
      source: "FROM debian:12\nRUN wget «--no-check-certificate» -O /tool https://example.com/tool\n",
      fixed: "FROM debian:12\nRUN wget -O /tool https://example.com/tool\n",
    },
    {
      title: "on a line of its own, and after another command",
      source:
        "FROM debian:12\nRUN cd /tmp && wget -q \\\n    «--no-check-certificate» \\\n    https://example.com/x.tgz\n",
      fixed: "FROM debian:12\nRUN cd /tmp && wget -q \\\n    https://example.com/x.tgz\n",
    },
    {
      title: "in a pipe, behind sudo",
      source: "FROM debian:12\nRUN sudo wget -qO- https://example.com/x «--no-check-certificate» | tar -x\n",
      fixed: "FROM debian:12\nRUN sudo wget -qO- https://example.com/x | tar -x\n",
    },
    {
      title: "at start, in exec form and without a fix",
      source: 'FROM debian:12\nCMD ["wget", «"--no-check-certificate"», "https://example.com/x"]\n',
    },
    {
      title: "a setting, for one call and for all later ones",
      source:
        "FROM debian:12\nRUN wget -e «check_certificate=off» https://example.com/x\nRUN echo '«check-certificate = off»' >> /etc/wgetrc\n",
    },
  ],
  good: [
    { title: "a plain download", source: "FROM debian:12\nRUN wget -qO /x https://example.com/x\n" },
    {
      title: "an authority of one's own",
      source: "FROM debian:12\nRUN wget --ca-certificate=/ca.crt https://example.com/x\n",
    },
    {
      title: "the machine itself",
      source: "FROM debian:12\nRUN wget --no-check-certificate https://localhost:8443/x\n",
    },
    {
      title: "text",
      source: 'FROM debian:12\n# wget --no-check-certificate x\nRUN echo "wget --no-check-certificate x"\n',
    },
  ],
  check(document, { report }) {
    for (const use of flagUses(document, { programs: wget, flags: ["no-check-certificate"] })) {
      if (staysLocal(use.command)) continue;
      const fixes = flagDeletionFixes(document, use, "Let wget check the certificate");
      report("unchecked", [], { at: use.span, fixes });
    }
    for (const { span } of textMatches(document, setting, ["RUN", "COPY"]))
      report("unchecked", [], { at: span });
  },
});

/** As `-e` takes it, and as it stands in `.wgetrc`. */
const setting = /\bcheck[-_]?certificate[ \t]{0,9}=[ \t]{0,9}(?:off|no|0)\b/dgi;

const wget: ReadonlySet<string> = new Set(["wget", "wget2"]);

function staysLocal(command: ShellCommand): boolean {
  const addresses = webAddressesOf(command);
  return addresses.length > 0 && addresses.every(({ url }) => isLocalAddress(url));
}
