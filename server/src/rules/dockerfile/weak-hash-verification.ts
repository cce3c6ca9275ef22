import type { ShellCommand, UnwrappedCommand } from "../../documents/shell/model";
import { hasFlag } from "../../documents/shell/queries";
import { defineRule } from "../../engine/rule";
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
\`sha256sum -c\`. There is no automatic fix, since the new checksum has to come from you.

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
    },
    {
      title: "shasum, which means SHA-1 where nothing is said",
      source: 'FROM debian:12\nRUN echo "$SHA *x.tgz" | «shasum -c -»\n',
    },
    {
      title: "compared by hand",
      source: "FROM debian:12\nRUN «md5sum x.tgz» | grep -q 0123 && «openssl sha1 x.tgz» | grep -q 4567\n",
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
      report("weak", [algorithm], { at });
    }
  },
});

function comparesWeakly({ unwrapped, pipeline, pipelineIndex }: ShellCommand): boolean {
  if (weakHash(unwrapped) === undefined) return false;
  const next = pipeline[pipelineIndex + 1]?.unwrapped.program ?? "";
  return hasFlag(unwrapped, "c", "check") || /^(?:e?grep|fgrep)$/.test(next);
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
