import { parseCompose } from "../documents/compose/parse";
import { parseDockerfile } from "../documents/dockerfile/parse";
import type { CheckedKind } from "../documents/kind";
import { maxTextLength } from "../limits";
import { type ImagePlace, imagePlaces } from "./imagePlaces";

/** The images that a text names; none where it is too long to be read, and none but in Dockerfiles and Compose files. */
export function imagesIn(kind: CheckedKind, text: string): readonly ImagePlace[] {
  if (text.length > maxTextLength) return [];
  if (kind === "dockerfile") return imagePlaces(parseDockerfile(text));
  return kind === "compose" ? imagePlaces(parseCompose(text)) : [];
}
