import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { Span } from "../../text/span";

/**
 * The span to delete so that a word goes together with the blanks after it, continued lines included.
 * @param next the word that follows
 * @returns undefined where a comment or anything else stands between the two
 */
export function withBlanksAfter(document: DockerfileDocument, word: Span, next: Span): Span | undefined {
  return isBlank(document.text.slice(word.end, next.start))
    ? { start: word.start, end: next.start }
    : undefined;
}

/**
 * The span to delete so that a word goes together with the blanks before it, continued lines included.
 * @param previous the word before it
 * @returns undefined where a comment or anything else stands between the two
 */
export function withBlanksBefore(document: DockerfileDocument, previous: Span, word: Span): Span | undefined {
  return isBlank(document.text.slice(previous.end, word.start))
    ? { start: previous.end, end: word.end }
    : undefined;
}

function isBlank(text: string): boolean {
  return /^[\s\\`]*$/.test(text);
}
