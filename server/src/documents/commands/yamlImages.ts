import { resolveAlias, scalarOf, type YamlNode } from "../yaml/tree";
import type { NamedImage } from "./model";

/** What a workflow writes before an image where other things than images may stand. */
const dockerScheme = "docker://";

/**
 * The image that a value of a pipeline names, with or without the scheme before it.
 * @returns nothing where no text stands there
 */
export function imageAt(node: YamlNode | undefined): readonly NamedImage[] {
  const scalar = node && scalarOf(resolveAlias(node));
  if (scalar === undefined || scalar.value === "") return [];
  const { value, span, style } = scalar;
  const open = value.includes("$");
  if (!value.startsWith(dockerScheme)) return [{ name: value, open, span }];
  const name = value.slice(dockerScheme.length);
  const quotes = style === "plain" ? 0 : 1;
  const isWritten = span.end - span.start === value.length + 2 * quotes;
  const inside = { start: span.start + quotes + dockerScheme.length, end: span.end - quotes };
  return [{ name, open, span: isWritten ? inside : span }];
}

/** The image that `uses:` or an action's `image:` names; other actions, and Dockerfiles, are none. */
export function schemedImageAt(node: YamlNode | undefined): readonly NamedImage[] {
  const scalar = node && scalarOf(resolveAlias(node));
  return scalar?.value.startsWith(dockerScheme) ? imageAt(node) : [];
}
