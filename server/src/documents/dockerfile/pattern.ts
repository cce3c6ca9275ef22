/** Steps that pattern matching may still take; below zero the result is worth nothing. */
export interface Work {
  left: number;
}

interface Token {
  readonly kind: "any" | "one" | "char";
  readonly char: string;
}

/**
 * Removes a shell pattern (`*`, `?`, backslash escapes) from one end of a value, as `${X#p}` and its kin do.
 * @param longest `##` and `%%`
 * @returns undefined where the pattern is invalid or the work ran out
 */
export function removePattern(
  value: string,
  pattern: string,
  from: "start" | "end",
  longest: boolean,
  work: Work,
): string | undefined {
  const tokens = tokensOf(pattern);
  if (tokens === undefined) return undefined;
  const chars = [...value];
  if (from === "end") {
    chars.reverse();
    tokens.reverse();
  }
  const end = matchEnd(chars, 0, tokens, longest, work);
  if (work.left < 0) return undefined;
  if (end < 0) return value;
  const rest = chars.slice(end);
  return (from === "end" ? rest.reverse() : rest).join("");
}

/** Replaces the first or every match of a shell pattern, each as long as possible, as `${X/p/r}` and `${X//p/r}` do. */
export function replacePattern(
  value: string,
  pattern: string,
  replacement: string,
  all: boolean,
  work: Work,
): string | undefined {
  const tokens = tokensOf(pattern);
  if (tokens === undefined) return undefined;
  const chars = [...value];
  let result = "";
  let done = false;
  let at = 0;
  while (at <= chars.length) {
    const end = done ? -1 : matchEnd(chars, at, tokens, true, work);
    if (work.left < 0) return undefined;
    if (end > at || (end === at && tokens.length === 0)) {
      result += replacement;
      done = !all;
    }
    if (end > at) at = end;
    else {
      result += chars[at] ?? "";
      at++;
    }
  }
  return result;
}

/** `undefined` for an escape that BuildKit refuses. */
function tokensOf(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  const chars = [...pattern];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!;
    if (char === "*") tokens.push({ kind: "any", char: "" });
    else if (char === "?") tokens.push({ kind: "one", char: "" });
    else if (char === "\\") {
      const next = chars[++i];
      if (next === undefined || !"*?\\}/".includes(next)) return undefined;
      tokens.push({ kind: "char", char: next });
    } else tokens.push({ kind: "char", char });
  }
  return tokens;
}

/** Where a match that begins at `from` ends, or -1: follows all ways to match at once, so that stars cost no backtracking. */
function matchEnd(
  chars: readonly string[],
  from: number,
  tokens: readonly Token[],
  longest: boolean,
  work: Work,
): number {
  let states = new Set<number>();
  let end = -1;
  addState(states, 0, tokens);
  for (let at = from; states.size > 0; at++) {
    if (states.has(tokens.length)) {
      end = at;
      if (!longest) return end;
    }
    if (at >= chars.length) break;
    work.left -= states.size;
    if (work.left < 0) return -1;
    const following = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === undefined) continue;
      if (token.kind === "any") addState(following, state, tokens);
      else if (token.kind === "one" || token.char === chars[at]) addState(following, state + 1, tokens);
    }
    states = following;
  }
  return end;
}

function addState(states: Set<number>, from: number, tokens: readonly Token[]): void {
  let state = from;
  while (!states.has(state)) {
    states.add(state);
    if (tokens[state]?.kind !== "any") return;
    state++;
  }
}
