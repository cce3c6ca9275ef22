import { maxRememberedTexts } from "../limits";
import { ownCopy } from "../text/ownCopy";

/** Says an English text in the language of the user; as it is where no translation is known. */
export type Say = (english: string) => string;

/** All texts of a language. */
export interface LanguageTexts {
  /** The English texts, with `{0}`, `{1}` … where a value is put in. */
  readonly english: readonly string[];
  /** In the same order. */
  readonly translated: readonly string[];
  /** How many of the texts, the last ones, only stand inside of others: alone they would match nearly anything. */
  readonly inner: number;
}

/** A text with values, as its fixed parts: one more than it has values. */
interface Template {
  readonly parts: readonly string[];
  /** Which value stands behind each part but the last. */
  readonly order: readonly number[];
  readonly translated: string;
  readonly inner: boolean;
}

/** A translation. */
interface Said {
  readonly said: string;
  /** How many values of several words in it are not known, so that they stay English. */
  readonly strange: number;
}

/** What stands between texts that have nothing to do with one another: no text of ours goes across it. */
const between = " · ";

/** Longer texts are no messages. UTF-16 code units. */
const longest = 4_000;

/** A value may be a text with values. */
const deepest = 3;

/**
 * Finds for a finished English text the one that it was made from, and makes the translation with the same values. A
 * value that is a text of ours is translated as well; one that is a single word never is, since it may be a name.
 *
 * Fixed parts are looked for from left to right and never twice, so that the time is linear in the text for each template.
 */
export function createSay({ english, translated, inner }: LanguageTexts): Say {
  const exact = new Map<string, string>();
  const templates: Template[] = [];
  for (const [index, text] of english.entries()) {
    const other = translated[index];
    if (other === undefined) continue;
    const { parts, order } = split(text);
    if (order.length === 0) exact.set(text, other);
    else templates.push({ parts, order, translated: other, inner: index >= english.length - inner });
  }
  // What says most is what was meant: "{0} is denied by the policy: {1}" before "{0}: {1}".
  templates.sort((a, b) => fixedLength(b) - fixedLength(a));

  const translate = (text: string, depth: number): Said => {
    const known = exact.get(text);
    if (known !== undefined) return { said: known, strange: 0 };
    if (text.length > longest || depth > deepest) return unknown(text);
    // What knows most of the text was meant: a list of clauses may look like "{0} and {1}" as a whole.
    let best: Said | undefined;
    for (const way of [apart, whole, asSentence, clauses]) {
      const said = way(text, depth);
      if (said === undefined || (best !== undefined && best.strange <= said.strange)) continue;
      best = said;
      if (best.strange === 0) break;
    }
    return best ?? unknown(text);
  };
  /** The translation of a text that is one of ours as a whole. */
  const whole = (text: string, depth: number): Said | undefined => {
    const known = exact.get(text);
    if (known !== undefined) return { said: known, strange: 0 };
    let best: Said | undefined;
    for (const template of templates) {
      if (template.inner && depth === 0) continue;
      const values = valuesIn(text, template, exact);
      if (values === undefined) continue;
      const inner = values.map((value) => inside(value, depth + 1));
      // Several may fit where a value holds the words of another text: then most of its values are not known.
      const strange = sumOf(inner);
      if (best !== undefined && best.strange <= strange) continue;
      const said = template.translated.replace(
        /\{(\d)\}/g,
        (_, number: string) => inner[Number(number)]?.said ?? "",
      );
      best = { said, strange };
      if (strange === 0) break;
    }
    return best;
  };
  /** A text that lost its full stop or its capital when it was put into another one. */
  const asSentence = (text: string, depth: number): Said | undefined => {
    const capital = text.charAt(0).toUpperCase() + text.slice(1);
    for (const form of new Set([text, capital])) {
      const stopped = whole(`${form}.`, depth);
      if (stopped !== undefined) return { ...stopped, said: stopped.said.replace(/[.\u3002]$/, "") };
    }
    return capital === text ? undefined : whole(capital, depth);
  };
  const apart = (text: string, depth: number): Said | undefined =>
    text.includes(between) ? joined(text, between, depth) : undefined;
  const clauses = (text: string, depth: number): Said | undefined => {
    if (depth > 0 && text.includes("; ")) return joined(text, "; ", depth);
    if (!text.endsWith("…") || text.length === 1) return undefined;
    const { said, strange } = translate(text.slice(0, -1), depth + 1);
    return { said: `${said}…`, strange };
  };
  const inside = (value: string, depth: number): Said =>
    value.includes(" ") ? translate(value, depth) : { said: value, strange: 0 };
  const joined = (text: string, separator: string, depth: number): Said => {
    const parts = text.split(separator).map((part) => inside(part, depth + 1));
    return { said: parts.map(({ said }) => said).join(separator), strange: sumOf(parts) };
  };

  const remembered = new Map<string, string>();
  return (text) => {
    const before = remembered.get(text);
    if (before !== undefined) return before;
    const { said } = translate(text, 0);
    if (remembered.size >= maxRememberedTexts) remembered.clear();
    remembered.set(ownCopy(text), ownCopy(said));
    return said;
  };
}

function unknown(text: string): Said {
  return { said: text, strange: 1 };
}

function sumOf(parts: readonly Said[]): number {
  return parts.reduce((sum, { strange }) => sum + strange, 0);
}

function split(text: string): Pick<Template, "parts" | "order"> {
  const pieces = text.split(/\{(\d)\}/);
  return {
    parts: pieces.filter((_, index) => index % 2 === 0),
    order: pieces.filter((_, index) => index % 2 === 1).map(Number),
  };
}

function fixedLength({ parts }: Template): number {
  return parts.reduce((length, part) => length + part.length, 0);
}

/**
 * The values by their numbers, where a text is made from a template; each has at least one character.
 * @param known texts that tell where a value begins which only a blank separates from the one before it
 */
function valuesIn(
  text: string,
  { parts, order }: Template,
  known: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  const end = text.length - last.length;
  if (end < first.length + order.length || !text.startsWith(first) || !text.endsWith(last)) return undefined;
  const values: string[] = [];
  let at = first.length;
  for (const [index, number] of order.entries()) {
    const next = parts[index + 1]!;
    const found = index === order.length - 1 ? end : text.indexOf(next, at + 1);
    if (found <= at || found > end) return undefined;
    values[number] = text.slice(at, found);
    at = found + next.length;
    const before = order[index - 1];
    if (before !== undefined && parts[index] === " ") splitAgain(values, before, number, known);
  }
  return values;
}

/** Two values with a blank between them: the second one begins where it is a text that is known. */
function splitAgain(
  values: string[],
  first: number,
  second: number,
  known: ReadonlyMap<string, string>,
): void {
  const both = `${values[first]} ${values[second]}`;
  for (let blank = both.indexOf(" "); blank > 0; blank = both.indexOf(" ", blank + 1)) {
    const rest = both.slice(blank + 1);
    if (!known.has(rest)) continue;
    values[first] = both.slice(0, blank);
    values[second] = rest;
    return;
  }
}
