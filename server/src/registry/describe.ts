import type { Fact } from "../engine/facts";
import type { Evidence, SupplyChain } from "./supplyChain";

/** One thing that is told of an image. */
export interface Told {
  readonly name: string;
  readonly text: string;
}

/**
 * What a registry says of an image, for people: the same in the terminal and in the hover.
 * @param now milliseconds since the epoch
 */
export function describeSupplyChain(chain: SupplyChain, now: number): readonly Told[] {
  const { platform, platforms } = chain;
  const ofPlatform = platforms.length > 1 && platform !== undefined ? ` (${platform})` : "";
  return [
    { name: "Digest", text: `${chain.digest}${pinWord(chain)}` },
    {
      name: "Created",
      text: told(chain.created, (date) => `${date.slice(0, 10)}, ${ageOf(date, now)}`, "not told"),
    },
    ...(platforms.length === 0 ? [] : [{ name: "Platforms", text: platforms.join(", ") }]),
    {
      name: "Default user",
      text: told(chain.user, (user) => (user === "" ? "root" : user) + ofPlatform, "not told"),
    },
    { name: "Download", text: told(chain.size, (bytes) => sizeOf(bytes) + ofPlatform, "not told") },
    { name: "SBOM", text: evidence(chain.sbom) },
    { name: "Provenance", text: evidence(chain.provenance) },
    { name: "Signatures", text: evidence(chain.signatures) },
  ];
}

function pinWord({ tagDigest, digest }: SupplyChain): string {
  if (tagDigest === undefined) return "";
  if (tagDigest.state === "unknown") return `; what its tag stands for now is not known: ${tagDigest.reason}`;
  if (tagDigest.state === "absent") return "; its tag is gone";
  return tagDigest.value === digest
    ? ", which is what its tag stands for"
    : `; its tag has moved to ${tagDigest.value}`;
}

function evidence(found: Evidence): string {
  switch (found.state) {
    case "verified":
      return `verified (${found.what.join(", ")})`;
    case "found":
      if (found.platforms !== undefined)
        return `verified for ${found.platforms.join(", ")} alone (${found.what.join(", ")})`;
      return found.refuted
        ? `found, but made by nobody of those given (${found.what.join(", ")})`
        : `found, not checked (${found.what.join(", ")})`;
    case "none":
      return "none found";
    case "unknown":
      return `could not ask: ${found.reason}`;
  }
}

function told<T>(fact: Fact<T>, show: (value: T) => string, absent: string): string {
  if (fact.state === "known") return show(fact.value);
  return fact.state === "absent" ? absent : `could not ask: ${fact.reason}`;
}

const day = 86_400_000;

/** How long ago a time was, in words. */
export function ageOf(date: string, now: number): string {
  const days = Math.floor((now - Date.parse(date)) / day);
  if (days < 1) return "today";
  return days === 1 ? "yesterday" : `${ageInWords(date, now)} ago`;
}

/** The time since a date in the unit that fits. */
export function ageInWords(date: string, now: number): string {
  const days = Math.max(0, Math.floor((now - Date.parse(date)) / day));
  if (days < 14) return days === 1 ? "1 day" : `${days} days`;
  if (days < 60) return `${Math.floor(days / 7)} weeks`;
  return days < 730 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`;
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
