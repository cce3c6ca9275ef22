import { parse } from "yaml";
import { inOrder, type Product, type ProductTable } from "./tables";

/** A product as endoflife.date writes it: the front matter of `products/*.md`. */
interface Written {
  readonly title?: unknown;
  readonly category?: unknown;
  readonly identifiers?: readonly { readonly purl?: unknown }[];
  readonly releases?: readonly Release[];
}

interface Release {
  readonly releaseCycle?: unknown;
  readonly codename?: unknown;
  /** A day, or whether it has ended. */
  readonly eol?: unknown;
  /** The same of extended support. */
  readonly eoes?: unknown;
}

/**
 * The table of ends of life anew. Which products it has, and which images are theirs, was decided by people and stays; images
 * that the source names itself come in.
 *
 * @param files the texts of `products/*.md`, by name without the ending
 * @returns the table, and products that could not be read or that somebody should look at
 */
export function readProducts(
  files: ReadonlyMap<string, string>,
  before: ProductTable,
  state: Pick<ProductTable, "asOf" | "source">,
): { readonly table: ProductTable; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const products: Record<string, Product> = {};
  const codenames: Record<string, string> = {};
  for (const [slug, text] of files) {
    const written = frontMatter(text);
    const known = before.products[slug];
    const images = imagesOf(written);
    if (known === undefined) {
      if (images.some((image) => !image.includes("/")))
        notes.push(`${slug}: not in the table, though ${images.join(", ")} is its image`);
      continue;
    }
    const { releases = [] } = written;
    const cycles = releases.flatMap(cycleOf);
    if (cycles.length === 0) {
      notes.push(`${slug}: no release could be read, so it stays as it was`);
      continue;
    }
    products[slug] = {
      label: typeof written.title === "string" ? written.title : known.label,
      kind: typeof written.category === "string" ? written.category : known.kind,
      images: [...new Set([...known.images, ...images])],
      cycles: cycles.join(" "),
    };
    if (slug === "debian" || slug === "ubuntu")
      for (const release of releases) Object.assign(codenames, codenameOf(slug, release));
  }
  for (const [slug, product] of Object.entries(before.products)) {
    if (!files.has(slug)) notes.push(`${slug}: the source has it no more, so it stays as it was`);
    products[slug] ??= product;
  }
  const table = {
    ...state,
    products: inOrder(products),
    codenames: Object.keys(codenames).length > 0 ? codenames : before.codenames,
  };
  return { table, notes };
}

function frontMatter(text: string): Written {
  const yaml = /^---\r?\n([\s\S]*?)\r?\n---\s/.exec(text)?.[1];
  const value: unknown = yaml === undefined ? undefined : parse(yaml);
  return typeof value === "object" && value !== null ? value : {};
}

/** The images of Docker Hub among what it is known by: `pkg:docker/library/node`. */
function imagesOf({ identifiers = [] }: Written): readonly string[] {
  return identifiers.flatMap(({ purl }) => {
    const name = typeof purl === "string" ? /^pkg:docker\/([a-z0-9._/-]+)$/.exec(purl)?.[1] : undefined;
    return name === undefined ? [] : [name.replace(/^library\//, "")];
  });
}

/** A release that has ended on no known day is left out. */
function cycleOf({ releaseCycle, eol, eoes }: Release): readonly string[] {
  const cycle = String(releaseCycle ?? "");
  if (cycle === "" || /[\s=]/.test(cycle) || eol === true || eol === undefined || eol === null) return [];
  const extended = typeof eoes === "string" && eoes !== eol ? `+${eoes}` : "";
  return [`${cycle}=${eol === false ? "" : String(eol)}${extended}`];
}

/** Only releases that images were made of. */
function codenameOf(slug: string, { releaseCycle, codename, eol }: Release): Record<string, string> {
  const word = typeof codename === "string" ? codename.split(" ")[0]?.toLowerCase() : undefined;
  return word === undefined || String(eol) < "2014" ? {} : { [word]: `${slug} ${String(releaseCycle)}` };
}
