import type { Span } from "../../text/span";
import type { ComposeDocument, Service } from "./model";

/** Something of a service, with the service. */
export interface Selected<T> {
  readonly service: Service;
  readonly part: T;
}

/**
 * Parts of all services, each place of the text once: what several services inherit through an anchor or `extends` comes
 * with the first of them.
 * @param select the parts of one service
 * @param spanOf where a part stands
 */
export function distinct<T>(
  document: ComposeDocument,
  select: (service: Service) => readonly (T | undefined)[],
  spanOf: (part: T) => Span,
): Selected<T>[] {
  const seen = new Map<number, Set<number>>();
  const selected: Selected<T>[] = [];
  for (const service of document.services) {
    for (const part of select(service)) {
      if (part === undefined) continue;
      const { start, end } = spanOf(part);
      const ends = seen.get(start) ?? new Set();
      if (ends.has(end)) continue;
      seen.set(start, ends.add(end));
      selected.push({ service, part });
    }
  }
  return selected;
}
