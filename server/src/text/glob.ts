/** A pattern over paths with `/`, ready to be matched. */
export interface Glob {
  /** @param path relative, with `/` */
  matches(path: string): boolean;
}

/**
 * Compiles a pattern: `*` is any run within a name, `?` one character, `[a-z]` one of a set, `\` takes the next
 * character as it is, and a part that is `**` stands for any number of folders (at the end, for all that is below).
 *
 * Matching takes at most the product of the lengths, whatever the pattern: one place to come back to is kept for the
 * last star of a name, and one for the last `**`.
 */
export function compileGlob(pattern: string): Glob {
  const parts = splitParts(pattern).map(compilePart);
  // A trailing `**` means what is below, not the folder itself.
  if (parts.at(-1) === "any") parts.push(compilePart("*"));
  return { matches: (path) => matchParts(parts, path.split("/")) };
}

/** Whether a pattern matches a whole name or path: {@link compileGlob} for a pattern that is used once. */
export function matchesGlob(pattern: string, path: string): boolean {
  return compileGlob(pattern).matches(path);
}

/** Splits at slashes, but not at escaped ones or within a set. */
function splitParts(pattern: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === "\\") i++;
    else if (pattern[i] === "/") {
      parts.push(pattern.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(pattern.slice(start));
  return parts;
}

type Token =
  | { readonly kind: "star" }
  | { readonly kind: "one" }
  | { readonly kind: "character"; readonly code: number }
  | {
      readonly kind: "set";
      readonly negated: boolean;
      readonly ranges: readonly (readonly [number, number])[];
    };

/** `any` is `**`; a string is a name without wildcards. */
type Part = "any" | { readonly literal: string } | { readonly tokens: readonly Token[] };

function compilePart(part: string): Part {
  if (part === "**") return "any";
  const tokens: Token[] = [];
  for (let i = 0; i < part.length; i++) {
    const char = part[i]!;
    const set = char === "[" ? compileSet(part, i) : undefined;
    if (set !== undefined) {
      tokens.push(set.token);
      i = set.end;
    } else if (char === "*") {
      if (tokens.at(-1)?.kind !== "star") tokens.push({ kind: "star" });
    } else if (char === "?") tokens.push({ kind: "one" });
    else {
      if (char === "\\" && i + 1 < part.length) i++;
      tokens.push({ kind: "character", code: part.charCodeAt(i) });
    }
  }
  const codes = tokens.map((token) =>
    token.kind === "character" ? String.fromCharCode(token.code) : undefined,
  );
  return codes.every((code) => code !== undefined) ? { literal: codes.join("") } : { tokens };
}

/** A set from its `[` on, or `undefined` where it is not closed: then `[` is a character like any other. */
function compileSet(part: string, open: number): { readonly token: Token; readonly end: number } | undefined {
  let at = open + 1;
  const negated = part[at] === "!" || part[at] === "^";
  if (negated) at++;
  const ranges: [number, number][] = [];
  for (let first = true; at < part.length; first = false) {
    if (part[at] === "]" && !first) return { token: { kind: "set", negated, ranges }, end: at };
    if (part[at] === "\\" && at + 1 < part.length) at++;
    const from = part.charCodeAt(at);
    let to = from;
    if (part[at + 1] === "-" && at + 2 < part.length && part[at + 2] !== "]") {
      at += 2;
      if (part[at] === "\\" && at + 1 < part.length) at++;
      to = part.charCodeAt(at);
    }
    ranges.push([from, to]);
    at++;
  }
  return undefined;
}

function matchParts(parts: readonly Part[], names: readonly string[]): boolean {
  let p = 0;
  let n = 0;
  let anyAt = -1;
  let resume = 0;
  while (n < names.length) {
    const part = parts[p];
    if (part === "any") {
      anyAt = p++;
      resume = n;
    } else if (part !== undefined && matchName(part, names[n]!)) {
      p++;
      n++;
    } else if (anyAt >= 0) {
      n = ++resume;
      p = anyAt + 1;
    } else return false;
  }
  return p === parts.length;
}

function matchName(part: Exclude<Part, "any">, name: string): boolean {
  if ("literal" in part) return part.literal === name;
  const { tokens } = part;
  let t = 0;
  let n = 0;
  let starAt = -1;
  let resume = 0;
  while (n < name.length) {
    const token = tokens[t];
    if (token?.kind === "star") {
      starAt = t++;
      resume = n;
    } else if (token !== undefined && matchCharacter(token, name.charCodeAt(n))) {
      t++;
      n++;
    } else if (starAt >= 0) {
      n = ++resume;
      t = starAt + 1;
    } else return false;
  }
  while (tokens[t]?.kind === "star") t++;
  return t === tokens.length;
}

function matchCharacter(token: Exclude<Token, { kind: "star" }>, code: number): boolean {
  if (token.kind === "one") return true;
  if (token.kind === "character") return token.code === code;
  return token.ranges.some(([from, to]) => from <= code && code <= to) !== token.negated;
}
