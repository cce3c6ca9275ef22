import type { Facts, Vulnerabilities } from "../engine/facts";
import { maxResultBytes } from "../limits";
import { imageKey, parseScanResult } from "../scanners/results";
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
    const { image, path } = namedImage(file);
    const read = await terminal.files.read(terminal.absolute(path), maxResultBytes);
    if (read.state !== "read")
      throw new UsageError(
        `${path} ${read.state === "absent" ? "does not exist" : `could not be read: ${read.reason}`}`,
      );
    const result = parseScanResult(read.text);
    if (typeof result === "string") throw new UsageError(`${path}: ${result}`);
    const images = image === undefined ? result.images : [image];
    if (images.length === 0)
      throw new UsageError(`${path}: it does not say which image it is about: --scan-results IMAGE=${path}`);
    for (const key of images) found.set(key, result.found);
  }
  return found;
}

/** `node:22=scan.sarif` names the image that a result is about, for those that do not say so themselves. */
function namedImage(value: string): { readonly image: string | undefined; readonly path: string } {
  const equals = value.indexOf("=");
  const image = equals < 0 ? undefined : imageKey(value.slice(0, equals));
  return image === undefined ? { image, path: value } : { image, path: value.slice(equals + 1) };
}
