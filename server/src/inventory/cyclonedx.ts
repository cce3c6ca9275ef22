import { sha256Base64 } from "../report/html/sha256";
import { plainText } from "../report/plain";
import { askedParts, type Inventory, type InventoryImage } from "./inventory";

/**
 * An inventory as CycloneDX 1.6 JSON: a component of type `container` for each image, with every place that names it.
 * The same files give the same bytes: there is no time in it, and the serial number is made of its content.
 */
export function renderCycloneDx(inventory: Inventory, version: string): string {
  const components = componentsOf(inventory.images);
  const metadata = {
    tools: { components: [{ type: "application", name: "plimsoll", version }] },
    properties: gapsOf(inventory),
  };
  const serial = uuidOf(JSON.stringify([metadata, components]));
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata,
    components,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Images that are spelt differently and mean the same are one; what a policy says may differ from place to place. */
function componentsOf(images: readonly InventoryImage[]): readonly object[] {
  const groups = new Map<string, InventoryImage[]>();
  for (const image of images) {
    const ref = `${image.purl ?? `unresolved:${image.text}`}`;
    groups.set(ref, [...(groups.get(ref) ?? []), image]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([ref, places]) => componentOf(ref, places as [InventoryImage, ...InventoryImage[]]));
}

function componentOf(ref: string, places: readonly [InventoryImage, ...InventoryImage[]]): object {
  const [{ reference, purl, text, pinned, endOfLife, asked }] = places;
  const hash = /^sha(256|384|512):([0-9a-f]+)$/.exec(reference?.digest ?? "");
  const approvals = [...new Set(places.map((place) => place.approved))].sort();
  return {
    type: "container",
    "bom-ref": ref,
    name: plainText(reference?.familiar ?? text),
    version: reference?.tag ?? reference?.digest,
    hashes: hash === null ? undefined : [{ alg: `SHA-${hash[1]}`, content: hash[2] }],
    purl,
    properties: [
      { name: "plimsoll:pinned", value: pinned },
      ...approvals.map((value) => ({ name: "plimsoll:approved", value })),
      ...(endOfLife === undefined
        ? []
        : [
            { name: "plimsoll:endOfLife", value: endOfLife.date },
            { name: "plimsoll:endOfLife:product", value: `${endOfLife.product} ${endOfLife.cycle}` },
          ]),
      ...askedParts.flatMap((part) =>
        asked === undefined || asked[part] === ""
          ? []
          : [{ name: `plimsoll:registry:${part}`, value: plainText(asked[part]) }],
      ),
      ...places.flatMap(exceptionsOf),
      ...ticketsOf(places),
    ],
    evidence: {
      occurrences: places.map(({ path, line, use, within }) => ({
        location: plainText(path),
        line,
        symbol: plainText(within === undefined ? use : `${use} ${within}`),
      })),
    },
  };
}

/** Each exception in one line, since properties have no structure. */
function exceptionsOf({ path, line, exceptions }: InventoryImage): readonly object[] {
  return exceptions.map(({ rule, by, reason, owner, ticket, until }) => {
    const parts = [
      `${rule} at ${path}:${line}, accepted by ${by}`,
      reason === undefined ? "no reason given" : `reason: ${reason}`,
      ...(owner === undefined ? [] : [`owner: ${owner}`]),
      ...(ticket === undefined ? [] : [`ticket: ${ticket}`]),
      ...(until === undefined ? [] : [`until: ${until}`]),
    ];
    return { name: "plimsoll:exception", value: plainText(parts.join("; ")) };
  });
}

/** By itself, so that it can be joined with what a service desk has. */
function ticketsOf(places: readonly InventoryImage[]): readonly object[] {
  const tickets = new Set(
    places.flatMap(({ exceptions }) => exceptions.flatMap(({ ticket }) => ticket ?? [])),
  );
  return [...tickets]
    .sort()
    .map((ticket) => ({ name: "plimsoll:exception:ticket", value: plainText(ticket) }));
}

function gapsOf({ notChecked, failures, complete }: Inventory): readonly object[] | undefined {
  const gaps = [
    ...(complete ? [] : ["the run ended before everything was looked at"]),
    ...failures.map(({ path, error }) => `${path}: ${error}`),
    ...notChecked.map(({ path, reason }) => `${path}: ${reason}`),
  ];
  if (gaps.length === 0) return undefined;
  return gaps.map((value) => ({ name: "plimsoll:notChecked", value: plainText(value) }));
}

/** A UUID of version 8, whose bits are the beginning of a text's SHA-256 (RFC 9562, 5.8). */
function uuidOf(text: string): string {
  const bytes = Array.from(atob(sha256Base64(text)).slice(0, 16), (char) => char.charCodeAt(0));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
