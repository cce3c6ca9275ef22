import { maxMaskedTexts } from "../limits";
import type { Span } from "../text/span";

/** What a reader sees in place of a secret, however long it is. */
export const maskText = "•••";

/**
 * A text in which secrets are filled in, of the same length, so that offsets still hold.
 *
 * Line breaks stay. What stands in a span and is long enough to be more than a common word is filled in wherever it
 * stands again.
 * @param spans of the secrets
 */
export function fillSecrets(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const units = text.split("");
  const fillIn = (start: number, end: number): void => {
    for (let i = Math.max(0, start); i < end && i < units.length; i++) {
      if (units[i] !== "\n" && units[i] !== "\r") units[i] = filler;
    }
  };
  for (const span of spans) fillIn(span.start, span.end);
  for (const secret of secretTexts(text, spans)) {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
      fillIn(at, at + secret.length);
    }
  }
  return units.join("");
}

/** The distinct texts of secrets that must not turn up anywhere else. */
export function secretTexts(text: string, spans: readonly Span[]): readonly string[] {
  const values = new Set<string>();
  for (const span of spans) {
    const value = text.slice(span.start, span.end).replace(/^["']|["']$/g, "");
    if (value.length >= shortestTelling && values.size < maxMaskedTexts) values.add(value);
  }
  return [...values];
}

/** A filled-in text as a reader sees it: each run of filling becomes {@link maskText}. */
export function showFilled(text: string): string {
  return text.includes(filler) ? text.replace(fillerRuns, maskText) : text;
}

/** A private-use character: real files do not hold it, and if one does, it is masked. */
const filler = "\ue000";
const fillerRuns = /\ue000+/g;

/** Below this length a text is as likely a word that stands elsewhere for its own reasons. */
const shortestTelling = 6;
