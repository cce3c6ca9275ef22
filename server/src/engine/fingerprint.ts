import { hashOf } from "../text/hash";
import type { Lines } from "../text/lines";
import type { Span } from "../text/span";
import type { Analysis } from "./analyse";
import type { Finding } from "./finding";

/**
 * Names for findings that stay when lines above them move: a hash of the rule, of the text of the finding's line
 * without white space and without the names of stages, and of its position among equal ones.
 *
 * Secrets are left out, so that nothing can be learnt of one by guessing, and a changed password is the same finding.
 * @param findings of the document, all that were found, the silenced ones as well: equal ones are told apart by their
 *   order in the text, whatever became of them
 * @param secrets the places of all secrets in the text, whichever rules have run
 * @returns one fingerprint of 16 hexadecimal digits for each finding, in their order
 */
export function fingerprintsOf(
  document: Analysis["document"],
  findings: readonly Finding[],
  secrets: readonly Span[],
): readonly string[] {
  const { text, lines } = document;
  const withoutStages = stageRemover(document);
  const seen = new Map<string, number>();
  const prints = new Map<Finding, string>();
  // Several rules find something in one line.
  const known = new Map<number, string>();
  const subjectOf = (at: number): string => {
    const line = lines.at(at).line;
    const subject =
      known.get(line) ??
      withoutStages(withoutSecrets(text, lines, line, secrets)).replace(/[\s\u0000]+/g, "");
    known.set(line, subject);
    return subject;
  };
  for (const finding of [...findings].sort((a, b) => a.span.start - b.span.start)) {
    const subject = `${finding.rule}\n${subjectOf(finding.span.start)}`;
    const count = seen.get(subject) ?? 0;
    seen.set(subject, count + 1);
    prints.set(finding, hashOf(`${subject}\n${count}`));
  }
  return findings.map((finding) => prints.get(finding) ?? "");
}

function withoutSecrets(text: string, lines: Lines, at: number, secrets: readonly Span[]): string {
  const { start, end } = lines.contentOf(at);
  let line = text.slice(start, end);
  for (const secret of secrets) {
    if (secret.end <= start || secret.start >= end) continue;
    const from = Math.max(0, secret.start - start);
    const to = Math.min(end, secret.end) - start;
    line = line.slice(0, from) + "\u0000".repeat(to - from) + line.slice(to);
  }
  return line;
}

/** Takes the names of a Dockerfile's stages out of a line, so that a stage can be renamed. */
function stageRemover(document: Analysis["document"]): (line: string) => string {
  if (document.language !== "dockerfile") return (line) => line;
  const names = new Set(document.stages.flatMap(({ name }) => name?.toLowerCase() ?? []));
  if (names.size === 0) return (line) => line;
  return (line) =>
    line.replace(
      /(\bfrom[= \t]|[ \t]as[ \t])([ \t]*)([A-Za-z0-9_.-]+)/gi,
      (all, before: string, blank, name: string) =>
        names.has(name.toLowerCase()) ? `${before}${blank}#` : all,
    );
}
