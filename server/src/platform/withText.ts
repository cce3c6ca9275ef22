import type { Files, ReadResult } from "./ports";

/** Files among which one path has a text that the disk does not have. */
export function withText<F extends Files>(files: F, path: string, text: ReadResult): F {
  return {
    ...files,
    // Its own path, whether or not a file of that name exists: what was given is not what the disk has.
    realPath: (other) => (other === path ? Promise.resolve(path) : files.realPath(other)),
    read: (other, maxBytes) => (other === path ? Promise.resolve(text) : files.read(other, maxBytes)),
  };
}
