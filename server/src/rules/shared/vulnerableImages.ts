import type { ImageReference } from "../../documents/imageReference";
import type { Facts, Vulnerabilities } from "../../engine/facts";

/**
 * What a scanner has found in an image: *unknown* where results were given and none is about it, `undefined` where none
 * were given, or nothing critical or high was found.
 */
export function vulnerabilitiesOf(
  { name, tag, digest }: ImageReference,
  { vulnerabilities }: Facts,
): Vulnerabilities | "unknown" | undefined {
  if (vulnerabilities === undefined) return undefined;
  const found = vulnerabilities.get(
    digest === undefined ? `${name}:${tag ?? "latest"}` : `${name}@${digest}`,
  );
  if (found === undefined) return "unknown";
  return found.critical + found.high === 0 ? undefined : found;
}

/** The finding's message. */
export function vulnerableMessage(
  image: string,
  { scanner, critical, high, fixable }: Vulnerabilities,
): string {
  return `${image} has ${critical} critical and ${high} high vulnerabilities, ${fixable} with a fix, says ${scanner}`;
}

export function notScanned(image: string): string {
  return `none of the scan results is about ${image}`;
}
