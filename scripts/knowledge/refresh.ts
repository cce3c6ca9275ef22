import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readImages } from "./images";
import { readProducts } from "./products";
import type { ImageTable, ProductTable } from "./tables";
import type { FetchFile } from "./users";

const maxFileBytes = 1_000_000;
const timeout = 30_000;

export interface Refresh {
  /** Checkouts of endoflife-date/endoflife.date and of docker-library/official-images. */
  readonly endOfLife: string;
  readonly officialImages: string;
  /** Where the tables are, and are written. */
  readonly folder: string;
  /** What files of repositories are fetched from; GitHub's own server for that. */
  readonly host?: string;
}

/** @returns what a person should look at */
export async function refreshKnowledge(setup: Refresh): Promise<readonly string[]> {
  const tableOf = <T>(name: string): T =>
    JSON.parse(readFileSync(path.join(setup.folder, name), "utf8")) as T;
  const write = (name: string, table: unknown): void =>
    writeFileSync(path.join(setup.folder, name), `${JSON.stringify(table)}\n`);

  const products = readProducts(
    textsIn(path.join(setup.endOfLife, "products"), ".md"),
    tableOf<ProductTable>("endOfLife.json"),
    stateOf(setup.endOfLife, "endoflife-date/endoflife.date"),
  );
  const images = await readImages(
    {
      files: textsIn(path.join(setup.officialImages, "library"), ""),
      deleted: deletedIn(setup.officialImages),
    },
    tableOf<ImageTable>("images.json"),
    {
      ...stateOf(setup.officialImages, "docker-library/official-images"),
      codenames: new Set(Object.keys(products.table.codenames)),
      fetchFile: fetchFrom(setup.host ?? "https://raw.githubusercontent.com"),
    },
  );
  write("endOfLife.json", products.table);
  write("images.json", images.table);
  return [...products.notes, ...images.notes];
}

/** The texts of a folder's files with an ending, by their names without it. */
function textsIn(folder: string, ending: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly (readonly [string, string])[] =>
      entry.isFile() && entry.name.endsWith(ending)
        ? [
            [
              entry.name.slice(0, entry.name.length - ending.length),
              readFileSync(path.join(folder, entry.name), "utf8"),
            ],
          ]
        : [],
    ),
  );
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", maxBuffer: 100_000_000 }).trim();
}

/** The commit that a checkout stands at, with its day. */
function stateOf(folder: string, repository: string): { readonly asOf: string; readonly source: string } {
  const [day = "", commit = ""] = git(folder, "log", "-1", "--format=%cs %H").split(" ");
  return { asOf: day, source: `https://github.com/${repository}/tree/${commit}` };
}

/** When each file of `library/` was deleted, the last time that it was. */
function deletedIn(folder: string): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  let day = "";
  const log = git(
    folder,
    "log",
    "--no-renames",
    "--diff-filter=D",
    "--name-only",
    "--format=@%cs",
    "--",
    "library",
  );
  for (const line of log.split("\n")) {
    if (line.startsWith("@")) day = line.slice(1);
    const name = /^library\/([^/]+)$/.exec(line)?.[1];
    if (name !== undefined && !days.has(name)) days.set(name, day);
  }
  return days;
}

/** Asks for each file once; what is not there is `undefined`, and what cannot be asked for ends the run. */
function fetchFrom(host: string): FetchFile {
  const kept = new Map<string, Promise<string | undefined>>();
  return ({ repository, commit }, file) => {
    const url = `${host}/${repository}/${commit}/${path.posix.normalize(file)}`;
    const known = kept.get(url) ?? fetchText(url);
    kept.set(url, known);
    return known;
  };
}

async function fetchText(url: string): Promise<string | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  const text = await response.text();
  return text.length > maxFileBytes ? undefined : text;
}
