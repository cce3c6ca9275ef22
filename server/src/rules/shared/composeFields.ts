import type { ComposeDocument, Field, Item, Service, Text } from "../../documents/compose/model";
import { distinct, type Selected } from "../../documents/compose/select";

/** Keys of services whose value is known and passes a test, each place of the text once. */
export function fieldsWith(
  document: ComposeDocument,
  select: (service: Service) => Field<Text> | undefined,
  passes: (value: string, service: Service) => boolean,
): readonly Selected<Field<Text>>[] {
  return distinct(
    document,
    (service) => [select(service)],
    (field) => field.keySpan,
  ).filter(({ service, part }) => {
    const value = part.value.value?.trim();
    return value !== undefined && passes(value, service);
  });
}

/** Items of services' lists whose value is known and passes a test, each place of the text once. */
export function itemsWith(
  document: ComposeDocument,
  select: (service: Service) => Field<readonly Item[]> | undefined,
  passes: (value: string, service: Service) => boolean,
): readonly Selected<Item>[] {
  return distinct(
    document,
    (service) => select(service)?.value ?? [],
    (item) => item.span,
  ).filter(({ service, part }) => {
    const value = part.value?.trim();
    return value !== undefined && passes(value, service);
  });
}
