import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { UnwrappedCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { insertAt } from "../../text/edit";

/**
 * Writes options right behind a program's name, or behind another word that is given for it, such as a subcommand;
 * none where its place is not known exactly.
 */
export function insertFlagFixes(
  document: DockerfileDocument,
  { name }: Pick<UnwrappedCommand, "name">,
  flags: string,
  title: string,
  safety: Fix["safety"] = "unsafe",
): readonly Fix[] {
  if (!name?.exact || document.text.slice(name.span.start, name.span.end) !== name.text) return [];
  return [{ title, safety, edits: [insertAt(name.span.end, ` ${flags}`)] }];
}
