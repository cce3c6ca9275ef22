import { visible } from "../../text/visible";

/**
 * A piece of a document made fit for a message: control characters replaced, and its middle left out beyond `most`
 * UTF-16 units, so that the beginning and the end can still be recognised.
 */
export function shorten(text: string, most = 48): string {
  const clean = visible(text);
  if (clean.length <= most) return clean;
  const tail = Math.floor((most - 1) / 3);
  return `${clean.slice(0, most - 1 - tail)}…${clean.slice(clean.length - tail)}`;
}
