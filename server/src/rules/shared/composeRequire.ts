import type { ComposeDocument, NamedValue } from "../../documents/compose/model";
import { placesOf } from "../../documents/yaml/places";
import { scalarOf } from "../../documents/yaml/tree";
import type { Fix } from "../../engine/finding";
import { replaceSpan } from "../../text/edit";
import { unsafeFix } from "./composeFix";
import { shorten } from "./shorten";

/**
 * Takes a value out of the file: Compose then reads it from its own environment or the `.env` file, and stops with an
 * error where it is not set. A variable that the value names keeps its name.
 */
export function requireFromEnvironment(document: ComposeDocument, named: NamedValue): readonly Fix[] {
  const { value } = named;
  const scalar = scalarOf(value?.node);
  if (value === undefined || scalar === undefined) return [];
  const only = value.variables.length === 1 ? value.variables[0] : undefined;
  const isWhole = only !== undefined && only.from === 0 && only.to === value.raw.length;
  const variable = isWhole ? only.name : named.name;
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(variable)) return [];
  const text = `\${${variable}:?}`;
  const title = `Require ${shorten(variable)} from the environment`;
  const isQuoted = scalar.style === "single" || scalar.style === "double";
  if (named.form === "map") return unsafeFix(title, replaceSpan(scalar.span, `"${text}"`));
  const isInFlow = placesOf(document.tree).itemOf(scalar)?.sequence.flow === true;
  if (isQuoted ? named.valueSpan.start <= scalar.span.start : scalar.style !== "plain" || isInFlow) return [];
  return unsafeFix(title, replaceSpan(named.valueSpan, text));
}
