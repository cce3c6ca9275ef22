/** A report that cannot be relied upon: its message says what is wrong, and begins with a lower-case letter. */
export class UnreadableReport extends Error {}

/**
 * Checks that a value is what it should be, and returns it.
 * @param where names the value in a message
 * @throws UnreadableReport
 */
export type Shape<T> = (value: unknown, where: string) => T;

export const text: Shape<string> = (value, where) => {
  if (typeof value === "string") return value;
  throw wrong(where, "a text");
};

export const boolean: Shape<boolean> = (value, where) => {
  if (typeof value === "boolean") return value;
  throw wrong(where, "true or false");
};

export const truth: Shape<true> = (value, where) => {
  if (value === true) return value;
  throw wrong(where, "true");
};

/** A whole number from 0. */
export const count: Shape<number> = (value, where) => {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong(where, "a whole number");
};

export function oneOf<const T extends string | number>(wanted: readonly T[]): Shape<T> {
  return (value, where) => {
    const found = wanted.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    throw wrong(where, wanted.join(" or "));
  };
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw wrong(where, "a list");
    for (const [index, element] of value.entries()) shape(element, `${where}[${index}]`);
    return value;
  };
}

/** A member that may be missing. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

type Members = Readonly<Record<string, Shape<unknown> | Optional<unknown>>>;

type Required<M extends Members> = {
  readonly [K in keyof M as M[K] extends Shape<unknown> ? K : never]: M[K] extends Shape<infer T> ? T : never;
};

type Missable<M extends Members> = {
  readonly [K in keyof M as M[K] extends Shape<unknown> ? never : K]?: M[K] extends Optional<infer T>
    ? T
    : never;
};

/** An object with these members. It may have others, which stay: a later version may know more. */
export function object<const M extends Members>(members: M): Shape<Required<M> & Missable<M>> {
  const wanted = Object.entries(members);
  return (value, where) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(where, "an object");
    const found = value as Readonly<Record<string, unknown>>;
    for (const [name, shape] of wanted) {
      const member = Object.hasOwn(found, name) ? found[name] : undefined;
      if (typeof shape === "function") shape(member, `${where}.${name}`);
      else if (member !== undefined) shape.optional(member, `${where}.${name}`);
    }
    return value as Required<M> & Missable<M>;
  };
}

function wrong(where: string, wanted: string): UnreadableReport {
  return new UnreadableReport(`${where} is not ${wanted}`);
}
