import type { ImageReference } from "../documents/imageReference";
import type { Fact, Vulnerabilities, Vulnerability } from "../engine/facts";
import {
  maxScanBytes,
  maxScanStateBytes,
  maxWorstVulnerabilities,
  scanLifetime,
  scanStateTimeout,
  scanTimeout,
  tagScanLifetime,
} from "../limits";
import type { ScannerPorts } from "../platform/ports";
import { listOf, parseJson, propertyOf, textOf } from "../registry/json";
import { unknown } from "../registry/unknown";
import { shown } from "./report";
import { parseScanResult } from "./results";
import { type Scanner, scannedName } from "./scanner";

/** A scanner that was found on this machine. */
export interface InstalledScanner {
  readonly scanner: Scanner;
  /** The absolute path of its program. */
  readonly file: string;
}

/**
 * Runs a scanner over an image, or takes what it said before: by the image's digest, the scanner's version and that of its
 * database, for a day; an image that is known by its tag alone for an hour.
 * @param digest of the image where it is known, so that exactly that image is scanned
 */
export async function scanImage(
  { scanner, file }: InstalledScanner,
  reference: ImageReference,
  digest: string | undefined,
  ports: ScannerPorts,
  signal?: AbortSignal,
): Promise<Fact<Vulnerabilities>> {
  const image = scannedName(reference, digest);
  const keyOf = async (): Promise<string | undefined> => {
    const state = await stateOf(scanner, file, ports, signal);
    return state === undefined ? undefined : JSON.stringify([scanner.id, state, image]);
  };
  const before = await keyOf();
  const kept = before === undefined ? undefined : readKept(await ports.cache.get(before));
  const lifetime = image.includes("@") ? scanLifetime : tagScanLifetime;
  const now = ports.clock.now();
  if (kept !== undefined && kept.scannedAt <= now && now - kept.scannedAt < lifetime)
    return { state: "known", value: kept };
  const found = await run({ scanner, file }, image, ports, signal);
  if (found.state === "known") {
    // A scanner may have brought its database up to date first.
    const after = await keyOf();
    if (after !== undefined) await ports.cache.put(after, JSON.stringify(found.value));
  }
  return found;
}

async function run(
  { scanner, file }: InstalledScanner,
  image: string,
  { programs, clock }: ScannerPorts,
  signal: AbortSignal | undefined,
): Promise<Fact<Vulnerabilities>> {
  const limits = { timeout: scanTimeout, maxBytes: maxScanBytes, signal };
  try {
    const ended = await programs.run(file, scanner.scan(image), limits);
    if (!scanner.scanned.includes(ended.code))
      return unknown(`${scanner.title} ended with ${ended.code}${lastLine(ended.err)}`);
    const result = parseScanResult(ended.out);
    if (typeof result === "string") return unknown(`what ${scanner.title} said could not be read: ${result}`);
    return { state: "known", value: { ...result.found, scannedAt: clock.now() } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unknown(`${scanner.title} could not be run: ${reason}`);
  }
}

/** What a scanner says of itself; `undefined` where it says nothing, so that nothing is kept. */
async function stateOf(
  scanner: Scanner,
  file: string,
  { programs }: ScannerPorts,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const limits = { timeout: scanStateTimeout, maxBytes: maxScanStateBytes, signal };
  const said: string[] = [];
  for (const args of scanner.state) {
    try {
      const ended = await programs.run(file, args, limits);
      if (ended.code !== 0) return undefined;
      said.push(ended.out);
    } catch {
      return undefined;
    }
  }
  return said.join("\n");
}

/** What was kept; `undefined` for anything else that may lie there. */
function readKept(text: string | undefined): (Vulnerabilities & { readonly scannedAt: number }) | undefined {
  const root = text === undefined ? undefined : parseJson(text);
  const scanner = textOf(root, "scanner");
  const [critical, high, fixable, scannedAt] = ["critical", "high", "fixable", "scannedAt"].map((name) => {
    const value = propertyOf(root, name);
    return typeof value === "number" && value >= 0 ? value : undefined;
  });
  if (scanner === undefined || critical === undefined || high === undefined) return undefined;
  if (fixable === undefined || scannedAt === undefined) return undefined;
  const worst = listOf(root, "worst")
    .slice(0, maxWorstVulnerabilities)
    .flatMap((entry): readonly Vulnerability[] => {
      const severity = textOf(entry, "severity");
      if (severity !== "critical" && severity !== "high") return [];
      const [id, name, installed] = ["id", "package", "installed"].map((key) => shown(textOf(entry, key)));
      const fixed = shown(textOf(entry, "fixed")) || undefined;
      return [{ id: id ?? "", package: name ?? "", installed: installed ?? "", fixed, severity }];
    });
  return { scanner: shown(scanner), critical, high, fixable, scannedAt, worst };
}

/** A scanner's own reason: the last line that it wrote. */
function lastLine(err: string): string {
  const line = err.slice(-4_000).trimEnd().split("\n").at(-1) ?? "";
  return line === "" ? "" : `: ${shown(line).trim()}`;
}
