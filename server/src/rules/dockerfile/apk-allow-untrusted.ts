import { operandsOf } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
import { flagDeletionFixes, flagUses } from "../shared/commandFlags";
import { cisDocker, cwe } from "../shared/references";

export default defineRule({
  id: "apk-allow-untrusted",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN", "CMD", "ENTRYPOINT"], words: ["allow-untrusted"] },
  title: "apk installs only what is signed by a key it knows",
  why: `With \`--allow-untrusted\` apk installs packages and reads indexes whose signature is missing or made by
anybody. Whoever can change what a mirror serves, or stands between it and the build, puts their own files and
install scripts into the image as root.

Put the publisher's key into \`/etc/apk/keys/\` first; most publishers of apk files offer one.

Where a package file is named that lies in the build already, the finding is medium, since that is what the flag is
for: check the file with \`sha256sum -c\` and install it in a command of its own, or sign it. The fix deletes the flag; it is not called safe, since a
build that needs it fails without it.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_7", "cis:4.11", "cwe:347"],
  references: [
    { title: "Alpine wiki: apk", url: "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper" },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    repository: () =>
      "apk installs packages that nobody has signed, so a changed mirror decides what is in the image",
    file: () => "apk does not check this package file, so nobody notices when it is not the publisher's",
  },
  bad: [
    {
      title: "from a repository",
      source:
        "FROM alpine:3.23\nRUN apk add «--allow-untrusted» --no-cache -X https://example.com/repo tool\n",
      fixed: "FROM alpine:3.23\nRUN apk add --no-cache -X https://example.com/repo tool\n",
    },
    {
      title: "before the command, on a line of its own",
      source: "FROM alpine:3.23\nRUN apk \\\n    «--allow-untrusted» \\\n    add tool\n",
      fixed: "FROM alpine:3.23\nRUN apk \\\n    add tool\n",
    },
    {
      title: "for files that lie there, which is less",
      source: "FROM alpine:3.23\nRUN apk add «--allow-untrusted» /tmp/glibc.apk ./other.apk\n",
      fixed: "FROM alpine:3.23\nRUN apk add /tmp/glibc.apk ./other.apk\n",
    },
  ],
  good: [
    {
      title: "with its key",
      source: "FROM alpine:3.23\nCOPY a.rsa.pub /etc/apk/keys/\nRUN apk add /tmp/a.apk\n",
    },
    { title: "another program's flag", source: "FROM alpine:3.23\nRUN tool add --allow-untrusted x\n" },
    {
      title: "text",
      source: 'FROM alpine:3.23\nRUN echo "apk add --allow-untrusted"\n# apk --allow-untrusted\n',
    },
  ],
  check(document, { report }) {
    for (const use of flagUses(document, { programs: apk, flags: ["allow-untrusted"] })) {
      const isFile = operandsOf(use.invocation).some((word) =>
        /^[^:]{1,500}\.apk$/.test(word.value ?? word.text),
      );
      const fixes = flagDeletionFixes(document, use, "Let apk check signatures");
      const place = { at: use.span, fixes };
      if (isFile) report("file", [], { ...place, severity: "medium" });
      else report("repository", [], place);
    }
  },
});

const apk: ReadonlySet<string> = new Set(["apk"]);
