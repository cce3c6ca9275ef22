import { insertAt, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { placesOf } from "../yaml/places";
import { dashBefore, indentOf, removePair } from "../yaml/remove";
import type { YamlMap, YamlNode } from "../yaml/tree";
import type { ComposeDocument, Field, Service } from "./model";

/** A key to be added, with a list of plain items, one plain value, or keys below it. */
export type Addition =
  | { readonly key: string; readonly items: readonly string[] }
  | { readonly key: string; readonly value: string }
  | { readonly key: string; readonly fields: readonly Addition[] };

/**
 * Adds keys at the end of a service, in the file's own indentation, list style and line breaks.
 * @returns undefined where the service's body is an alias or has no key yet, or stands on a line in an unusual way
 */
export function addServiceKeys(
  document: ComposeDocument,
  service: Service,
  additions: readonly Addition[],
): TextEdit | undefined {
  return addKeys(document, service.body, document.lines.at(service.nameSpan.start).column, additions);
}

/**
 * Adds an entry to a section at the top of the file (`secrets:`), and the section where there is none.
 * @returns undefined where the stream has several documents, or the section is no map of its own with an entry
 */
export function addTopLevelEntry(
  document: ComposeDocument,
  section: string,
  entry: Addition,
): TextEdit | undefined {
  const [only, ...others] = document.tree.documents;
  const root = only?.root;
  if (others.length > 0 || root?.kind !== "map") return undefined;
  const existing = root.pairs.find(({ key }) => key.kind === "scalar" && key.value === section);
  if (existing === undefined) return addKeys(document, root, undefined, [{ key: section, fields: [entry] }]);
  return addKeys(document, existing.value, document.lines.at(existing.key.span.start).column, [entry]);
}

/**
 * @param outer the column of the key whose value the map is; undefined for the map at the top
 */
function addKeys(
  document: ComposeDocument,
  map: YamlNode,
  outer: number | undefined,
  additions: readonly Addition[],
): TextEdit | undefined {
  if (map.kind !== "map" || additions.length === 0) return undefined;
  const last = map.pairs[map.pairs.length - 1];
  if (map.flow) {
    const texts = additions.map(flowText).join(", ");
    return last === undefined
      ? insertAt(map.span.start + 1, texts)
      : insertAt(Math.max(last.value.span.end, last.key.span.end), `, ${texts}`);
  }
  const first = map.pairs[0];
  if (first === undefined || last === undefined) return undefined;
  const indent = indentOf(document, first.key.span.start);
  if (indent === undefined) return undefined;
  const step = outer === undefined ? stepBelow(document, map) : indent.length - outer;
  const layout = {
    step: " ".repeat(step > 0 ? step : 2),
    dash: " ".repeat(document.dashIndent ?? (step > 0 ? step : 2)),
  };
  const lineBreak = lineBreakOf(document.text);
  const lines = additions.flatMap((addition) => blockLines(addition, indent, layout));
  const { line } = document.lines.at(last.key.span.start);
  const gap = outer === undefined && (line === 0 || lineIsBlank(document, line - 1));
  const added = lines.map((line) => lineBreak + line).join("");
  return insertAt(endOfBlock(document, last.value), gap ? lineBreak + added : added);
}

/** The indentation of the first map in block style below a map. */
function stepBelow(document: ComposeDocument, map: YamlMap): number {
  for (const { key, value } of map.pairs) {
    const inner = value.kind === "map" && !value.flow ? value.pairs[0] : undefined;
    if (inner !== undefined)
      return document.lines.at(inner.key.span.start).column - document.lines.at(key.span.start).column;
  }
  return 2;
}

function flowText(addition: Addition): string {
  if ("fields" in addition) return `${addition.key}: { ${addition.fields.map(flowText).join(", ")} }`;
  return `${addition.key}: ${"items" in addition ? `[${addition.items.join(", ")}]` : addition.value}`;
}

interface Layout {
  /** The white space by which a key stands below its parent. */
  readonly step: string;
  /** That by which the dashes of a list stand below its key. */
  readonly dash: string;
}

function blockLines(addition: Addition, indent: string, layout: Layout): string[] {
  if ("value" in addition) return [`${indent}${addition.key}: ${addition.value}`];
  const below =
    "items" in addition
      ? addition.items.map((item) => `${indent}${layout.dash}- ${item}`)
      : addition.fields.flatMap((field) => blockLines(field, indent + layout.step, layout));
  return [`${indent}${addition.key}:`, ...below];
}

/**
 * Adds items at the end of a list.
 * @returns undefined where the list is shared with other services, or is none
 */
export function appendToList(
  document: ComposeDocument,
  field: Field<unknown>,
  ...items: readonly string[]
): TextEdit | undefined {
  const { node } = field;
  if (field.origin.kind !== "own" || node.kind !== "sequence") return undefined;
  const last = node.items[node.items.length - 1];
  if (node.flow) {
    const text = items.join(", ");
    return last === undefined ? insertAt(node.span.start + 1, text) : insertAt(last.span.end, `, ${text}`);
  }
  if (last === undefined) return undefined;
  const dash = dashBefore(document, last.span.start);
  if (dash === undefined) return undefined;
  const lineBreak = lineBreakOf(document.text);
  return insertAt(endOfBlock(document, last), items.map((item) => `${lineBreak}${dash}- ${item}`).join(""));
}

/**
 * Removes a key with its value: the whole lines in block style, up to a comma in flow style.
 * @returns undefined where it is the only key of its map, holds an anchor, or shares its line with something else
 */
export function removeField(document: ComposeDocument, field: Field<unknown>): TextEdit | undefined {
  const place = placesOf(document.tree).pairAt(field.keySpan);
  return place === undefined ? undefined : removePair(document, place);
}

/** The end of the last line of a node, behind a comment there, and behind blank lines that belong to a block scalar. */
function endOfBlock(document: ComposeDocument, node: YamlNode): number {
  const { lines } = document;
  let { line } = lines.at(node.span.end);
  if (endsInBlockScalar(node)) {
    const isBlank = (at: number): boolean => at < lines.count - 1 && lineIsBlank(document, at);
    while (isBlank(line + 1)) line++;
  }
  return lines.contentOf(line).end;
}

function lineIsBlank(document: ComposeDocument, line: number): boolean {
  const { start, end } = document.lines.contentOf(line);
  return document.text.slice(start, end).trim() === "";
}

function endsInBlockScalar(node: YamlNode): boolean {
  let last: YamlNode | undefined = node;
  while (last?.kind === "map" || last?.kind === "sequence")
    last = last.kind === "map" ? last.pairs[last.pairs.length - 1]?.value : last.items[last.items.length - 1];
  return last?.kind === "scalar" && (last.style === "literal" || last.style === "folded");
}
