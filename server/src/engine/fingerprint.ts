import { hashOf } from "../text/hash";
import type { Lines } from "../text/lines";
import type { Finding } from "./finding";

/**
 * Names for findings that stay when lines above them move: a hash of the rule, of the text of the finding's line
 * without white space, and of its position among equal ones.
 *
 * For findings about secrets the marked text is left out, so that nothing can be learnt of the secret by guessing.
 * @returns one fingerprint of 16 hexadecimal digits for each finding, in their order
 */
export function fingerprintsOf(text: string, lines: Lines, findings: readonly Finding[]): readonly string[] {
  const secrets = findings.filter((finding) => finding.category === "secrets").map((finding) => finding.span);
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { start, end } = lines.contentOf(lines.at(finding.span.start).line);
    let line = text.slice(start, end);
    for (const span of secrets) {
      if (span.end <= start || span.start >= end) continue;
      const from = Math.max(0, span.start - start);
      line =
        line.slice(0, from) +
        "\u0000".repeat(Math.min(end, span.end) - start - from) +
        line.slice(span.end - start);
    }
    const subject = `${finding.rule}\n${line.replace(/[\s\u0000]+/g, "")}`;
    const count = seen.get(subject) ?? 0;
    seen.set(subject, count + 1);
    return hashOf(`${subject}\n${count}`);
  });
}
