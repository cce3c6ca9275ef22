import { rememberByLines } from "../../../text/rememberByLines";
import { movedSpan, type Span } from "../../../text/span";
import type { TokenFormat } from "./tokenFormat";
import { tokenFormats } from "./tokenFormats";

/** A text that has the form of one provider's tokens. The span covers the token and nothing around it. */
export interface FoundToken {
  /** The format's id: `github-personal-access-token`. */
  readonly id: string;
  readonly provider: string;
  /** UTF-16 offsets into the searched text. */
  readonly span: Span;
}

/**
 * Finds tokens of known providers by their fixed prefixes. Values that providers print in their documentation, and
 * obviously made-up ones, are no findings.
 *
 * Time is linear: each place is looked at once for a prefix, and a pattern reads a bounded number of characters.
 *
 * @param text anything, a whole file as well
 * @returns in the order of the text, never overlapping
 */
export const findTokens: (text: string) => readonly FoundToken[] = rememberByLines(tokensIn, (token, by) => ({
  ...token,
  span: movedSpan(token.span, by),
}));

function tokensIn(text: string): readonly FoundToken[] {
  const found: FoundToken[] = [];
  let second = text.charCodeAt(0);
  for (let index = 0; index < text.length - 1; index++) {
    const first = second;
    second = text.charCodeAt(index + 1);
    const number = startNumbers[startKey(first, second)]!;
    if (number === 0) continue;
    const start = starts[number];
    if (start === undefined || (!start.hasLead && isWithinWord(text, index))) continue;
    const token = tokenAt(text, index, start.formats);
    if (!token) continue;
    const previous = found[found.length - 1];
    if (previous && previous.span.end > token.span.start) continue;
    found.push(token);
    index = token.span.end - 1;
    second = index + 1 < text.length ? text.charCodeAt(index + 1) : 0;
  }
  return found;
}

/** The formats that share the first two characters of their prefix. */
interface Start {
  readonly formats: TokenFormat[];
  /** Whether one of them has characters before its prefix, so that it may begin within a word. */
  hasLead: boolean;
}

/** The number 0 stands for no start: most pairs of characters begin no token. */
const starts: (Start | undefined)[] = [undefined];

/** Numbers in {@link starts} by {@link startKey}: prefixes are ASCII. */
const startNumbers = new Uint8Array(128 * 128);

for (const format of tokenFormats) {
  const key = startKey(format.prefix.charCodeAt(0), format.prefix.charCodeAt(1));
  if (startNumbers[key] === 0) startNumbers[key] = starts.push({ formats: [], hasLead: false }) - 1;
  const start = starts[startNumbers[key]!]!;
  start.formats.push(format);
  start.hasLead ||= format.lead !== undefined;
}

/** 0, which no prefix has, for characters beyond ASCII. */
function startKey(first: number, second: number): number {
  return first < 128 && second < 128 ? first * 128 + second : 0;
}

/** Whether the character before a place is one of a word. */
function isWithinWord(text: string, index: number): boolean {
  return index > 0 && isWordCharacter(text.charCodeAt(index - 1));
}

function tokenAt(text: string, index: number, candidates: readonly TokenFormat[]): FoundToken | undefined {
  for (const format of candidates) {
    if (!text.startsWith(format.prefix, index)) continue;
    const lead = format.lead === undefined ? 0 : leadLength(text, index, format.lead);
    if (lead === undefined || isWithinWord(text, index - lead)) continue;
    format.pattern.lastIndex = index;
    const match = format.pattern.exec(text)?.[0];
    if (match === undefined) continue;
    const start = index - lead + (format.context ?? 0);
    const end = index + match.length;
    if (isWordCharacter(text.charCodeAt(end)) || isMadeUp(text.slice(start, end), format)) continue;
    return { id: format.id, provider: format.provider, span: { start, end } };
  }
  return undefined;
}

/** How many characters before the prefix belong to the token, or undefined where they are too few. */
function leadLength(text: string, index: number, lead: NonNullable<TokenFormat["lead"]>): number | undefined {
  let length = 0;
  while (length < lead.most && length < index && lead.characters.test(text[index - length - 1] ?? ""))
    length++;
  return length >= lead.least ? length : undefined;
}

/** Letters, digits and the underscore; false for the missing character at either end of a text. */
function isWordCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
  );
}

/** Whether a token is an example: it says so, counts up, or hardly varies. */
function isMadeUp(token: string, format: TokenFormat): boolean {
  if (format.examples?.some((example) => token.includes(example))) return true;
  const body = token.slice(0, 512);
  if (/example|x{5,}|\*{3}|placeholder|redacted|dummy|your[-_]?|1234567890|0123456789|abcdefghij/i.test(body))
    return true;
  if (/(.)\1{9}/.test(body)) return true;
  const varied = new Set(token.slice(format.prefix.length, 512)).size;
  return varied < Math.min(format.leastVaried ?? 6, token.length);
}
