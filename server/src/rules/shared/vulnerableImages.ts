import type { ImageReference } from "../../documents/imageReference";
import type { Facts, NotScanned, Vulnerabilities } from "../../engine/facts";
import type { ImagePolicy } from "../../engine/policy";

/**
 * What a scanner has found in an image, or why it has not looked; `undefined` where there is no more than the policy tolerates,
 * or, where it says nothing of that, nothing critical or high, or nobody has run a scanner or given its results.
 */
export function vulnerabilitiesOf(
  { name, tag, digest }: ImageReference,
  { vulnerabilities }: Facts,
  { require, tolerated = {} }: ImagePolicy,
): Vulnerabilities | NotScanned | undefined {
  const isRequired = Boolean(require.vulnerabilities);
  if (vulnerabilities === undefined) return isRequired ? { unknown: "no scanner was run" } : undefined;
  const found = vulnerabilities.get(
    digest === undefined ? `${name}:${tag ?? "latest"}` : `${name}@${digest}`,
  );
  if (found === undefined) return { unknown: "no scan result is about it" };
  if ("unknown" in found) return found;
  const { critical, high, fixable } = found;
  const {
    critical: mostCritical = Number.POSITIVE_INFINITY,
    high: mostHigh = Number.POSITIVE_INFINITY,
    fixable: mostFixable = Number.POSITIVE_INFINITY,
  } = isRequired ? tolerated : { critical: 0, high: 0 };
  return critical > mostCritical || high > mostHigh || fixable > mostFixable ? found : undefined;
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
