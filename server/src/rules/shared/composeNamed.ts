import { removeField } from "../../documents/compose/edits";
import type { ComposeDocument, NamedValue } from "../../documents/compose/model";
import { removeItem } from "../../documents/yaml/remove";
import type { TextEdit } from "../../text/edit";

/**
 * Removes an entry such as one of `environment` or `sysctls`, in list or map form.
 * @returns undefined where it has no value, holds an anchor, or shares its line with something else
 */
export function removeNamed(document: ComposeDocument, named: NamedValue): TextEdit | undefined {
  const { name, nameSpan, valueSpan, value, origin } = named;
  if (value === undefined) return undefined;
  if (named.form === "list") return removeItem(document, value.node);
  return removeField(document, { name, keySpan: nameSpan, valueSpan, value, origin, node: value.node });
}
