/**
 * What `library/*` of docker-library/official-images says of an image
 * (https://github.com/docker-library/official-images#instruction-format).
 */
export interface LibraryFile {
  readonly entries: readonly LibraryEntry[];
}

/** Tags that are built from one folder. */
export interface LibraryEntry {
  readonly tags: readonly string[];
  readonly isWindows: boolean;
  /** Where its Dockerfile lies; `undefined` where it is built otherwise, or elsewhere than at GitHub. */
  readonly place: DockerfilePlace | undefined;
}

export interface DockerfilePlace {
  /** `owner/name` at GitHub. */
  readonly repository: string;
  readonly commit: string;
  /** With a slash at its end, or empty. */
  readonly folder: string;
  readonly file: string;
}

export function parseLibraryFile(text: string): LibraryFile {
  const stanzas = text
    .replace(/^#.*$/gm, "")
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
  const shared = stanzas.find((fields) => !fields.has("tags")) ?? new Map<string, string>();
  const entries = stanzas
    .filter((fields) => fields.has("tags"))
    .map((fields): LibraryEntry => {
      const all = new Map([...shared, ...fields]);
      return {
        tags: listOf(all.get("tags")),
        isWindows:
          /windows/.test(all.get("architectures") ?? "") || /windows/i.test(all.get("constraints") ?? ""),
        place: placeOf(all),
      };
    });
  return { entries };
}

/** Names in lower case to values; a line that begins with a blank goes on. */
function fieldsOf(stanza: string): ReadonlyMap<string, string> {
  const lines = stanza.replace(/\n[ \t]+/g, " ").split("\n");
  return new Map(
    lines.flatMap((line): readonly (readonly [string, string])[] => {
      const colon = line.indexOf(":");
      return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? "").split(",").flatMap((part) => part.trim() || []);
}

function placeOf(fields: ReadonlyMap<string, string>): DockerfilePlace | undefined {
  const of = (name: string): string | undefined => fields.get(`amd64-${name}`) ?? fields.get(name);
  const repository = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
    of("gitrepo") ?? "",
  )?.[1];
  const commit = of("gitcommit");
  if (repository === undefined || !/^[0-9a-f]{40}$/.test(commit ?? "")) return undefined;
  if (/oci/i.test(of("builder") ?? "")) return undefined;
  const folder = (of("directory") ?? "").replace(/^\.?\/?|\/+$/g, "");
  return {
    repository,
    commit: commit ?? "",
    folder: folder === "" ? "" : `${folder}/`,
    file: of("file") ?? "Dockerfile",
  };
}

/** Version lines that are built now, the newest first and each major after its minors: `22.4`, `22.3`, `22`. */
export function versionsOf({ entries }: LibraryFile): readonly string[] {
  const tags = new Set(entries.flatMap((entry) => entry.tags.filter((tag) => /^\d+(?:\.\d+)?$/.test(tag))));
  const parts = (tag: string) => tag.split(".").map(Number);
  return [...tags].sort((a, b) => {
    const [majorA = 0, minorA = -1] = parts(a);
    const [majorB = 0, minorB = -1] = parts(b);
    return majorB - majorA || minorB - minorA;
  });
}

const variants = ["alpine", "alpine-slim", "jre", "minimal", "slim"];

/** Variants that have less in them than the image without a word behind its version. */
export function smallerOf({ entries }: LibraryFile): readonly string[] {
  const tags = entries.flatMap((entry) => entry.tags);
  return variants.filter((variant) => tags.some((tag) => tag === variant || tag.endsWith(`-${variant}`)));
}

/**
 * Distributions that it is built on, in the order of the file.
 * @param codenames of Debian's and Ubuntu's releases
 */
export function suitesOf({ entries }: LibraryFile, codenames: ReadonlySet<string>): readonly string[] {
  const words = entries.flatMap((entry) => entry.tags.flatMap((tag) => tag.split("-")));
  const isSuite = (word: string): boolean =>
    codenames.has(word) || /^(?:alpine\d+\.\d+|al\d+|ubi\d+|oraclelinux\d+)$/.test(word);
  return [...new Set(words.filter(isSuite))];
}
