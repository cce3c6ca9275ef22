import { maxShellCacheEntries, maxShellCacheLength } from "../../limits";
import { ownCopy } from "../../text/ownCopy";
import type { ShellScript } from "./model";
import { moveCommands } from "./move";

/**
 * The script of a text at an offset, parsed by `parse` unless the same text was parsed before. An editor asks
 * for every script of a file at each keystroke, and nearly all of them are the same text at the same or
 * another place.
 *
 * @param text what decides the script, which may be more than its own text
 * @param offset where that text stands, in UTF-16 units
 * @param parse its result must depend on nothing but the two, and hold no part of a document
 */
export function cachedScript(text: string, offset: number, parse: () => ShellScript): ShellScript {
  const known = scripts.get(text);
  if (known === undefined) {
    const script = parse();
    scripts.set(ownCopy(text), { script, offset });
    totalLength += text.length;
    makeRoom();
    return script;
  }
  // Order matters only when something has to go: below that, moving an entry to the end would be work for nothing.
  if (scripts.size * 2 > maxShellCacheEntries || totalLength * 2 > maxShellCacheLength) {
    scripts.delete(text);
    scripts.set(text, known);
  }
  return known.offset === offset ? known.script : new MovedScript(known.script, offset - known.offset);
}

/** The same script at a distance, in UTF-16 units. */
export function movedScript(script: ShellScript, by: number): ShellScript {
  const original = originalOf(script);
  const distance = script.span.start - original.span.start + by;
  return distance === 0 ? original : new MovedScript(original, distance);
}

/**
 * The script of the same text that was read first, wherever it stands: the same object for each of them as long as the
 * text is remembered, so that what is learnt of a script without looking at places can be remembered with it.
 */
export function originalOf(script: ShellScript): ShellScript {
  return script instanceof MovedScript ? script.original() : script;
}

/**
 * A script at another place. Most scripts of a document are asked for no command by their place, so the commands are
 * moved only when one is.
 */
class MovedScript implements ShellScript {
  readonly dialect: ShellScript["dialect"];
  readonly span: ShellScript["span"];
  readonly incomplete: boolean;
  // Not a weak map from scripts to originals: new scripts come with every keystroke, and an entry keeps its dead script
  // alive until the next full garbage collection, which made the small collections between take longer than the rules.
  readonly #original: ShellScript;
  #commands: ShellScript["commands"] | undefined;

  constructor(original: ShellScript, by: number) {
    const { dialect, span, incomplete } = original;
    this.dialect = dialect;
    this.span = { start: span.start + by, end: span.end + by };
    this.incomplete = incomplete;
    this.#original = original;
  }

  get commands(): ShellScript["commands"] {
    this.#commands ??= moveCommands(this.#original.commands, this.span.start - this.#original.span.start);
    return this.#commands;
  }

  original(): ShellScript {
    return this.#original;
  }
}

/** In order of last use, since a map keeps the order of insertion. */
const scripts = new Map<string, { readonly script: ShellScript; readonly offset: number }>();
let totalLength = 0;

function makeRoom(): void {
  for (const text of scripts.keys()) {
    if (scripts.size <= maxShellCacheEntries && totalLength <= maxShellCacheLength) return;
    scripts.delete(text);
    totalLength -= text.length;
  }
}
