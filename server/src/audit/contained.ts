import { maxConfigBytes } from "../limits";
import type { Files, ReadResult } from "../platform/ports";
import { isWithin } from "./paths";

/**
 * Reads a small file that says something about others (`.gitignore`, `.dockerignore`, `plimsoll.yaml`), unless it is
 * a link that leads out of a folder: a repository must not make its readers read what lies beyond it.
 * @param boundary the folder, absolute and with every link followed
 */
export async function readContained(
  files: Files,
  path: string,
  boundary: string,
  maxBytes: number = maxConfigBytes,
): Promise<ReadResult> {
  // Most of these files do not exist, which is told faster than where they would lead. What is read from beyond the
  // boundary goes nowhere.
  const result = await files.read(path, maxBytes);
  if (result.state !== "read") return result;
  const real = await files.realPath(path);
  if (real !== undefined && isWithin(boundary, real)) return result;
  return { state: "failed", reason: "the link leads out of the audited folder" };
}
