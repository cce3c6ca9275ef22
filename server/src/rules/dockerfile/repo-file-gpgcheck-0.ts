import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { deleteSpan, replaceSpan } from "../../text/edit";
import type { Span } from "../../text/span";
import { spanOf } from "../../text/span";
import { changed, fillIn } from "../shared/fillIn";
import { commandsMentioning, textMatches } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { withBlanksBefore } from "../shared/words";

export default defineRule({
  id: "repo-file-gpgcheck-0",
  language: "dockerfile",
  local: true,
  needs: { words: ["gpgcheck", "zypper"] },
  title: "Every package repository is checked by its key",
  why: `\`gpgcheck=0\` in a \`.repo\` file, and \`--no-gpg-checks\` of zypper, make the package manager install whatever the
repository serves. Whoever can change what a mirror serves, or stands between it and the build, puts their own files
and install scripts into the image as root. The file stays in the image and holds in all that are built from it.

Write \`gpgcheck=1\` and the address of the publisher's key, \`gpgkey=https://…\`.

\`repo_gpgcheck=0\` is the default and not reported; where \`repo_gpgcheck=1\` stands beside \`gpgcheck=0\`, the
checksums of all packages are signed, and the finding is low. \`zypper --gpg-auto-import-keys\` takes the key that
the repository itself offers; that is low too. The fix switches the check on; where the file is written here and
names no key, it leaves a place for the key's address.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:347"],
  references: [
    { title: "DNF: configuration reference", url: "https://dnf.readthedocs.io/en/latest/conf_ref.html" },
    cisDocker,
    cwe(347, "Improper verification of cryptographic signature"),
  ],
  messages: {
    unchecked: () =>
      "Packages of this repository are installed unsigned, so a changed mirror decides what is in the image",
    index: () => "Only the repository's index is checked here, no package by its own signature",
    zypper: (flag: string) =>
      `With ${flag} zypper installs what nobody has signed, so a mirror decides what comes in`,
    imported: () => "zypper trusts whatever key the repository offers, so a changed one can sign for itself",
  },
  bad: [
    {
      title: "a file that a command writes",
      source:
        "FROM almalinux:9\nRUN printf '[a]\\nbaseurl=https://example.com/\\n«gpgcheck=0»\\n' > /etc/yum.repos.d/a.repo\n",
      fixed:
        "FROM almalinux:9\nRUN printf '[a]\\nbaseurl=https://example.com/\\ngpgcheck=1\\ngpgkey=KEY_URL\\n' > /etc/yum.repos.d/a.repo\n",
    },
    {
      title: "a file in the Dockerfile",
      source:
        "FROM almalinux:9\nCOPY <<EOF /etc/yum.repos.d/a.repo\n[a]\nbaseurl=https://example.com/\n«gpgcheck = 0»\nEOF\n",
      fixed:
        "FROM almalinux:9\nCOPY <<EOF /etc/yum.repos.d/a.repo\n[a]\nbaseurl=https://example.com/\ngpgcheck = 1\ngpgkey=KEY_URL\nEOF\n",
    },
    {
      title: "an option, and a change to a file",
      source:
        "FROM almalinux:9\nRUN dnf config-manager --save --setopt=*.«gpgcheck=0»\nRUN sed -i 's/gpgcheck=1/«gpgcheck=0»/' /etc/yum.repos.d/a.repo\n",
      fixed:
        "FROM almalinux:9\nRUN dnf config-manager --save --setopt=*.gpgcheck=1\nRUN sed -i 's/gpgcheck=1/gpgcheck=0/' /etc/yum.repos.d/a.repo\n",
    },
    {
      title: "with a signed index, which is less",
      source:
        "FROM almalinux:9\nCOPY <<EOF /etc/yum.repos.d/a.repo\n[a]\nrepo_gpgcheck=1\n«gpgcheck=0»\nEOF\n",
      fixed: "FROM almalinux:9\nCOPY <<EOF /etc/yum.repos.d/a.repo\n[a]\nrepo_gpgcheck=1\ngpgcheck=1\nEOF\n",
    },
    {
      title: "zypper",
      source:
        "FROM opensuse/leap:15.6\nRUN zypper «--no-gpg-checks» install -y a && zypper «--gpg-auto-import-keys» refresh\nRUN zypper addrepo «-G» https://example.com/ a\n",
      fixed:
        "FROM opensuse/leap:15.6\nRUN zypper install -y a && zypper refresh\nRUN zypper addrepo https://example.com/ a\n",
    },
  ],
  good: [
    {
      title: "with its key",
      source:
        "FROM almalinux:9\nCOPY <<EOF /etc/yum.repos.d/a.repo\n[a]\ngpgcheck=1\nrepo_gpgcheck=0\ngpgkey=https://example.com/k\nEOF\n",
    },
    {
      title: "switched on in a file",
      source:
        "FROM almalinux:9\nRUN sed -i 's/gpgcheck=0/gpgcheck=1/' /etc/yum.repos.d/a.repo && grep -r gpgcheck=0 /etc\n",
    },
    { title: "text", source: 'FROM almalinux:9\n# gpgcheck=0\nRUN echo "gpgcheck=0"\n' },
  ],
  check(document, { report }) {
    for (const { span, instruction } of textMatches(document, unchecked, ["RUN", "COPY"])) {
      const text = document.text.slice(instruction.span.start, instruction.span.end);
      if (/\brepo_gpgcheck[ \t]{0,9}=[ \t]{0,9}1/.test(text))
        report("index", [], { at: span, severity: "low", fixes: checkFixes(document, span, text) });
      else report("unchecked", [], { at: span, fixes: checkFixes(document, span, text) });
    }
    for (const { command } of commandsMentioning(document, ["zypper"])) {
      const { unwrapped } = command;
      if (unwrapped.program !== "zypper") continue;
      const adds = operandsOf(unwrapped).some(({ value }) => value === "addrepo" || value === "ar");
      for (const word of unwrapped.arguments) {
        const at = spanOf(word.span.start, word.span.end);
        if (word.value === "--gpg-auto-import-keys") {
          if (!hasFlag(unwrapped, "", "no-gpg-checks"))
            report("imported", [], { at, severity: "low", fixes: withoutWord(document, command, word) });
        } else if (
          word.value === "--no-gpg-checks" ||
          word.value === "--allow-unsigned-rpm" ||
          (adds && /^(?:-G|--no-gpgcheck)$/.test(word.value ?? ""))
        ) {
          report("zypper", [word.value ?? ""], { at, fixes: withoutWord(document, command, word) });
        }
      }
    }
  },
});

/** Has each package checked; a repository that is written here and names no key gets a place for one. */
function checkFixes({ text }: DockerfileDocument, span: Span, around: string): readonly Fix[] {
  // What sed writes over a file: the command would do nothing any more.
  if (/[/|#,^]/.test(text[span.start - 1] ?? "")) return [];
  const value = /(?:0|no|false)$/.exec(text.slice(span.start, span.end))?.[0] ?? "";
  const on = replaceSpan(spanOf(span.end - value.length, span.end), "1");
  const isWritten = /baseurl|mirrorlist|metalink/.test(around) && !around.includes("gpgkey");
  const lineEnd = /^(?:\\\\?n|\r?\n)/.exec(text.slice(span.end, span.end + 3))?.[0];
  if (!isWritten || lineEnd === undefined) return changed("Let packages be checked", [on]);
  const key = `1${lineEnd}gpgkey=KEY_URL`;
  return fillIn("Let packages be checked", ["KEY_URL"], { ...on, text: key });
}

function withoutWord(
  document: DockerfileDocument,
  { unwrapped }: ShellCommand,
  word: ShellWord,
): readonly Fix[] {
  const words = unwrapped.arguments;
  const before = words[words.indexOf(word) - 1]?.span ?? unwrapped.name?.span;
  const span = word.exact && before ? withBlanksBefore(document, before, word.span) : undefined;
  return changed("Let packages be checked", [span && deleteSpan(span)]);
}

/** Not what a `sed` looks for: that is followed by its replacement. */
const unchecked =
  /(?<=\\n|(?<![\w/|#,^]))gpgcheck[ \t]{0,9}=[ \t]{0,9}["']?(?:0|no|false)\b(?![/|#,](?!g?["'; ]))|(?<=[/|#,^])gpgcheck[ \t]{0,9}=[ \t]{0,9}(?:0|no|false)(?=[/|#,]g?["'; ])/dg;
