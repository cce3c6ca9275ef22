import type { TextEdit } from "../text/edit";
import { movedSpan, type Span } from "../text/span";
import type { Finding, Fix, Related } from "./finding";

/** Where a place stands to the lines that changed. */
export type Side = "before" | "within" | "after";

/** Empty spans at the border belong to the change, since what is put in there may have to stand elsewhere now. */
export function sideOf(span: Span, region: Span): Side {
  if (span.end < region.start || (span.end === region.start && span.start < span.end)) return "before";
  if (span.start > region.end || (span.start === region.end && span.start < span.end)) return "after";
  return "within";
}

/**
 * A finding after an edit elsewhere; `undefined` where one of its places lies in the lines that changed.
 *
 * Half of a document's findings are moved at each keystroke, so the parts are written out: copies by spreading take ten
 * times as long.
 *
 * @param region the lines that changed, in the text before
 * @param by the UTF-16 units by which all behind them has moved
 */
export function movedFinding(finding: Finding, region: Span, by: number): Finding | undefined {
  const side = wholeSide(finding, region);
  if (side === "within") return undefined;
  if (side === "before" || by === 0) return finding;
  const { rule, severity, category, message, tag } = finding;
  const span = placeAt(finding.span, region, by);
  const fixes = finding.fixes.length === 0 ? finding.fixes : movedFixes(finding.fixes, region, by);
  const related = finding.related.length === 0 ? finding.related : movedRelated(finding.related, region, by);
  return tag === undefined
    ? { rule, severity, category, message, span, fixes, related }
    : { rule, severity, category, message, span, fixes, related, tag };
}

/** `after` where any place lies behind the change, `within` where any lies in it. */
function wholeSide(finding: Finding, region: Span): Side {
  let whole = sideOf(finding.span, region);
  for (const { edits } of finding.fixes)
    for (const edit of edits) {
      const side = sideOf(edit, region);
      if (side === "within") return side;
      if (side === "after") whole = side;
    }
  for (const { span, path } of finding.related) {
    if (path !== undefined) continue;
    const side = sideOf(span, region);
    if (side === "within") return side;
    if (side === "after" && whole === "before") whole = side;
  }
  return whole;
}

function placeAt(span: Span, region: Span, by: number): Span {
  return sideOf(span, region) === "before" ? span : movedSpan(span, by);
}

function movedFixes(fixes: readonly Fix[], region: Span, by: number): readonly Fix[] {
  const moved: Fix[] = [];
  for (const fix of fixes) {
    const edits: TextEdit[] = [];
    for (const edit of fix.edits) {
      const { start, end } = placeAt(edit, region, by);
      edits.push({ start, end, text: edit.text });
    }
    moved.push({ ...fix, edits });
  }
  return moved;
}

function movedRelated(related: readonly Related[], region: Span, by: number): readonly Related[] {
  return related.map((place) =>
    place.path === undefined ? { ...place, span: placeAt(place.span, region, by) } : place,
  );
}
