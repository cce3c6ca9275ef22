/** A half-open range of a document: UTF-16 offsets, `start` included, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf(start: number, end: number): Span {
  return { start, end };
}

/**
 * A span brought within a text and out of the middle of a character that takes two UTF-16 units: libraries that count
 * otherwise may point there.
 */
export function spanWithin(text: string, start: number, end: number): Span {
  const from = characterStart(text, Math.max(0, Math.min(start, text.length)));
  return { start: from, end: Math.max(from, characterStart(text, Math.min(end, text.length))) };
}

/** The offset, or the one before it where it parts a surrogate pair. */
function characterStart(text: string, offset: number): number {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  const parts = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return parts ? offset - 1 : offset;
}

/** The span at a distance, in UTF-16 units. */
export function movedSpan(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** Whether `inner` lies wholly within `outer`; equal spans contain each other. */
export function containsSpan(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether an offset lies in the span; the end counts, as a cursor after the last character does. */
export function touchesOffset(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Whether two spans share at least one character, or one is empty and lies within the other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Orders spans by start, then by end. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}
