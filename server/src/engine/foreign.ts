import type { ComposeDocument } from "../documents/compose/model";
import { placeIn } from "../documents/compose/places";
import { maxPlaceLength } from "../limits";
import type { Span } from "../text/span";
import type { Finding, Fix, Related } from "./finding";

/**
 * A finding as its document shows it, where the model reaches into other files. What is found in another file is said of
 * that file, when it is checked: `undefined` here. Places there become related ones, and a fix that would edit another
 * file is not offered.
 */
export function atHome(document: ComposeDocument, finding: Finding): Finding | undefined {
  if (document.project.files.length === 0) return finding;
  if (isForeign(document, finding.span)) return undefined;
  const fixes = finding.fixes.filter((fix) => isOwnFix(document, fix));
  const related = finding.related.map((one) =>
    one.path === undefined ? relatedAt(document, one.span, one.message) : one,
  );
  return { ...finding, fixes, related: [...related, ...settingsAt(document, finding.span)] };
}

/** Whether a place of a model lies in another file than the document. */
export function isForeign(document: ComposeDocument, span: Span): boolean {
  return span.start > document.text.length;
}

/** A related place, in whichever file of the project its span lies. */
export function relatedAt(document: ComposeDocument, span: Span, message: string): Related {
  const place = placeIn(document, span);
  if (place === undefined) return { span, message };
  const { file } = place;
  const range = { start: file.lines.at(place.span.start), end: file.lines.at(place.span.end) };
  return { span: place.span, message, path: file.path, range };
}

function isOwnFix(document: ComposeDocument, { edits }: Fix): boolean {
  return edits.every((edit) => edit.end <= document.text.length);
}

/** Where environment files set the variables that a place names. */
function settingsAt(document: ComposeDocument, { start, end }: Span): readonly Related[] {
  const { settings } = document.project;
  if (settings.size === 0) return [];
  const text = document.text.slice(start, Math.min(end, start + maxPlaceLength));
  const names = new Set([...text.matchAll(/\$\{?([A-Za-z_]\w{0,100})/g)].map(([, name = ""]) => name));
  return [...names].flatMap((name) => {
    const span = settings.get(name);
    return span === undefined ? [] : [relatedAt(document, span, `${shorten(name)} is set here`)];
  });
}

function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
