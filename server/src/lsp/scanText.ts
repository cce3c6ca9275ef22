import type { Vulnerabilities } from "../engine/facts";
import { markdownCode, markdownText } from "../report/markdownText";

const hour = 3_600_000;

/**
 * How long ago a scan was, in words that stay true for an hour.
 * @param now milliseconds since the epoch
 */
export function scanAge(scannedAt: number, now: number): string {
  const hours = Math.floor((now - scannedAt) / hour);
  if (hours < 1) return "just now";
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

/** `2 critical, 5 high, 4 fixable (Trivy, 3 h ago)`. */
export function scanSummary(found: Vulnerabilities, now: number): string {
  const { critical, high, fixable, scanner, scannedAt } = found;
  const by = scannedAt === undefined ? scanner : `${scanner}, ${scanAge(scannedAt, now)}`;
  return critical + high === 0
    ? `nothing critical or high (${by})`
    : `${critical} critical, ${high} high, ${fixable} fixable (${by})`;
}

/** The same with the gravest one by one, as Markdown. */
export function scanDetails(found: Vulnerabilities, now: number): string {
  const worst = found.worst ?? [];
  const lines = worst.map(
    ({ id, package: name, installed, fixed, severity }) =>
      `- ${markdownText(id)}, ${severity}: ${markdownCode(installed === "" ? name : `${name} ${installed}`)}${
        fixed === undefined ? ", no fix yet" : `, fixed in ${markdownCode(fixed)}`
      }`,
  );
  const more = found.critical + found.high - worst.length;
  if (more > 0 && worst.length > 0) lines.push(`- and ${more} more`);
  const head = `Scanned: ${markdownText(scanSummary(found, now))}`;
  return lines.length === 0 ? head : `${head}\n\n${lines.join("\n")}`;
}

/**
 * Results with their ages, for messages; the same object as long as the ages are the same, so that nothing that was
 * made from it is made again.
 */
export function createAged(): (
  found: ReadonlyMap<string, Vulnerabilities | { readonly unknown: string }>,
  now: number,
) => ReadonlyMap<string, Vulnerabilities | { readonly unknown: string }> {
  let last:
    | { readonly from: unknown; readonly hour: number; readonly aged: ReturnType<typeof aged> }
    | undefined;
  const aged = (found: ReadonlyMap<string, Vulnerabilities | { readonly unknown: string }>, now: number) =>
    new Map(
      [...found].map(([image, result]) => {
        if ("unknown" in result || result.scannedAt === undefined) return [image, result] as const;
        return [image, { ...result, age: scanAge(result.scannedAt, now) }] as const;
      }),
    );
  return (found, now) => {
    const at = Math.floor(now / hour);
    if (last === undefined || last.from !== found || last.hour !== at)
      last = { from: found, hour: at, aged: aged(found, now) };
    return last.aged;
  };
}
