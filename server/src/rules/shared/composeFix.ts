import type { Field, Service } from "../../documents/compose/model";
import type { Fix } from "../../engine/finding";
import type { TextEdit } from "../../text/edit";
import type { Span } from "../../text/span";

/** A fix that changes what the container does; none where one of its edits could not be made. */
export function unsafeFix(title: string, ...edits: readonly (TextEdit | undefined)[]): readonly Fix[] {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length === edits.length && made.length > 0 ? [{ title, safety: "unsafe", edits: made }] : [];
}

/** From a key to its value; the value alone where it stands elsewhere in the file. */
export function spanOfField(field: Field<unknown>): Span {
  const { keySpan, valueSpan } = field;
  return valueSpan.start >= keySpan.end ? { start: keySpan.start, end: valueSpan.end } : valueSpan;
}

/**
 * What a service runs, in lower case: the repository of its image without registry and version, or the service's own
 * name where the image is built here or stands in a variable.
 */
export function programOf(service: Service): string {
  const { image, build, name } = service;
  const path = build === undefined ? image?.value.reference?.path : undefined;
  return (path ?? name).toLowerCase();
}
