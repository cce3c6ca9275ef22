import type { ImageReference } from "../../documents/imageReference";
import type { Facts, NotScanned, Vulnerabilities } from "../../engine/facts";

/**
 * What a scanner has found in an image, or why it has not looked; `undefined` where none was run and no results were given,
 * or nothing critical or high was found.
 */
export function vulnerabilitiesOf(
  { name, tag, digest }: ImageReference,
  { vulnerabilities }: Facts,
): Vulnerabilities | NotScanned | undefined {
  if (vulnerabilities === undefined) return undefined;
  const found = vulnerabilities.get(
    digest === undefined ? `${name}:${tag ?? "latest"}` : `${name}@${digest}`,
  );
  if (found === undefined) return { unknown: "no scan result is about it" };
  if ("unknown" in found) return found;
  return found.critical + found.high === 0 ? undefined : found;
}

/** The finding's message. */
export function vulnerableMessage(
  image: string,
  { scanner, critical, high, fixable, age }: Vulnerabilities,
): string {
  const when = age === undefined ? "" : `, ${age}`;
  return `${image} has ${critical} critical and ${high} high vulnerabilities, ${fixable} fixable (${scanner}${when})`;
}

export function notScanned(image: string, { unknown }: NotScanned): string {
  return `${image} was not scanned: ${unknown}`;
}
