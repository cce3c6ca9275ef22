import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord, UnwrappedCommand } from "../../documents/shell/model";
import { hasFlag } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt, replaceSpan } from "../../text/edit";
import { type Span, spanOf } from "../../text/span";
import { fillIn } from "../shared/fillIn";
import { commandsMentioning } from "../shared/mentions";
import { cwe } from "../shared/references";

export default defineRule({
  id: "weak-hash-verification",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["md5", "sha1", "shasum"] },
  title: "Downloads are checked with SHA-256 or stronger",
  why: `For MD5 and SHA-1 two files with the same hash can be made. Whoever prepares a release can thus publish a
harmless file and later swap it for another with the same checksum, which the check lets through. Against somebody who
only controls the way or the mirror they still hold, so such a check is better than none.

Take the SHA-256 that the publisher names, or compute it once for the file that you have looked at, and compare with
\`sha256sum -c\`. Where the sum stands beside the command, the fix leaves a place for the new one, which has to come
from you.

A hash that is only printed, or compared with one that is computed in the same step, is not reported.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["sonar:S4790", "cis:4.11", "cwe:328", "cwe:1240"],
  references: [
    {
      title: "NIST: retiring SHA-1",
      url: "https://www.nist.gov/news-events/news/2022/12/nist-retires-sha-1-cryptographic-algorithm",
    },
    cwe(328, "Use of weak hash"),
  ],
  messages: {
    weak: (algorithm: string) =>
      `Two files with the same ${algorithm} can be made, so this check can be passed by another file`,
  },
  bad: [
    {
      title: "checksums in a pipe and in a file",
      source: 'FROM debian:12\nRUN echo "0123  x.tgz" | «md5sum -c -» && «sha1sum --check SHA1SUMS»\n',
      fixed: 'FROM debian:12\nRUN echo "SHA256  x.tgz" | sha256sum -c - && sha1sum --check SHA1SUMS\n',
    },
    {
      title: "shasum, which means SHA-1 where nothing is said",
      source: 'FROM debian:12\nRUN echo "$SHA *x.tgz" | «shasum -c -»\n',
      fixed: 'FROM debian:12\nRUN echo "SHA256 *x.tgz" | shasum -a 256 -c -\n',
    },
    {
      title: "compared by hand",
      source: "FROM debian:12\nRUN «md5sum x.tgz» | grep -q 0123 && «openssl sha1 x.tgz» | grep -q 4567\n",
      fixed:
        "FROM debian:12\nRUN sha256sum x.tgz | grep -q SHA256 && openssl sha256 x.tgz | grep -q SHA256\n",
    },
  ],
  good: [
    {
      title: "a strong one",
      source:
        'FROM debian:12\nRUN echo "0123  x" | sha256sum -c - && shasum -a 256 -c S && shasum -a512 -c T\n',
    },
    {
      title: "printed",
      source: "FROM debian:12\nRUN md5sum x > /x.md5 && sha1sum x | cut -d' ' -f1 > /version\n",
    },
    { title: "text", source: 'FROM debian:12\n# md5sum -c\nRUN echo "md5sum -c x"\n' },
  ],
  check(document, { report }) {
    for (const { command } of commandsMentioning(document, ["md5", "sha1", "shasum"], comparesWeakly, [
      "RUN",
    ])) {
      const { unwrapped } = command;
      const algorithm = weakHash(unwrapped);
      if (algorithm === undefined || !unwrapped.name) continue;
      const end = unwrapped.arguments.at(-1)?.span.end ?? unwrapped.name.span.end;
      const at = { start: unwrapped.name.span.start, end };
      report("weak", [algorithm], { at, fixes: strongerFixes(document, command) });
    }
  },
});

function comparesWeakly({ unwrapped, pipeline, pipelineIndex }: ShellCommand): boolean {
  if (weakHash(unwrapped) === undefined) return false;
  const next = pipeline[pipelineIndex + 1]?.unwrapped.program ?? "";
  return hasFlag(unwrapped, "c", "check") || /^(?:e?grep|fgrep)$/.test(next);
}

/** SHA-256 in the place of what is used, and a place for the new sum where the old one is written out beside it. */
function strongerFixes({ text }: DockerfileDocument, command: ShellCommand): readonly Fix[] {
  const { unwrapped, pipeline, pipelineIndex } = command;
  const { name, program } = unwrapped;
  const sums = [pipeline[pipelineIndex - 1], pipeline[pipelineIndex + 1]].flatMap((other) =>
    (other?.unwrapped.arguments ?? []).flatMap((word) => sumIn(text, word) ?? []),
  );
  const [sum] = sums;
  if (sums.length !== 1 || sum === undefined || !name?.exact || !name.text.endsWith(program)) return [];
  const at = spanOf(name.span.end - program.length, name.span.end);
  const first = unwrapped.arguments[0];
  const digest = program === "openssl" ? first && replaceSpan(first.span, "sha256") : undefined;
  const stronger = program === "shasum" ? insertAt(at.end, " -a 256") : replaceSpan(at, "sha256sum");
  if (program === "shasum" && unwrapped.arguments.some((word) => word.literalPrefix.startsWith("-a")))
    return [];
  return fillIn(
    "Check it by a checksum that you fill in",
    ["SHA256"],
    digest ?? stronger,
    replaceSpan(sum, "SHA256"),
  );
}

/** Where the sum stands in a word such as `"0123…  file"`, or in one of its own. */
function sumIn(text: string, { span, exact }: ShellWord): Span | undefined {
  const written = exact ? text.slice(span.start, Math.min(span.end, span.start + 500)) : "";
  const match = /^["']?([0-9a-f]{4,64}|\$\{?\w{1,60}\}?)(?=[ \t]{1,4}\*?[^\s]|["']?$)/i.exec(written);
  if (match?.[1] === undefined) return undefined;
  const start = span.start + match[0].length - match[1].length;
  return spanOf(start, start + match[1].length);
}

function weakHash(command: UnwrappedCommand): string | undefined {
  const first = command.arguments[0]?.value;
  switch (command.program) {
    case "md5sum":
      return "MD5 hash";
    case "sha1sum":
      return "SHA-1 hash";
    case "shasum":
      return /^1?$/.test(shasumAlgorithm(command)) ? "SHA-1 hash" : undefined;
    case "openssl":
      if (first === "md5" || first === "sha1") return first === "md5" ? "MD5 hash" : "SHA-1 hash";
      return undefined;
    default:
      return undefined;
  }
}

/** The value of `-a 256` or `-a256`; empty where none is given, which means SHA-1. */
function shasumAlgorithm({ arguments: words }: UnwrappedCommand): string {
  const at = words.findIndex((word) => /^-a|^--algorithm/.test(word.literalPrefix));
  const word = words[at]?.literalPrefix ?? "";
  return /^-a$|^--algorithm$/.test(word)
    ? (words[at + 1]?.literalPrefix ?? "")
    : word.replace(/^-a|^--algorithm=/, "");
}
