/** A manifest whose texts are `%keys%`, and the texts. */
export interface SplitManifest {
  readonly manifest: object;
  /** English, by key: the contents of `package.nls.json`. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Parts of the manifest that hold texts for people, and the keys of these texts. */
const places: Readonly<Record<string, readonly string[]>> = {
  commands: ["title"],
  viewsContainers: ["title"],
  views: ["name", "contextualTitle"],
  viewsWelcome: ["contents"],
  walkthroughs: ["title", "description", "altText"],
  submenus: ["label"],
  languageModelTools: ["displayName", "userDescription"],
  configuration: [
    ..."title description markdownDescription enumDescriptions markdownEnumDescriptions".split(" "),
    ..."enumItemLabels deprecationMessage markdownDeprecationMessage patternErrorMessage".split(" "),
  ],
};

/** The name of the product is the same everywhere. */
const notTranslated: ReadonlySet<string> = new Set(["Plimsoll"]);

/**
 * Takes the texts of a manifest out into a file of their own, each under a key that says where it stands. Texts that are
 * keys already are put back first, so that the result is the same however often this is done.
 * @param texts what the keys that are there stand for
 */
export function splitManifest(manifest: object, texts: Readonly<Record<string, string>>): SplitManifest {
  const found: Record<string, string> = {};
  const whole = withTexts(manifest, texts) as { readonly contributes?: Readonly<Record<string, unknown>> };
  const contributes = Object.fromEntries(
    Object.entries(whole.contributes ?? {}).map(([part, value]) => {
      const keys = places[part];
      return [part, keys === undefined ? value : takeOut(value, [part], new Set(keys), found)];
    }),
  );
  return { manifest: { ...whole, contributes }, texts: found };
}

/** The same data with texts in place of keys. */
export function withTexts(value: unknown, texts: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    const key = /^%([\w.:*-]+)%$/.exec(value)?.[1];
    return key === undefined ? value : (texts[key] ?? value);
  }
  if (Array.isArray(value)) return value.map((item) => withTexts(item, texts));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner, texts)]));
}

function takeOut(
  value: unknown,
  path: readonly string[],
  keys: ReadonlySet<string>,
  found: Record<string, string>,
): unknown {
  const key = path.at(-1) ?? "";
  if (typeof value === "string") {
    const isText = keys.has(/^\d+$/.test(key) ? (path.at(-2) ?? "") : key);
    if (!isText || notTranslated.has(value) || path.includes("default")) return value;
    const name = path.filter((part) => part !== "properties").join(".");
    found[name] = value;
    return `%${name}%`;
  }
  if (Array.isArray(value))
    return value.map((item, index) => takeOut(item, [...path, nameOf(item, index)], keys, found));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, takeOut(inner, [...path, name], keys, found)]),
  );
}

/** What an item of a list is called, so that a new one before it changes no key. */
function nameOf(item: unknown, index: number): string {
  if (typeof item !== "object" || item === null) return String(index);
  for (const key of ["command", "id", "name", "view"]) {
    const name: unknown = Reflect.get(item, key);
    if (typeof name !== "string" || name.startsWith("%")) continue;
    return key === "view" ? `${name}.${index}` : name;
  }
  return String(index);
}
