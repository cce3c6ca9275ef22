import type { CopyInstruction, DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { spanOf } from "../../text/span";
import { isPlainAdd, judgeAddSource } from "../shared/addSources";
import { isTarName } from "../shared/archiveNames";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "add-local-archive",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ADD"] },
  title: "Archives are unpacked by a command that says so",
  why: `ADD unpacks a local tar file over the image, with the owners, permissions and links that its maker wrote, and with no
limit to its size. Whoever can put a file into the build's context decides what is overwritten, and nothing in the
Dockerfile says what will be there. The CIS Docker Benchmark asks for COPY in place of ADD for that reason.

Let a step unpack it, where options can be given and the result looked at: \`RUN --mount=type=bind,
source=app.tar.gz,target=/tmp/app.tar.gz tar -xf /tmp/app.tar.gz --no-same-owner -C /app\`.

A root file system on \`scratch\` has no other way and is not reported. An archive that your own build makes may well be
unpacked by ADD. The fix writes the step; it is not called safe, since the image may have no \`tar\`.`,
  category: "supply-chain",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: [
    "checkov:CKV_DOCKER_4",
    "semgrep:prefer-copy-over-add",
    "dockle:CIS-DI-0009",
    "docker-bench:4.9",
    "cis:4.9",
    "cwe:409",
  ],
  references: [
    dockerfileReference("ADD", "adding-local-tar-archives"),
    cisDocker,
    cwe(409, "Improper handling of highly compressed data"),
  ],
  messages: {
    unpacked: () =>
      "ADD unpacks this archive over the image, with whatever owners, links and size it comes with",
  },
  bad: [
    {
      title: "to a folder",
      source: "FROM debian:12\nADD «dist/app.tar.gz» /app/\n",
      fixed:
        "FROM debian:12\nRUN --mount=type=bind,source=dist/app.tar.gz,target=/tmp/app.tar.gz mkdir -p /app/ && tar -xf /tmp/app.tar.gz -C /app/\n",
    },
    {
      title: "several, with a variable, in JSON form, without a fix",
      source:
        'FROM debian:12\nARG V=1\nADD a.txt «b.tgz» «c-$V.tar.xz» /app/\nONBUILD ADD [«"d.tar"», "/app/"]\n',
    },
  ],
  good: [
    { title: "a root file system", source: "FROM scratch\nADD rootfs.tar.xz /\n" },
    {
      title: "from the web, or a repository",
      source: "FROM debian:12\nADD https://example.com/a.tar.gz /a/\n",
    },
    { title: "copied", source: "FROM debian:12\nCOPY a.tar.gz /a/\nADD a.gz b.zip /b/\n" },
  ],
  check(document, { report }) {
    for (const add of instructionsOf(document)) {
      if (add.keyword !== "ADD" || !isPlainAdd(add)) continue;
      if (document.stages[add.stageIndex]?.base?.target.kind === "scratch") continue;
      for (const source of add.sources) {
        const name = source.expanded.state === "known" ? source.expanded.value : source.text;
        if (!isTarName(name) || judgeAddSource(source) === "remote-file" || judgeAddSource(source) === "git")
          continue;
        report("unpacked", [], { at: source.span, fixes: fixesOf(document, add) });
      }
    }
  },
});

/** The step in place of an ADD that is simple enough: one archive, plain names, no flags. */
function fixesOf(document: DockerfileDocument, add: CopyInstruction): readonly Fix[] {
  const [source, ...more] = add.sources;
  const { destination } = add;
  if (!source || !destination || more.length > 0 || add.exec || add.onbuild || add.flags.length > 0)
    return [];
  if (![source.text, destination.text].every((text) => /^[\w./-]{1,200}$/.test(text))) return [];
  const span = spanOf(add.keywordSpan.start, destination.span.end);
  if (document.text.slice(span.start, span.end).includes("\n")) return [];
  const mounted = `/tmp/${source.text.slice(source.text.lastIndexOf("/") + 1)}`;
  const mount = `--mount=type=bind,source=${source.text},target=${mounted}`;
  const step = `RUN ${mount} mkdir -p ${destination.text} && tar -xf ${mounted} -C ${destination.text}`;
  return [{ title: "Unpack it in a step", safety: "unsafe", edits: [replaceSpan(span, step)] }];
}
