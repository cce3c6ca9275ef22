import { type LibraryFile, parseLibraryFile, smallerOf, suitesOf, versionsOf } from "./library";
import { type ImageTable, inOrder, type OfficialImage } from "./tables";
import { createUserReader, type FetchFile } from "./users";

/** What a checkout of docker-library/official-images holds. */
export interface OfficialImages {
  /** The texts of `library/*`, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** Names that were there once, and the day on which each was deleted last. */
  readonly deleted: ReadonlyMap<string, string>;
}

/**
 * The table of official images anew. What cannot be told any more (an image that is not built from a Dockerfile, a file that
 * is not to be had) stays as it was, and is noted.
 *
 * @param codenames of Debian's and Ubuntu's releases
 */
export async function readImages(
  { files, deleted }: OfficialImages,
  before: ImageTable,
  setup: {
    readonly asOf: string;
    readonly source: string;
    readonly codenames: ReadonlySet<string>;
    readonly fetchFile: FetchFile;
  },
): Promise<{ readonly table: ImageTable; readonly notes: readonly string[] }> {
  const library = new Map(
    [...files].flatMap(([name, text]): readonly (readonly [string, LibraryFile])[] => {
      const file = parseLibraryFile(text);
      return /^[a-z]/.test(name) && file.entries.length > 0 ? [[name, file]] : [];
    }),
  );
  const users = createUserReader(library, setup.fetchFile);
  const notes: string[] = [];
  const official: Record<string, OfficialImage> = {};
  // One after another: some hundred images with some ten Dockerfiles each, of one host.
  for (const [name, file] of library) {
    const was = before.official[name];
    const told = await users.of(name);
    const kept = (["user", "users", "drops"] as const).filter(
      (part) => told[part] === undefined && was?.[part] !== undefined,
    );
    if (kept.length > 0) notes.push(`${name}: as of ${before.asOf}, not to be told anew: ${kept.join(", ")}`);
    official[name] = withoutEmpty({
      ...(was?.user !== undefined && { user: was.user }),
      ...(was?.users !== undefined && { users: was.users }),
      ...(was?.drops !== undefined && { drops: was.drops }),
      ...told,
      smaller: smallerOf(file),
      suites: suitesOf(file, setup.codenames),
      versions: versionsOf(file),
    });
  }
  const removed = { ...before.removed };
  for (const [name, day] of deleted) if (/^[a-z]/.test(name)) removed[name] = day;
  for (const name of library.keys()) delete removed[name];
  for (const name of Object.keys(before.official))
    if (!library.has(name) && removed[name] === undefined)
      notes.push(`${name}: gone, and nobody knows since when`);
  const others = before.sources.filter((source) => !source.includes("/official-images/"));
  return {
    table: {
      asOf: setup.asOf,
      sources: [setup.source, ...others],
      official: inOrder(official),
      removed: inOrder(removed),
    },
    notes,
  };
}

/** Lists with nothing in them are left out. */
function withoutEmpty(image: OfficialImage): OfficialImage {
  return Object.fromEntries(
    Object.entries(image).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
}
