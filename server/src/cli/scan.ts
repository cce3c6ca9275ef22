import type { AuditInput } from "../audit/audit";
import type { Facts } from "../engine/facts";
import type { RegistryClient } from "../registry/client";
import { imagesIn } from "../registry/imagesIn";
import { plainText } from "../report/plain";
import { findScanner } from "../scanners/findScanner";
import { imageKey } from "../scanners/results";
import type { ScannerId } from "../scanners/scanner";
import { scannerIds } from "../scanners/scanner";
import { scanImages } from "../scanners/scanPlaces";
import { type Terminal, UsageError } from "./terminal";

/** `--scan`: a scanner's name with, after `=`, the path of its program. */
export interface ScanArgs {
  readonly scan: { readonly scanner: ScannerId | "auto"; readonly path: string } | undefined;
}

/** Reads the value of `--scan`. */
export function readScan(value: string | undefined, online: boolean): ScanArgs {
  if (value === undefined) return { scan: undefined };
  const equals = value.indexOf("=");
  const name = equals < 0 ? value : value.slice(0, equals);
  const scanner = ["auto" as const, ...scannerIds].find((id) => id === name);
  if (scanner === undefined)
    throw new UsageError(
      `--scan takes ${scannerIds.join(", ")} or auto, not ${JSON.stringify(name.slice(0, 60))}`,
    );
  if (!online) throw new UsageError("--scan has a scanner fetch images, so it takes --online");
  return { scan: { scanner, path: equals < 0 ? "" : value.slice(equals + 1) } };
}

/**
 * What has the user's scanner look at the images of each text; `undefined` where none is wanted.
 * @param given results that were given as files: what they are about is not scanned again
 * @throws UsageError where the scanner is not there: nothing must pass as scanned
 */
export async function scanFor(
  { scan }: ScanArgs,
  given: Facts["vulnerabilities"],
  client: RegistryClient | undefined,
  terminal: Terminal,
): Promise<AuditInput["scan"]> {
  if (scan === undefined || client === undefined) return undefined;
  const ports = await terminal.scannerPorts();
  const path = scan.path === "" ? "" : terminal.absolute(scan.path);
  // A program that is named is wanted wherever it lies; one that is found must not lie where the files do.
  const installed = await findScanner({ ...scan, path }, ports.programs, path === "" ? [terminal.cwd] : []);
  if (typeof installed === "string") throw new UsageError(`--scan: ${installed}`);
  const known = new Map(given);
  return async (kind, text) => {
    const wanted = imagesIn(kind, text).map(({ reference }) => reference);
    const { signal } = terminal;
    const onImage = (reference: { readonly source: string }): void => {
      if (terminal.isTerminal) terminal.err(`${installed.scanner.title}: ${plainText(reference.source)}\n`);
    };
    const open = wanted.filter((reference) => !known.has(imageKey(reference.source) ?? ""));
    const found = await scanImages(open, { installed, ports, client, signal, onImage });
    // A result of this run says the same in whatever file the image is named.
    for (const [image, result] of found) known.set(image, result);
    return new Map(
      wanted.flatMap((reference) => {
        const result = known.get(imageKey(reference.source) ?? "");
        return result === undefined ? [] : [[imageKey(reference.source) ?? "", result] as const];
      }),
    );
  };
}
