import { maxScanStateBytes, scanStateTimeout } from "../limits";
import type { Programs } from "../platform/ports";
import type { InstalledScanner } from "./runScan";
import { type ScannerId, scannerIds, scannerOf, scanners } from "./scanner";

/** Which scanner the user wants. */
export interface ScannerChoice {
  /** `auto`: the one that the path names, else the first that is installed. */
  readonly scanner: ScannerId | "auto";
  /** The absolute path of its program; empty for the one that the system finds. */
  readonly path: string;
}

/**
 * Finds the scanner that the user wants.
 * @param avoid folders that no program is taken from: those of the workspace, which are not the user's own
 * @returns the scanner, or why there is none
 */
export async function findScanner(
  { scanner: id, path }: ScannerChoice,
  programs: Programs,
  avoid: readonly string[],
): Promise<InstalledScanner | string> {
  if (path !== "") {
    const scanner = id === "auto" ? scannerNamed(path) : scannerOf(id);
    if (scanner === undefined) return `${path} does not say by its name which scanner it is`;
    const file = await programs.at(path, avoid);
    return file === undefined ? `${path} is no program outside of the workspace` : { scanner, file };
  }
  for (const candidate of id === "auto" ? scannerIds : [id]) {
    const scanner = scannerOf(candidate);
    const file = await programs.find(scanner.program, avoid);
    if (file === undefined) continue;
    // Docker is often there without its plug-in.
    if (id === "auto" && candidate === "scout" && !(await answers(programs, file, scanner.state[0] ?? [])))
      continue;
    return { scanner, file };
  }
  return id === "auto"
    ? `no scanner was found: ${scanners.map(({ title }) => title).join(", ")} are known`
    : `${scannerOf(id).title} was not found: there is no ${scannerOf(id).program} on the path`;
}

function scannerNamed(path: string) {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).toLowerCase();
  return scanners.find(({ program }) => name.startsWith(program));
}

async function answers(programs: Programs, file: string, args: readonly string[]): Promise<boolean> {
  try {
    return (
      (await programs.run(file, args, { timeout: scanStateTimeout, maxBytes: maxScanStateBytes })).code === 0
    );
  } catch {
    return false;
  }
}
