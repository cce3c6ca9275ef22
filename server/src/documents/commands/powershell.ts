import type { ScriptSource } from "./script";

/**
 * The commands of container engines in a script of PowerShell, each as the script of a POSIX shell that means the same, as
 * far as its words are written out: a backtick before a line break becomes a backslash, `$env:NAME` and `@splatted` become
 * variables, doubled quotes and Windows paths are escaped. All else of the script is passed over.
 */
export function engineCommandsIn(source: ScriptSource): readonly ScriptSource[] {
  const { text } = source;
  const found: ScriptSource[] = [];
  let begins = true;
  for (let at = 0; at < text.length; ) {
    const skipped = skipAside(text, at);
    if (skipped > at) {
      // A program may stand in quotes behind the call operator; what it is then is not literal enough.
      begins &&= /\s/.test(text[at]!) || text[at] === "#" || text.startsWith("<#", at);
      begins ||= text.slice(at, skipped).includes("\n");
      at = skipped;
    } else if (begins && engineAt(text, at)) {
      const command = readCommand(source, at);
      found.push(command.script);
      at = Math.max(command.end, at + 1);
      begins = false;
    } else {
      begins = /[;{}(|&=]/.test(text[at]!);
      at++;
    }
  }
  return found;
}

const engine = /(?:docker(?:-compose)?|dockerd|podman|nerdctl)(?:\.exe)?(?=[ \t])/iy;

function engineAt(text: string, at: number): boolean {
  engine.lastIndex = at;
  return engine.test(text);
}

/** The end of blanks, a comment, a text or a here-string that begins at an offset; the offset itself where none does. */
function skipAside(text: string, at: number): number {
  const character = text[at]!;
  if (/\s/.test(character)) return at + 1;
  if (text.startsWith("<#", at)) return endOf(text, "#>", at + 2);
  if (character === "#" && (at === 0 || /[\s;{}()]/.test(text[at - 1]!))) return lineEnd(text, at);
  if (text.startsWith('@"', at)) return endOf(text, '\n"@', at + 2);
  if (text.startsWith("@'", at)) return endOf(text, "\n'@", at + 2);
  if (character === "`") return at + 2;
  return character === '"' || character === "'" ? quoteEnd(text, at) : at;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  return found < 0 ? text.length : found;
}

function quoteEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "`" && quote === '"') at++;
    else if (text[at] === quote && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

interface Output {
  text: string;
  readonly offsets: number[];
}

/** Writes a command anew, up to its end: a line break, a separator, or the bracket that closes what it stands in. */
function readCommand(
  source: ScriptSource,
  start: number,
): { readonly script: ScriptSource; readonly end: number } {
  const { text } = source;
  const out: Output = { text: "", offsets: [] };
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at]!;
    const isWordStart = at === start || /\s/.test(text[at - 1]!);
    if (depth === 0 && (/[;|})]/.test(character) || text.startsWith("&&", at))) break;
    if (character === "#" && isWordStart) break;
    if (character === "\n") break;
    if (/[({]/.test(character)) depth++;
    if (/[)}]/.test(character)) depth--;
    if (character === '"' || character === "'") {
      const end = quoteEnd(text, at);
      writeQuoted(out, text, at, end);
      at = end;
    } else if (character === "@" && isWordStart && /\w/.test(text[at + 1] ?? "")) at = write(out, "$", at);
    else at = writePlain(out, text, at);
  }
  const { places } = source;
  const isPlaced = Array.isArray(places);
  return {
    end: at,
    script: {
      ...source,
      text: out.text,
      places: isPlaced ? out.offsets.map((offset) => places[offset] ?? 0) : places,
    },
  };
}

function write(out: Output, text: string, at: number, taken = 1): number {
  out.text += text;
  for (let index = 0; index < text.length; index++) out.offsets.push(at + Math.min(index, taken - 1));
  return at + taken;
}

/** One character, or what belongs together, outside of single quotes. */
function writePlain(out: Output, text: string, at: number): number {
  const character = text[at]!;
  const next = text[at + 1] ?? "";
  if (character === "`" && next === "\r") return write(out, "\\\n", at, 3);
  if (character === "`") return write(out, `\\${next}`, at, 2);
  if (character === "\\") return write(out, "\\\\", at);
  const variable = character === "$" ? /^\$\{?env:/i.exec(text.slice(at, at + 6))?.[0] : undefined;
  if (variable !== undefined) return write(out, variable.replace(":", "_"), at, variable.length);
  return character === "\r" ? at + 1 : write(out, character, at);
}

function writeQuoted(out: Output, text: string, start: number, end: number): void {
  const quote = text[start]!;
  let at = write(out, quote, start);
  const last = text[end - 1] === quote && end > start + 1 ? end - 1 : end;
  while (at < last) {
    const isDoubled = text[at] === quote && text[at + 1] === quote;
    if (isDoubled) at = write(out, quote === "'" ? "'\\''" : '\\"', at, 2);
    else at = quote === "'" ? write(out, text[at]!, at) : writePlain(out, text, at);
  }
  if (last < end) write(out, quote, last);
}
