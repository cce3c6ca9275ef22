/** What a team has decided about images. Patterns are globs over the normalised name, such as `docker.io/library/*`. */
export interface ImagePolicy {
  /** Images that may be used. Empty: nothing has been decided. */
  readonly approved: readonly string[];
  /** Registries (hosts, globs allowed) that images may come from. Empty: any. */
  readonly registries: readonly string[];
  /** What to use instead: normalised name or glob to replacement. */
  readonly replacements: ReadonlyMap<string, string>;
}

export const noPolicy: ImagePolicy = { approved: [], registries: [], replacements: new Map() };

/**
 * Whether a glob matches a whole name. `*` stands for any run of characters but `/`, `**` for any run at all;
 * a trailing `/**` or `/*` also stands for everything below. Linear: at most one backtrack point per star is kept.
 */
export function matchesGlob(glob: string, name: string): boolean {
  let g = 0;
  let n = 0;
  let starAt = -1;
  let starDeep = false;
  let resume = 0;
  while (n < name.length) {
    if (glob[g] === "*") {
      starDeep = glob[g + 1] === "*";
      starAt = g;
      g += starDeep ? 2 : 1;
      resume = n;
    } else if (g < glob.length && (glob[g] === name[n] || glob[g] === "?")) {
      g++;
      n++;
    } else if (starAt >= 0 && (starDeep || name[resume] !== "/")) {
      resume++;
      n = resume;
      g = starAt + (starDeep ? 2 : 1);
    } else return false;
  }
  while (glob[g] === "*") g++;
  return g === glob.length;
}
