import type { FoundDockerfile } from "../../documents/project/model";
import type { Related } from "../../engine/finding";
import type { Span } from "../../text/span";

/** A place in the Dockerfile that a service builds. */
export function relatedIn(
  { path, document }: Extract<FoundDockerfile, { readonly state: "known" }>,
  span: Span,
  message: string,
): Related {
  const range = { start: document.lines.at(span.start), end: document.lines.at(span.end) };
  return { message, span, path, range };
}
