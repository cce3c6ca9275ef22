import type { ComposeDocument } from "../../documents/compose/model";
import { placesOf } from "../../documents/yaml/places";
import { isNull } from "../../documents/yaml/tree";
import { insertAt, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import type { Span } from "../../text/span";

/**
 * Puts a key with a plain value first into the map that is the value of another key, or makes it that map where there is
 * none yet.
 * @param keySpan the place of the key whose map it is
 * @returns undefined where the value is an alias, an empty map in braces, or stands in an unusual way
 */
export function addFirstKey(
  document: ComposeDocument,
  keySpan: Span,
  key: string,
  value: string,
): TextEdit | undefined {
  const owner = placesOf(document.tree).pairAt(keySpan)?.pair.value;
  if (owner === undefined) return undefined;
  const lineBreak = lineBreakOf(document.text);
  const { line, column } = document.lines.at(keySpan.start);
  if (isNull(owner) && owner.anchor === undefined) {
    const { end } = document.lines.contentOf(line);
    const isLast = /^["']?[ \t]*:[ \t]*(?:#.{0,400})?$/.test(document.text.slice(keySpan.end, end));
    return isLast ? insertAt(end, `${lineBreak}${" ".repeat(column + 2)}${key}: ${value}`) : undefined;
  }
  const first = owner.kind === "map" ? owner.pairs[0] : undefined;
  if (owner.kind !== "map" || first === undefined) return undefined;
  const at = first.key.span.start;
  if (owner.flow) return insertAt(at, `${key}: ${value}, `);
  const indent = " ".repeat(document.lines.at(at).column);
  return insertAt(at, `${key}: ${value}${lineBreak}${indent}`);
}
