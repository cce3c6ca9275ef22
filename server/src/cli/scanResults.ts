import type { Facts, Vulnerabilities } from "../engine/facts";
import { maxResultBytes } from "../limits";
import { parseScanResult } from "../scanners/results";
import { type Terminal, UsageError } from "./terminal";

/**
 * Reads what scanners said of images; `undefined` where no file is named. Of two results about one image the later counts.
 * @throws UsageError for a file that is no such result: an image must not pass as scanned
 */
export async function readScanResults(
  files: readonly string[],
  terminal: Terminal,
): Promise<Facts["vulnerabilities"]> {
  if (files.length === 0) return undefined;
  const found = new Map<string, Vulnerabilities>();
  for (const file of files) {
    const read = await terminal.files.read(terminal.absolute(file), maxResultBytes);
    if (read.state !== "read")
      throw new UsageError(
        `${file} ${read.state === "absent" ? "does not exist" : `could not be read: ${read.reason}`}`,
      );
    const result = parseScanResult(read.text);
    if (typeof result === "string") throw new UsageError(`${file}: ${result}`);
    if (result.images.length === 0) throw new UsageError(`${file}: it does not say which image it is about`);
    for (const image of result.images) found.set(image, result.found);
  }
  return found;
}
