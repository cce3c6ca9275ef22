import { defineRule } from "../../engine/rule";
import { environmentSettings } from "../shared/environmentSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "python-https-verify-off",
  language: "dockerfile",
  local: true,
  needs: { words: ["pythonhttpsverify"] },
  title: "Python checks the certificates of what it talks to",
  why: `\`PYTHONHTTPSVERIFY=0\` makes Python's standard library take any certificate. Anyone on the way can read and
change what the build, or the running application, sends and receives. Python 3 ignores the variable unless its
distributor added it; Python 2.7 and the Pythons of Red Hat obey it.

If a server's certificate comes from your own authority, install that in the image, or name it in \`SSL_CERT_FILE\`.

The fix deletes the assignment; it is not called safe, since what needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_5", "cis:4.11", "cwe:295"],
  references: [
    { title: "PEP 493: HTTPS verification migration tools", url: "https://peps.python.org/pep-0493/" },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    off: () => "Python takes any certificate here, so anyone on the way can read and change its traffic",
  },
  bad: [
    {
      title: "in the image's environment",
      source: 'FROM centos:7\nENV A=1 «PYTHONHTTPSVERIFY="0"»\nENV «PYTHONHTTPSVERIFY 0»\n',
      fixed: "FROM centos:7\nENV A=1\n",
    },
    {
      title: "as a default",
      source: "FROM centos:7\nARG «PYTHONHTTPSVERIFY=0»\nRUN python setup.py install\n",
      fixed: "FROM centos:7\nRUN python setup.py install\n",
    },
    {
      title: "for one command, among others",
      source: "FROM centos:7\nRUN make && A=1 «PYTHONHTTPSVERIFY=0» \\\n    python setup.py install\n",
      fixed: "FROM centos:7\nRUN make && A=1 python setup.py install\n",
    },
  ],
  good: [
    {
      title: "switched on",
      source: "FROM centos:7\nENV PYTHONHTTPSVERIFY=1\nRUN PYTHONHTTPSVERIFY=1 python x.py\n",
    },
    {
      title: "other names, and text",
      source: 'FROM centos:7\nENV NO_PYTHONHTTPSVERIFY=0\nRUN echo "PYTHONHTTPSVERIFY=0"\n',
    },
  ],
  check(document, { report }) {
    for (const { value, span, fixes } of environmentSettings(document, ["PYTHONHTTPSVERIFY"])) {
      if (value === "0") report("off", [], { at: span, fixes });
    }
  },
});
