import type { CommandFormat } from "../documents/commands/model";
import { parseCommands } from "../documents/commands/parse";
import { parseCompose } from "../documents/compose/parse";
import { parseDockerfile } from "../documents/dockerfile/parse";
import type { CheckedKind } from "../documents/kind";
import { maxTextLength } from "../limits";
import { type ImagePlace, imagePlaces } from "./imagePlaces";

/**
 * The images that a text names; none where it is too long to be read.
 * @param format of a text that holds commands
 */
export function imagesIn(kind: CheckedKind, text: string, format?: CommandFormat): readonly ImagePlace[] {
  if (text.length > maxTextLength) return [];
  switch (kind) {
    case "dockerfile":
      return imagePlaces(parseDockerfile(text));
    case "compose":
      return imagePlaces(parseCompose(text));
    case "commands":
      return format === undefined ? [] : imagePlaces(parseCommands(text, format));
    case "daemon":
      return [];
  }
}
