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

/** The repository of a service's image in lower case, without registry and version; empty where it is not known. */
export function imagePath(service: Service): string {
  return service.image?.value.reference?.path.toLowerCase() ?? "";
}
