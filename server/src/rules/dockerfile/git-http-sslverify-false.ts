import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "git-http-sslverify-false",
  language: "dockerfile",
  local: true,
  needs: { words: ["sslverify"] },
  title: "git checks the certificate of what it clones from",
  why: `With \`http.sslVerify\` set to false git takes any certificate. Anyone on the way can then hand the build another
source tree, and read the credentials that git sends. \`git config --global\` writes it down, so that it holds in later
steps and in running containers too.

If the server's certificate comes from your own authority, name that in \`http.sslCAInfo\`, or install it in the image.
Where only one server is meant (\`http.https://git.example.com/.sslVerify\`), it is still that server's sources that can
be replaced.

The fix writes \`true\`; it is not called safe, since a build that needs the other fails.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:295"],
  references: [
    {
      title: "git: http.sslVerify",
      url: "https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify",
    },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    off: () => "git takes any certificate here, so anyone on the way can replace the sources",
  },
  bad: [
    {
      title: "for one command",
      source: "FROM debian:12\nRUN git -c «http.sslVerify=false» clone https://example.com/a.git\n",
      fixed: "FROM debian:12\nRUN git -c http.sslVerify=true clone https://example.com/a.git\n",
    },
    {
      title: "for all that follow, in any case",
      source:
        "FROM debian:12\nRUN git config --global «http.sslverify false» \\\n && git clone https://example.com/a.git\n",
      fixed:
        "FROM debian:12\nRUN git config --global http.sslverify true \\\n && git clone https://example.com/a.git\n",
    },
    {
      title: "for one server, quoted",
      source: 'FROM debian:12\nRUN git config --system "«http.https://example.com/.sslVerify" "0»"\n',
      fixed: 'FROM debian:12\nRUN git config --system "http.https://example.com/.sslVerify" "true"\n',
    },
    {
      title: "written to a file",
      source: "FROM debian:12\nCOPY <<EOF /root/.gitconfig\n[http]\n  «sslVerify = false»\nEOF\n",
      fixed: "FROM debian:12\nCOPY <<EOF /root/.gitconfig\n[http]\n  sslVerify = true\nEOF\n",
    },
  ],
  good: [
    { title: "switched on", source: "FROM debian:12\nRUN git config --global http.sslVerify true\n" },
    {
      title: "an authority of one's own",
      source: "FROM debian:12\nRUN git config --global http.sslCAInfo /ca.crt\n",
    },
    {
      title: "another program's setting, and text",
      source:
        'FROM debian:12\nRUN echo sslverify=0 >> /etc/yum.conf; echo "git config http.sslVerify false"\n',
    },
  ],
  check(document, { report }) {
    for (const { span, value } of textMatches(document, switchedOff, ["RUN", "COPY", "CMD", "ENTRYPOINT"])) {
      const edits = value ? [replaceSpan(value, "true")] : [];
      report("off", [], {
        at: span,
        fixes: [{ title: "Let git check the certificate", safety: "unsafe", edits }],
      });
    }
  },
});

/** In git's configuration files the section stands apart; yum's setting of that name is in lower case. */
const switchedOff =
  /(?:\bhttp\.(?:[^\s'"=]{0,200}\.)?[sS][sS][lL][vV][eE][rR][iI][fF][yY]|(?:(?<![\w.])|(?<=\\[nt]))sslVerify(?=[ \t]{0,9}=))["']?(?:[ \t]{0,20}=[ \t]{0,20}|(?:[ \t]|\\\r?\n){1,20})["']?(?<value>false|0|no|off)\b/dg;
