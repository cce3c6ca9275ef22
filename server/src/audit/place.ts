import { folderOf, joinRelative } from "../documents/neighbours";
import type { Analysis, SuppressedFinding } from "../engine/analyse";
import type { Finding, Fix, Related } from "../engine/finding";
import { longestPreviewLine, mostPreviewLines } from "../shown";
import { applyEdits, areDisjoint, sortEdits } from "../text/edit";
import { diffLines } from "../text/lineDiff";
import type { Lines } from "../text/lines";
import type { Span } from "../text/span";
import { excerptsOf } from "./excerpt";
import { fillSecrets, secretTexts, showFilled } from "./mask";
import type { AuditFinding, AuditFix, AuditRelated, AuditSuppressed, PreviewLine, Range } from "./result";

/** Turns what the engine says of one text into plain data with lines, columns, excerpts and previews. */
export interface Placer {
  finding(finding: Finding, fingerprint: string): AuditFinding;
  range(span: Span): Range;
}

/** The findings of one analysis, placed. */
export function placeFindings(
  analysis: Analysis,
  fingerprints: ReadonlyMap<Finding, string>,
  placer: Placer,
): { readonly findings: readonly AuditFinding[]; readonly suppressed: readonly AuditSuppressed[] } {
  const place = (finding: Finding): AuditFinding => placer.finding(finding, fingerprints.get(finding) ?? "");
  return {
    findings: analysis.findings.map(place),
    suppressed: analysis.suppressed.map((entry) => ({ finding: place(entry.finding), ...reasonOf(entry) })),
  };
}

/**
 * @param path of the file as the result names it
 * @param secrets the places of all secrets in the text: nothing placed here shows them
 */
export function createPlacer(text: string, lines: Lines, path: string, secrets: readonly Span[]): Placer {
  const filled = fillSecrets(text, secrets);
  const telling = secretTexts(text, secrets);
  const range = (span: Span): Range => rangeOf(lines, span);
  const excerptOf = excerptsOf(filled, lines);
  // Several findings may have one change as their fix, under other titles: its edits are the same list.
  const changes = new Map<Fix["edits"], Pick<AuditFix, "edits" | "preview">>();
  const change = (from: Fix): Pick<AuditFix, "edits" | "preview"> => {
    const known = changes.get(from.edits) ?? {
      edits: from.edits.map((edit) => ({
        start: edit.start,
        end: edit.end,
        text: edit.text,
        range: range(edit),
      })),
      preview: previewOf(filled, lines, from),
    };
    changes.set(from.edits, known);
    return known;
  };
  const fix = (from: Fix): AuditFix => {
    const { edits, preview } = change(from);
    const { title, safety, asks, creates } = from;
    return { title, safety, edits, ...(asks && { asks }), ...(creates && { creates }), preview };
  };
  // A fix that writes a secret again, elsewhere or otherwise, would carry it into the report.
  const tells = (from: Fix): boolean =>
    [...from.edits, ...(from.creates ? [from.creates] : [])].some((part) =>
      telling.some((value) => part.text.includes(value)),
    );
  return {
    range,
    finding: (finding, fingerprint) => ({
      rule: finding.rule,
      severity: finding.severity,
      category: finding.category,
      message: finding.message,
      range: range(finding.span),
      fixes: finding.fixes.filter((from) => isSound(from, text) && !tells(from)).map(fix),
      related: finding.related.map((related) => placeRelated(related, path, range)),
      fingerprint,
      excerpt: excerptOf(finding.span),
    }),
  };
}

/** A range with lines and columns from 1. */
export function rangeOf(lines: Lines, span: Span): Range {
  const position = (offset: number): Range["start"] => {
    const { line, column } = lines.at(offset);
    return { line: line + 1, column: column + 1, offset };
  };
  return { start: position(span.start), end: position(span.end) };
}

/** A rule's defect must not end an audit: a fix that could not be applied is not offered. */
function isSound(fix: Fix, text: string): boolean {
  return areDisjoint(sortEdits(fix.edits), text.length);
}

function reasonOf({ by }: SuppressedFinding): Omit<AuditSuppressed, "finding"> {
  if (by.kind !== "comment") {
    const { kind, ...acceptance } = by;
    return { by: kind, ...acceptance };
  }
  const { reason, until } = by.comment;
  return { by: by.kind, reason, ...(until && { until: until.date }) };
}

function placeRelated(related: Related, path: string, range: (span: Span) => Range): AuditRelated {
  if (related.path === undefined) return { message: related.message, path, range: range(related.span) };
  const root = path.startsWith("/") ? "/" : "";
  const joined = joinRelative(folderOf(path), related.path);
  const { message, range: place } = related;
  const placed = place && {
    start: { line: place.start.line + 1, column: place.start.column + 1, offset: related.span.start },
    end: { line: place.end.line + 1, column: place.end.column + 1, offset: related.span.end },
  };
  return {
    message,
    path: joined === undefined ? related.path : root + joined,
    ...(placed && { range: placed }),
  };
}

/** Compares only the lines from the first edit to the last: a fix is small, its file need not be. */
function previewOf(filled: string, lines: Lines, fix: Fix): readonly PreviewLine[] {
  if (fix.edits.length === 0) return [];
  const first = lines.at(Math.min(...fix.edits.map((edit) => edit.start))).line;
  const last = lines.at(Math.max(...fix.edits.map((edit) => edit.end))).line;
  const start = lines.startOf(first);
  const before = filled.slice(start, lines.startOf(last + 1));
  const shifted = fix.edits.map((edit) => ({
    start: edit.start - start,
    end: edit.end - start,
    text: edit.text,
  }));
  return diffLines(before, applyEdits(before, shifted))
    .flatMap((line): PreviewLine[] => {
      if (line.change === "same") return [];
      const text = showFilled(line.text.replace(/(?:\r\n|\r|\n)$/, ""));
      return [
        {
          change: line.change,
          text: text.length > longestPreviewLine ? `${text.slice(0, longestPreviewLine)}…` : text,
        },
      ];
    })
    .slice(0, mostPreviewLines);
}
