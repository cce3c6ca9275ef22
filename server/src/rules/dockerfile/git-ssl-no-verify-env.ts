import { defineRule } from "../../engine/rule";
import { environmentSettings } from "../shared/environmentSettings";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "git-ssl-no-verify-env",
  language: "dockerfile",
  local: true,
  needs: { words: ["git_ssl_no_verify"] },
  title: "No variable switches off certificate checks of git",
  why: `If \`GIT_SSL_NO_VERIFY\` is set, git takes any certificate. Anyone on the way can then hand the build another
source tree, and read the credentials that git sends. The value does not matter: \`GIT_SSL_NO_VERIFY=0\` and
\`=false\` switch the check off as well.

If the server's certificate comes from your own authority, name that in \`GIT_SSL_CAINFO\`, or install it in the image.

An ARG without a default is not reported. The fix deletes the assignment; it is not called safe, since a build that
needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_14", "cis:4.11", "cwe:295"],
  references: [
    {
      title: "git: http.sslVerify",
      url: "https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify",
    },
    cisDocker,
    cwe(295, "Improper certificate validation"),
  ],
  messages: {
    off: () => "git takes any certificate while this is set, so anyone on the way can replace the sources",
    anyValue: () =>
      "git takes any certificate while this is set, whatever its value, so sources can be replaced",
  },
  bad: [
    {
      title: "in the image's environment",
      source: "FROM debian:12\nENV «GIT_SSL_NO_VERIFY=1»\nENV LANG=C \\\n    «GIT_SSL_NO_VERIFY=true»\n",
      fixed: "FROM debian:12\nENV LANG=C\n",
    },
    {
      title: "a value that seems to switch it on again",
      source: "FROM debian:12\nENV «GIT_SSL_NO_VERIFY 0»\nRUN true\n",
      fixed: "FROM debian:12\nRUN true\n",
    },
    {
      title: "for one command",
      source:
        "FROM debian:12\nRUN apt-get update; «GIT_SSL_NO_VERIFY=true» \\\n    git clone https://example.com/a.git\n",
      fixed: "FROM debian:12\nRUN apt-get update; git clone https://example.com/a.git\n",
    },
    {
      title: "exported, without a fix",
      source: "FROM debian:12\nRUN export «GIT_SSL_NO_VERIFY=1» && git clone https://example.com/a.git\n",
    },
  ],
  good: [
    { title: "an authority of one's own", source: "FROM debian:12\nENV GIT_SSL_CAINFO=/ca.crt\n" },
    { title: "no default", source: "FROM debian:12\nARG GIT_SSL_NO_VERIFY\nRUN unset GIT_SSL_NO_VERIFY\n" },
    { title: "other names", source: "FROM debian:12\nENV MY_GIT_SSL_NO_VERIFY=1 GIT_SSL_NO_VERIFYX=1\n" },
  ],
  check(document, { report }) {
    for (const { value, span, fixes } of environmentSettings(document, ["GIT_SSL_NO_VERIFY"])) {
      const seemsOff = value !== undefined && /^(?:0|false|no|off|)$/i.test(value);
      report(seemsOff ? "anyValue" : "off", [], { at: span, fixes });
    }
  },
});
