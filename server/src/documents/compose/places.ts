import type { Span } from "../../text/span";
import type { ComposeDocument, ProjectFile } from "./model";

type Placed = Pick<ComposeDocument, "text"> & { readonly project: Pick<ComposeDocument["project"], "files"> };

/** Where a span of a model stands. */
export interface ForeignPlace {
  readonly file: ProjectFile;
  /** In the text of that file. */
  readonly span: Span;
}

/** The place of a span that lies in another file of the project; `undefined` for one in the document itself. */
export function placeIn(document: Placed, span: Span): ForeignPlace | undefined {
  if (span.start <= document.text.length) return undefined;
  const file = document.project.files.find(
    ({ start, length }) => start <= span.start && span.start <= start + length,
  );
  if (file === undefined) return undefined;
  return { file, span: { start: span.start - file.start, end: span.end - file.start } };
}

/** The folder that paths written at a place are relative to, itself relative to the document's. */
export function folderAt(document: Placed, span: Span): string {
  const place = placeIn(document, span);
  return place?.file.folder ?? "";
}
