import type { Instruction } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt } from "../../text/edit";
import { judgeAddSource } from "../shared/addSources";
import { cisDocker, cwe, dockerBestPractices, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "add-remote-url",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ADD"] },
  title: "Files that ADD downloads are checked",
  why: `\`ADD https://…\` puts whatever the server sends into the image. Nothing is compared with what you once looked
at, so a server, domain or account that is taken over, or with \`http://\` anyone on the way, changes what you ship.

Write the checksum beside it, \`ADD --checksum=sha256:… https://… /x\`: the build then fails when the file is another
one. Git sources are pinned by a commit (\`ADD https://example.com/app.git#<commit> /x\`) and not reported here.

The fix writes \`--checksum\` for a single source and leaves the sum for you to fill in: it has to come from somebody who
has looked at the file (\`curl -fsSL https://… | sha256sum\`, beside what the publisher says). Until then the build fails.
BuildKit knows the flag; other builders may not. A download that the step checks itself is another way: \`RUN curl -fsSLo x https://… && echo "<sha256>  x" | sha256sum -c\`.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "checkov:CKV_DOCKER_4",
    "kics:curl_or_wget_instead_of_add",
    "kics:add_instead_of_copy",
    "semgrep:prefer-copy-over-add",
    "dockle:CIS-DI-0009",
    "docker-bench:4.9",
    "owasp:RULE#9",
    "cis:4.9",
    "cwe:610",
    "cwe:829",
  ],
  references: [
    {
      title: "Dockerfile reference: ADD --checksum",
      url: "https://docs.docker.com/reference/dockerfile/#add---checksum",
    },
    dockerfileReference("ADD", "add"),
    dockerBestPractices,
    cisDocker,
    cwe(829, "Inclusion of functionality from untrusted control sphere"),
  ],
  messages: {
    unchecked: () =>
      "This download is not checked, so whoever controls the server decides what is in the image",
    cleartext: () => "This download is neither encrypted nor checked, so anyone on the way can replace it",
  },
  bad: [
    {
      title: "a file",
      source: "FROM alpine:3.21\nADD «https://example.com/tool.bin» /usr/bin/tool\n",
      fixed: "FROM alpine:3.21\nADD --checksum=sha256:SHA256 https://example.com/tool.bin /usr/bin/tool\n",
    },
    {
      title: "in clear text, which is worse, and beside a local file",
      source: "FROM alpine:3.21\nADD --chmod=755 app.conf «http://example.com/x.zip» /tmp/\n",
    },
    {
      title: "a version in a variable",
      source: "FROM alpine:3.21\nARG V=1.2\nADD «https://example.com/v$V/x.tgz» /\n",
      fixed: "FROM alpine:3.21\nARG V=1.2\nADD --checksum=sha256:SHA256 https://example.com/v$V/x.tgz /\n",
    },
    {
      title: "in JSON form",
      source: 'FROM alpine:3.21\nADD [«"https://example.com/a b"», "/a b"]\n',
      fixed: 'FROM alpine:3.21\nADD --checksum=sha256:SHA256 ["https://example.com/a b", "/a b"]\n',
    },
  ],
  good: [
    {
      title: "with a checksum",
      source: `FROM alpine:3.21\nADD --checksum=sha256:${"0123456789abcdef".repeat(4)} https://example.com/x /x\n`,
    },
    {
      title: "git",
      source:
        "FROM alpine:3.21\nADD https://github.com/team/app.git#v1.2 /a\nADD git@github.com:team/app.git /b\n",
    },
    { title: "a local file", source: "FROM alpine:3.21\nADD rootfs.tar.xz /\n" },
    {
      title: "text",
      source: "FROM alpine:3.21\n# ADD https://example.com/x /x\nRUN echo ADD https://example.com\n",
    },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ADD" || instruction.flags.some(({ name }) => name === "checksum"))
        continue;
      for (const source of instruction.sources) {
        if (judgeAddSource(source) !== "remote-file") continue;
        const fixes = instruction.sources.length === 1 ? checksumFixes(instruction) : [];
        if (/^http:/i.test(source.text))
          report("cleartext", [], { at: source.span, severity: "high", fixes });
        else report("unchecked", [], { at: source.span, fixes });
      }
    }
  },
});

/** The sum is for whoever has looked at the file; a builder that gets the word in its place refuses it. */
function checksumFixes({ keywordSpan }: Instruction): readonly Fix[] {
  const edits = [insertAt(keywordSpan.end, " --checksum=sha256:SHA256")];
  return [{ title: "Check it by a checksum that you fill in", safety: "unsafe", edits, asks: ["SHA256"] }];
}
