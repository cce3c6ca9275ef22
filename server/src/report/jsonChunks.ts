/** A list whose elements are made one by one, as they are written. */
export interface LazyList {
  readonly [lazy]: () => Iterable<unknown>;
}

const lazy = Symbol("lazy");

/** @param elements called once for each time that the list is written */
export function lazyList(elements: () => Iterable<unknown>): LazyList {
  return { [lazy]: elements };
}

/**
 * The text of `JSON.stringify(value, undefined, 2)` and a line break, in pieces: a report of many files is longer than
 * what one string can hold.
 * @param value its lazy lists stand within plain objects and lists
 */
export function* jsonChunks(value: unknown): Generator<string> {
  yield* write(value, "\n");
  yield "\n";
}

/** @param indent a line break and the blanks that each line of the value begins with */
function* write(value: unknown, indent: string): Generator<string> {
  if (!holdsLazy(value)) {
    yield indented(value, indent);
    return;
  }
  const inner = `${indent}  `;
  if (isLazy(value) || Array.isArray(value)) {
    let separator = "[";
    for (const element of isLazy(value) ? value[lazy]() : value) {
      yield separator + inner;
      // What a lazy list holds is plain: there are many of them to look through.
      if (isLazy(value)) yield indented(element, inner);
      else yield* write(element, inner);
      separator = ",";
    }
    yield separator === "[" ? "[]" : `${indent}]`;
    return;
  }
  let separator = "{";
  for (const [key, member] of Object.entries(value as object)) {
    if (member === undefined) continue;
    yield `${separator}${inner}${JSON.stringify(key)}: `;
    yield* write(member, inner);
    separator = ",";
  }
  yield `${indent}}`;
}

function isLazy(value: unknown): value is LazyList {
  return typeof value === "object" && value !== null && lazy in value;
}

/** Lazy lists are looked for in the frame of a report alone. */
function holdsLazy(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null || depth > frameDepth) return false;
  return isLazy(value) || Object.values(value).some((member) => holdsLazy(member, depth + 1));
}

const frameDepth = 3;

/**
 * The text of a value whose lines begin with some blanks. It is written within as many lists as that takes, which are cut
 * off again: to put the blanks into a finished text takes as long as to write it.
 */
function indented(value: unknown, indent: string): string {
  const depth = (indent.length - 1) / 2;
  let framed = value;
  for (let level = 0; level < depth; level++) framed = [framed];
  const text = JSON.stringify(framed, undefined, 2) ?? "null";
  // Each list begins with a bracket, a line break and the blanks of the next, and ends with a line break, its own blanks
  // and a bracket.
  const head = depth * (depth + 3);
  const tail = depth * (depth + 1);
  return text.slice(head, text.length - tail);
}
