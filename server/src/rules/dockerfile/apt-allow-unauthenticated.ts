import { defineRule } from "../../engine/rule";
import { flagDeletionFixes, flagUses } from "../shared/commandFlags";
import { textMatches } from "../shared/mentions";
import { aptPrograms } from "../shared/packagePrograms";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "apt-allow-unauthenticated",
  language: "dockerfile",
  local: true,
  needs: { words: ["allow-unauthenticated", "allow-insecure-repositories", "allowunauthenticated"] },
  title: "apt installs only what is signed by a key it knows",
  why: `\`--allow-unauthenticated\` lets apt install packages that nobody has signed, and
\`--allow-insecure-repositories\` lets it read a repository without a signature. Package sources are mostly plain HTTP
and rely on nothing but these signatures: without them anyone on the way puts their own files and install scripts into
the image, as root.

Install the publisher's key to \`/usr/share/keyrings/\` and name it in the source with \`[signed-by=…]\`. If the key of
an old release has expired, the release has no updates any more either: take a newer base image.

\`--allow-downgrades\` and \`--allow-change-held-packages\` leave signatures alone and are not reported. The fix deletes
the flag; it is not called safe, since a build that needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_8", "cis:4.11", "cwe:347"],
  references: [
    {
      title: "Debian: apt-secure",
      url: "https://manpages.debian.org/stable/apt/apt-secure.8.en.html",
    },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    unauthenticated: (flag: string) =>
      `${flag} drops the only check of what a mirror serves, so anyone on the way can replace packages`,
  },
  bad: [
    {
      title: "in an installation",
      source: "FROM debian:12\nRUN apt-get update && apt-get install «--allow-unauthenticated» -y tool\n",
      fixed: "FROM debian:12\nRUN apt-get update && apt-get install -y tool\n",
    },
    {
      title: "in an update, and over continued lines",
      source:
        "FROM debian:12\nRUN apt-get update «--allow-insecure-repositories» \\\n && apt-get install -y \\\n    «--allow-unauthenticated» \\\n    tool\n",
      fixed: "FROM debian:12\nRUN apt-get update \\\n && apt-get install -y \\\n    tool\n",
    },
    {
      title: "a setting, for one call and for all later ones",
      source:
        "FROM debian:12\nRUN apt-get -o «APT::Get::AllowUnauthenticated=true» install -y tool\nRUN echo '«APT::Get::AllowUnauthenticated \"true\"»;' > /etc/apt/apt.conf.d/9\n",
    },
  ],
  good: [
    {
      title: "a plain installation",
      source: "FROM debian:12\nRUN apt-get update && apt-get install -y git\n",
    },
    {
      title: "a downgrade",
      source: "FROM debian:12\nRUN apt-get install -y --allow-downgrades git=1:2.39.5-0+deb12u2\n",
    },
    { title: "text", source: 'FROM debian:12\nRUN apt-get update; echo "--allow-unauthenticated"\n' },
  ],
  check(document, { report }) {
    const flags = ["allow-unauthenticated", "allow-insecure-repositories"];
    for (const use of flagUses(document, { programs: aptPrograms, flags })) {
      const fixes = flagDeletionFixes(document, use, "Let apt check signatures");
      report("unauthenticated", [use.flag], { at: use.span, fixes });
    }
    for (const { span } of textMatches(document, setting, ["RUN", "COPY"]))
      report("unauthenticated", ["AllowUnauthenticated"], { at: span });
  },
});

const setting = /\bAPT::Get::AllowUnauthenticated[ \t=]{1,9}\\?"?(?:true|yes|1)\b(?:\\?")?/dgi;
