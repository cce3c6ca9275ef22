import { csvLine } from "../report/csv";
import type { ImageException, Inventory, InventoryImage } from "./inventory";

const columns = [
  ...["image", "name", "tag", "digest", "pinned", "approved", "endOfLife", "product"],
  ...["use", "within", "path", "line", "column", "purl"],
  ...["exceptions", "reasons", "owners", "tickets", "until"],
] as const;

/** An inventory as a table (RFC 4180): one row for each place that names an image, and one for each thing not checked. */
export function renderInventoryCsv({ images, notChecked, failures, complete }: Inventory): string {
  const gap = (path: string, reason: string): string =>
    csvLine(
      columns.map((column) => (column === "use" ? `not checked: ${reason}` : column === "path" ? path : "")),
    );
  const rows = [
    csvLine(columns),
    ...images.map(imageRow),
    ...(complete ? [] : [gap("", "the run ended before everything was looked at")]),
    ...failures.map(({ path, error }) => gap(path, error)),
    ...notChecked.map(({ path, reason }) => gap(path, reason)),
  ];
  return rows.map((row) => `${row}\r\n`).join("");
}

function imageRow(image: InventoryImage): string {
  const { reference, endOfLife } = image;
  return csvLine([
    ...[image.text, reference?.name ?? "", reference?.tag ?? "", reference?.digest ?? ""],
    ...[image.pinned, image.approved, endOfLife?.date ?? ""],
    endOfLife === undefined ? "" : `${endOfLife.product} ${endOfLife.cycle}`,
    ...[image.use, image.within ?? "", image.path, String(image.line), String(image.column)],
    image.purl ?? "",
    ...[joined(image, ({ rule }) => rule), joined(image, ({ reason }) => reason)],
    ...[joined(image, ({ owner }) => owner), joined(image, ({ ticket }) => ticket)],
    joined(image, ({ until }) => until),
  ]);
}

/** What the exceptions of a place say, each thing once. */
function joined(
  { exceptions }: InventoryImage,
  of: (exception: ImageException) => string | undefined,
): string {
  return [...new Set(exceptions.flatMap((exception) => of(exception) ?? []))].join("; ");
}
