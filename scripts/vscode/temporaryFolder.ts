import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/**
 * Makes a folder that goes away with this process at the latest.
 *
 * @param prefix how its name begins
 */
export function temporaryFolder(prefix: string): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  const remove = (): void => {
    process.off("exit", remove);
    // Processes that were just ended may still write for a moment.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  process.once("exit", remove);
  return { path: folder, remove };
}
