import { maxShellCacheEntries, maxShellCacheLength } from "../../limits";
import type { ShellScript } from "./model";
import { moveScript } from "./move";

/**
 * The script of a text at an offset, parsed by `parse` unless the same text was parsed before. An editor asks
 * for every script of a file at each keystroke, and nearly all of them are the same text at the same or
 * another place. The result of `parse` must depend on nothing but the text and its offset.
 */
export function cachedScript(text: string, offset: number, parse: () => ShellScript): ShellScript {
  const known = scripts.get(text);
  if (known === undefined) {
    const script = parse();
    scripts.set(text, script);
    totalLength += text.length;
    makeRoom();
    return script;
  }
  const script = known.span.start === offset ? known : moveScript(known, offset - known.span.start);
  scripts.delete(text);
  scripts.set(text, script);
  return script;
}

/** In order of last use, since a map keeps the order of insertion. */
const scripts = new Map<string, ShellScript>();
let totalLength = 0;

function makeRoom(): void {
  for (const text of scripts.keys()) {
    if (scripts.size <= maxShellCacheEntries && totalLength <= maxShellCacheLength) return;
    scripts.delete(text);
    totalLength -= text.length;
  }
}
