/**
 * Builds the tables of image knowledge from collected facts. Run by hand when the facts are newer; the results
 * are committed.
 *
 *   tsx scripts/knowledge.ts BASE_IMAGES_JSON EOL_JSON AS_OF && npm run format
 *
 * AS_OF is the day of the collected state (YYYY-MM-DD). Texts are not taken over, only names, users, dates and
 * version lines; what needs judgement stands in `server/src/knowledge/officialImages.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

interface CollectedImage {
  readonly user?: string | null | { readonly default: string };
  readonly has?: readonly string[];
  readonly drops?: readonly string[];
  readonly small?: readonly string[];
  readonly os?: readonly string[];
  readonly ver?: readonly string[];
}

interface CollectedImages {
  readonly _: { readonly sources: readonly { readonly repo: string; readonly commit: string }[] };
  readonly official: Readonly<Record<string, CollectedImage>>;
  readonly removed: Readonly<Record<string, string>>;
}

type Cycle = readonly [
  string,
  string | boolean | null,
  { readonly x?: string | boolean; readonly n?: string }?,
];

interface CollectedProducts {
  readonly _: { readonly source: string; readonly commit: string };
  readonly p: Readonly<
    Record<
      string,
      { readonly l: string; readonly c: string; readonly i?: readonly string[]; readonly r: readonly Cycle[] }
    >
  >;
}

/** Products that have no image of their own on Docker Hub, but are the base of others. */
const basesOnly = new Set(["centos-stream", "dotnet", "rhel"]);

const folder = path.join(import.meta.dirname, "..", "server", "src", "knowledge");
const [imagesFile, productsFile, asOf] = process.argv.slice(2);
if (!imagesFile || !productsFile || !/^\d{4}-\d\d-\d\d$/.test(asOf ?? "")) {
  console.error("usage: tsx scripts/knowledge.ts BASE_IMAGES_JSON EOL_JSON AS_OF");
  process.exit(2);
}
const images = JSON.parse(readFileSync(imagesFile, "utf8")) as CollectedImages;
const products = JSON.parse(readFileSync(productsFile, "utf8")) as CollectedProducts;

write("images.json", {
  asOf,
  sources: images._.sources.map(({ repo, commit }) => `https://github.com/${repo}/tree/${commit}`),
  official: mapEntries(images.official, officialEntry),
  removed: mapEntries(images.removed, (date, name) => (/^[a-z]/.test(name) ? date : undefined)),
});
write("endOfLife.json", {
  asOf,
  source: `${products._.source}/tree/${products._.commit}`,
  products: mapEntries(products.p, (product, slug) =>
    product.i === undefined && !basesOnly.has(slug)
      ? undefined
      : {
          label: product.l,
          kind: product.c,
          images: product.i ?? [],
          cycles: product.r.flatMap(cycleText).join(" "),
        },
  ),
  codenames: codenames(["debian", "ubuntu"]),
});

/** The user is left out where it is unknown or differs from tag to tag. */
function officialEntry(image: CollectedImage): object {
  const { user, has, drops, small, os, ver } = image;
  return {
    ...(typeof user === "string" ? { user } : {}),
    ...(has ? { users: has } : {}),
    ...(drops?.[0] ? { drops: drops[0] } : {}),
    ...(small ? { smaller: small } : {}),
    ...(os ? { suites: os } : {}),
    ...(ver ? { versions: ver } : {}),
  };
}

/** `cycle=end` or `cycle=end+extended`; an empty end is not decided yet. An end without a date is left out. */
function cycleText([cycle, end, more]: Cycle): string[] {
  if (end === true || end === null || /\s|=/.test(cycle)) return [];
  const extended = typeof more?.x === "string" && more.x !== end ? `+${more.x}` : "";
  return [`${cycle}=${end === false ? "" : end}${extended}`];
}

/** First word of a release's name, in lower case, to `product cycle`; only releases that images were made of. */
function codenames(slugs: readonly string[]): Record<string, string> {
  const rows = slugs.flatMap((slug) =>
    (products.p[slug]?.r ?? []).flatMap(([cycle, end, more]): [string, string][] => {
      const word = more?.n?.split(" ")[0]?.toLowerCase();
      return word === undefined || String(end) < "2014" ? [] : [[word, `${slug} ${cycle}`]];
    }),
  );
  return Object.fromEntries(rows);
}

function mapEntries<T>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => unknown,
): Record<string, unknown> {
  const rows = Object.entries(record).map(([key, value]): [string, unknown] => [key, map(value, key)]);
  return Object.fromEntries(
    rows.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function write(name: string, table: object): void {
  writeFileSync(path.join(folder, name), `${JSON.stringify(table)}\n`);
}
