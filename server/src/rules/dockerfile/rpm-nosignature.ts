import { defineRule } from "../../engine/rule";
import { flagDeletionFixes, flagUses } from "../shared/commandFlags";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "rpm-nosignature",
  language: "dockerfile",
  local: true,
  needs: {
    keywords: ["RUN", "CMD", "ENTRYPOINT"],
    words: ["nosignature", "nodigest", "nofiledigest", "noverify"],
  },
  title: "rpm checks the packages that it installs",
  why: `\`--nosignature\`, \`--nodigest\`, \`--nofiledigest\` and \`--noverify\` tell rpm not to look at who signed a
package, or whether its content is what was signed. A package that was changed on its way, or by somebody who got hold
of the server, is then installed as root, with its scripts.

Import the publisher's key (\`rpm --import\`) after a look at its fingerprint, and drop the flags. rpm needs no
network for its checks.

A package that you have built a step before is a fair exception: ignore the finding there and say so. The fix deletes
the flag; it is not called safe, since a build that needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_10", "cis:4.11", "cwe:347"],
  references: [
    { title: "rpm: manual page", url: "https://rpm.org/docs/latest/man/rpm.8" },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    unchecked: (flag: string) => `With ${flag} rpm installs a package even if somebody else has changed it`,
  },
  bad: [
    {
      title: "one flag",
      source: "FROM almalinux:9\nRUN rpm -i «--nosignature» tool.rpm\n",
      fixed: "FROM almalinux:9\nRUN rpm -i tool.rpm\n",
    },
    {
      title: "several, over continued lines",
      source:
        "FROM almalinux:9\nRUN rpm \\\n    -Uvh tool.rpm \\\n    «--nodigest» \\\n    «--nofiledigest»\n",
      fixed: "FROM almalinux:9\nRUN rpm \\\n    -Uvh tool.rpm\n",
    },
  ],
  good: [
    { title: "a plain installation", source: "FROM almalinux:9\nRUN rpm -i tool.rpm && rpm -V bash\n" },
    { title: "a question", source: "FROM almalinux:9\nRUN rpm -qa --nosignature --nodigest\n" },
    { title: "text", source: 'FROM almalinux:9\nRUN rpm -i tool.rpm; echo "--nodigest"\n' },
  ],
  check(document, { report }) {
    const flags = ["nosignature", "nodigest", "nofiledigest", "noverify"];
    for (const use of flagUses(document, { programs: rpm, flags })) {
      if (use.invocation.arguments.some((word) => /^-[a-zA-Z]*q|^--query/.test(word.literalPrefix))) continue;
      const fixes = flagDeletionFixes(document, use, "Let rpm check the package");
      report("unchecked", [use.flag], { at: use.span, fixes });
    }
  },
});

const rpm: ReadonlySet<string> = new Set(["rpm"]);
