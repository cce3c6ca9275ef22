import { maxConfigBytes } from "../limits";
import type { Files, ReadResult } from "../platform/ports";
import { isWithin } from "./paths";

/**
 * Reads a small file that says something about others (`.gitignore`, `.dockerignore`, `plimsoll.yaml`), unless it is
 * a link that leads out of a folder: a repository must not make its readers read what lies beyond it.
 * @param boundary the folder, absolute and with every link followed
 */
export async function readContained(files: Files, path: string, boundary: string): Promise<ReadResult> {
  const real = await files.realPath(path);
  if (real === undefined) return files.read(path, maxConfigBytes);
  if (!isWithin(boundary, real))
    return { state: "failed", reason: "the link leads out of the audited folder" };
  return files.read(real, maxConfigBytes);
}
