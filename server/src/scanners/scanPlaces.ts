import type { ImageReference } from "../documents/imageReference";
import type { Facts, NotScanned, Vulnerabilities } from "../engine/facts";
import type { ScannerPorts } from "../platform/ports";
import type { RegistryClient } from "../registry/client";
import { imageKey } from "./results";
import { type InstalledScanner, scanImage } from "./runScan";

/** What scanning needs. */
export interface ScanSetup {
  readonly installed: InstalledScanner;
  readonly ports: ScannerPorts;
  /** Says which registries may be asked, and what tags stand for. */
  readonly client: RegistryClient;
  readonly signal?: AbortSignal | undefined;
  /** Called before each image. */
  onImage?(reference: ImageReference, index: number, count: number): void;
}

/**
 * Scans images, each once and one after the other: a scanner takes what a machine has. An image whose registry may not be
 * asked is not given to a scanner either, which would ask it.
 * @returns by image, for `Facts.vulnerabilities`
 */
export async function scanImages(
  references: readonly ImageReference[],
  setup: ScanSetup,
): Promise<NonNullable<Facts["vulnerabilities"]>> {
  const { client, installed, ports, signal } = setup;
  const distinct = new Map(
    references.flatMap((reference) => {
      const key = imageKey(reference.source);
      return key === undefined ? [] : [[key, reference] as const];
    }),
  );
  const found = new Map<string, Vulnerabilities | NotScanned>();
  for (const [index, [key, reference]] of [...distinct].entries()) {
    if (signal?.aborted === true) break;
    setup.onImage?.(reference, index, distinct.size);
    const refused = await client.refusalOf(reference);
    if (refused !== undefined) {
      found.set(key, { unknown: refused });
      continue;
    }
    const digest = reference.digest === undefined ? await client.digestOf(reference, signal) : undefined;
    const known = digest?.state === "known" ? digest.value : undefined;
    const answer =
      digest?.state === "absent"
        ? ({ state: "unknown", reason: `${reference.domain} has no such image` } as const)
        : await scanImage(installed, reference, known, ports, signal);
    if (answer.state === "known") found.set(key, answer.value);
    else found.set(key, { unknown: answer.state === "unknown" ? answer.reason : "nothing was said" });
  }
  return found;
}
