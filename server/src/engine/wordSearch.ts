/**
 * Looks for all words of a list in a part of a text, in one pass.
 *
 * @param found called with the index of each word that is met, once for each time
 * @returns whether the text holds no word that is written in a way which only its reader can put together again: then any
 * word may be there
 */
export type WordSearch = (text: string, start: number, end: number, found: (word: number) => void) => boolean;

/**
 * Makes the search for a list of words. Letters count in either case; quotes, backslashes, backquotes and line breaks are
 * passed over, so that `cu"rl"` and a word that goes on behind a continuation are found as well.
 *
 * The words' beginnings are the states of an automaton (Aho and Corasick, Communications of the ACM 18, 1975) that takes
 * one step for each character, however many words there are.
 *
 * @param words in small letters, of characters from `!` to `~` that are not passed over
 */
export function createWordSearch(words: readonly string[]): WordSearch {
  const classes = classesOf(words);
  const width = classes.reduce((most, one) => Math.max(most, one), 0) + 1;
  const { next, ends } = automatonOf(words, classes, width);
  return (text, start, end, found) => {
    let state = 0;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      const known = code < 128 ? classes[code]! : 0;
      if (known === passed) {
        if ((code === lineFeed && breaksWord(text, at)) || (code === backslash && text[at + 1] === "u"))
          return false;
        continue;
      }
      state = next[state * width + known]!;
      const met = ends[state];
      if (met !== undefined) for (const word of met) found(word);
    }
    return true;
  };
}

const lineFeed = 10;
const backslash = 92;
/** The class of characters that are passed over. Class 0 is of all that are in no word. */
const passed = 255;

/** A class for each character of ASCII. */
function classesOf(words: readonly string[]): Uint8Array {
  const classes = new Uint8Array(128);
  let last = 0;
  for (const character of new Set(words.join(""))) {
    last++;
    classes[character.charCodeAt(0)] = last;
    classes[character.toUpperCase().charCodeAt(0)] = last;
  }
  for (const character of "\"'`\\\r\n") classes[character.charCodeAt(0)] = passed;
  return classes;
}

interface Automaton {
  /** By state and class, the state of the longest beginning of a word that the text then ends with. */
  readonly next: Uint16Array;
  /** By state, the words that end there. */
  readonly ends: readonly (readonly number[] | undefined)[];
}

function automatonOf(words: readonly string[], classes: Uint8Array, width: number): Automaton {
  const most = words.reduce((sum, { length }) => sum + length, 1);
  const next = new Uint16Array(most * width);
  const ends: (readonly number[] | undefined)[] = [undefined];
  /** By word, the state of its beginning so far. */
  const states = words.map(() => 0);
  const longest = words.reduce((length, word) => Math.max(length, word.length), 0);
  // By length of the beginnings, since where no word has it each goes on as the shorter one that it ends with.
  for (let at = 0; at < longest; at++) {
    const made = new Map<number, { readonly state: number; readonly shorter: number }>();
    for (const [index, word] of words.entries()) {
      if (at >= word.length) continue;
      const place = states[index]! * width + classes[word.charCodeAt(at)]!;
      let one = made.get(place);
      if (one === undefined) {
        const shorter = at === 0 ? 0 : next[place]!;
        one = { state: ends.push(ends[shorter]) - 1, shorter };
        made.set(place, one);
      }
      states[index] = one.state;
      if (at === word.length - 1) ends[one.state] = [...(ends[one.state] ?? []), index];
    }
    for (const [place, { state }] of made) next[place] = state;
    for (const { state, shorter } of made.values())
      next.copyWithin(state * width, shorter * width, (shorter + 1) * width);
  }
  return { next, ends };
}

/**
 * Whether a line ends with an escape right behind a word, and that word may go on otherwise than with the next line's
 * first character: there are blanks behind the escape, or lines in between that the reader leaves out.
 */
function breaksWord(text: string, lineBreak: number): boolean {
  let at = lineBreak - 1;
  while (isBlank(text.charCodeAt(at))) at--;
  if (text[at] !== "\\" && text[at] !== "`") return false;
  const hasBlanks = at < lineBreak - 1 && !(at === lineBreak - 2 && text[lineBreak - 1] === "\r");
  if (isBlank(text.charCodeAt(at - 1)) || text[at - 1] === "\n") return false;
  if (hasBlanks) return true;
  let next = lineBreak + 1;
  while (isBlank(text.charCodeAt(next))) next++;
  return text[next] === "#" || text[next] === "\n";
}

/** A blank, a tab, or the first half of a line break. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}
