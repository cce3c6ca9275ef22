import { interpolate } from "../../documents/compose/interpolation";
import type { ComposeDocument, Text } from "../../documents/compose/model";
import {
  entriesOf,
  itemsOf,
  scalarOf,
  spanInScalar,
  type YamlNode,
  type YamlScalar,
} from "../../documents/yaml/tree";

/** The value of a `NAME=value` item or of a map's key. */
export interface NamedText extends Text {
  readonly name: string;
}

/** The values of a list of `NAME=value` or of a map, for keys that the model of a service does not name; merge keys are not followed. */
export function namedTexts(document: ComposeDocument, node: YamlNode | undefined): readonly NamedText[] {
  const inMap = entriesOf(node).flatMap(({ key, value }) => {
    const scalar = scalarOf(value);
    return scalar === undefined ? [] : [namedText(document, key, scalar, 0)];
  });
  const inList = itemsOf(node).flatMap((item) => {
    const scalar = scalarOf(item);
    const at = scalar?.value.indexOf("=") ?? -1;
    return scalar === undefined || at < 0
      ? []
      : [namedText(document, scalar.value.slice(0, at), scalar, at + 1)];
  });
  return [...inMap, ...inList];
}

function namedText({ text }: ComposeDocument, name: string, scalar: YamlScalar, from: number): NamedText {
  const raw = scalar.value.slice(from);
  const { value, variables } = interpolate(raw);
  const span = from === 0 ? scalar.span : spanInScalar(text, scalar, from, scalar.value.length);
  return { name, span, raw, value, variables, node: scalar };
}
