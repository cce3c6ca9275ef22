import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "yum-dnf-sslverify-off",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "COPY"], words: ["sslverify"] },
  title: "yum and dnf check the certificate of their repositories",
  why: `With \`sslverify=0\` yum and dnf take any certificate from a repository. Anyone on the way can then withhold
updates, serve old packages with known holes and, where signatures are not checked either, packages of their own.
\`config-manager --save\` and lines in \`.repo\` files hold in images built from this one too.

If the repository's certificate comes from your own authority, name that with \`sslcacert=\`, or install it in the
image (\`update-ca-trust\`).

Found are \`--setopt\` and lines written to \`yum.conf\`, \`dnf.conf\` and \`.repo\` files. The fix writes \`1\`; it is
not called safe, since a build that needs the other fails.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_15", "cis:4.11", "cwe:295"],
  references: [
    { title: "DNF: configuration reference", url: "https://dnf.readthedocs.io/en/latest/conf_ref.html" },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    off: () =>
      "Any certificate of a repository is taken, so anyone on the way decides which packages are seen",
  },
  bad: [
    {
      title: "for all repositories, and for one",
      source:
        "FROM almalinux:9\nRUN yum-config-manager --save --setopt=«sslverify=0»\nRUN dnf config-manager --setopt=epel.«sslverify=False» --save\n",
      fixed:
        "FROM almalinux:9\nRUN yum-config-manager --save --setopt=sslverify=1\nRUN dnf config-manager --setopt=epel.sslverify=1 --save\n",
    },
    {
      title: "for one command",
      source: 'FROM almalinux:9\nRUN dnf --setopt "«sslverify=no»" install -y git\n',
      fixed: 'FROM almalinux:9\nRUN dnf --setopt "sslverify=1" install -y git\n',
    },
    {
      title: "written to files",
      source:
        'FROM almalinux:9\nRUN echo "«sslverify=false»" >> /etc/yum.conf\nCOPY <<EOF /etc/yum.repos.d/a.repo\n[a]\n«sslverify = 0»\nEOF\n',
      fixed:
        'FROM almalinux:9\nRUN echo "sslverify=1" >> /etc/yum.conf\nCOPY <<EOF /etc/yum.repos.d/a.repo\n[a]\nsslverify = 1\nEOF\n',
    },
  ],
  good: [
    {
      title: "switched on",
      source: "FROM almalinux:9\nRUN dnf config-manager --save --setopt=epel.sslverify=1\n",
    },
    {
      title: "git's setting of that name",
      source: "FROM almalinux:9\nRUN git config http.sslverify=false\n",
    },
    {
      title: "another option, and text",
      source:
        'FROM almalinux:9\nRUN yum-config-manager --disable sslverify; echo "sslverify=0"\n# sslverify=0\n',
    },
  ],
  check(document, { report }) {
    for (const { span, value } of textMatches(document, switchedOff, ["RUN", "COPY"])) {
      const edits = value ? [replaceSpan(value, "1")] : [];
      report("off", [], {
        at: span,
        fixes: [{ title: "Check the repository's certificate", safety: "unsafe", edits }],
      });
    }
  },
});

/** Not after `http.`, where git's setting of that name stands. */
const switchedOff =
  /(?<!\bhttp\.(?:[^\s'"]{1,100}\.)?)(?:\b|(?<=\\n))sslverify[ \t]{0,9}=[ \t]{0,9}["']?(?<value>0|[Ff]alse|FALSE|[Nn]o|NO|[Oo]ff)\b/dg;
