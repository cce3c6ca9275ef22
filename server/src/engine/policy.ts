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
