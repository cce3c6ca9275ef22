import type { ComposeDocument, Service } from "../../documents/compose/model";
import { distinct, type Selected } from "../../documents/compose/select";
import { itemsOf, type YamlNode } from "../../documents/yaml/tree";

/**
 * The items of services' lists, each place of the text once. A list that many services share is read once, not once for
 * each of them.
 * @param select the lists of one service, whatever they are
 */
export function itemNodes(
  document: ComposeDocument,
  select: (service: Service) => readonly (YamlNode | undefined)[],
): readonly Selected<YamlNode>[] {
  const seen = new Set<number>();
  const lists = distinct(document, select, (node) => node.span);
  return lists.flatMap(({ service, part }) =>
    itemsOf(part).flatMap((item) => {
      if (seen.has(item.span.start)) return [];
      seen.add(item.span.start);
      return [{ service, part: item }];
    }),
  );
}
