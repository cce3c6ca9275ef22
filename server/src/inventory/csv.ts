import { csvLine } from "../report/csv";
import { askedParts, type ImageException, type Inventory, type InventoryImage } from "./inventory";

const plainColumns: readonly string[] = [
  ...["image", "name", "tag", "digest", "pinned", "approved", "endOfLife", "product"],
  ...["use", "within", "path", "line", "column", "purl"],
  ...["exceptions", "reasons", "owners", "tickets", "until"],
];

/** An inventory as a table (RFC 4180): one row for each place that names an image, and one for each thing not checked. */
export function renderInventoryCsv({ images, notChecked, failures, complete }: Inventory): string {
  const isAsked = images.some(({ asked }) => asked !== undefined);
  const columns = isAsked ? [...plainColumns, ...askedParts.map((part) => `registry:${part}`)] : plainColumns;
  const gap = (path: string, reason: string): string =>
    csvLine(
      columns.map((column) => (column === "use" ? `not checked: ${reason}` : column === "path" ? path : "")),
    );
  const rows = [
    csvLine(columns),
    ...images.map((image) => csvLine([...cellsOf(image), ...(isAsked ? askedCells(image) : [])])),
    ...(complete ? [] : [gap("", "the run ended before everything was looked at")]),
    ...failures.map(({ path, error }) => gap(path, error)),
    ...notChecked.map(({ path, reason }) => gap(path, reason)),
  ];
  return rows.map((row) => `${row}\r\n`).join("");
}

function askedCells({ asked }: InventoryImage): readonly string[] {
  return askedParts.map((part) => asked?.[part] ?? "");
}

function cellsOf(image: InventoryImage): readonly string[] {
  const { reference, endOfLife } = image;
  return [
    ...[image.text, reference?.name ?? "", reference?.tag ?? "", reference?.digest ?? ""],
    ...[image.pinned, image.approved, endOfLife?.date ?? ""],
    endOfLife === undefined ? "" : `${endOfLife.product} ${endOfLife.cycle}`,
    ...[image.use, image.within ?? "", image.path, String(image.line), String(image.column)],
    image.purl ?? "",
    ...[joined(image, ({ rule }) => rule), joined(image, ({ reason }) => reason)],
    ...[joined(image, ({ owner }) => owner), joined(image, ({ ticket }) => ticket)],
    joined(image, ({ until }) => until),
  ];
}

/** What the exceptions of a place say, each thing once. */
function joined(
  { exceptions }: InventoryImage,
  of: (exception: ImageException) => string | undefined,
): string {
  return [...new Set(exceptions.flatMap((exception) => of(exception) ?? []))].join("; ");
}
