/** Bytes as JSON; `undefined` where they are none. Never throws. */
export function parseJson(bytes: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** An own property of a JSON object; `undefined` for all else. */
export function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

export function textOf(value: unknown, name: string): string | undefined {
  const property = propertyOf(value, name);
  return typeof property === "string" ? property : undefined;
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  const property = propertyOf(value, name);
  return Array.isArray(property) ? property : [];
}

/** The string properties of an object. */
export function textsOf(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map();
  return new Map(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
