import type { DockerfileDocument } from "../documents/dockerfile/model";
import type { NotChecked } from "./finding";

const namesOfDialects = {
  powershell: "PowerShell",
  cmd: "cmd",
  unknown: "another language than a shell's",
} as const;

/**
 * What of the commands in a Dockerfile no rule has seen: scripts that the parser could not read to their end, and RUN in
 * languages that are left alone, each language said once.
 */
export function unreadScripts(document: DockerfileDocument): readonly NotChecked[] {
  const unread: NotChecked[] = [];
  const told = new Set<string>();
  for (const instruction of document.instructions) {
    if (!("script" in instruction)) continue;
    const { dialect, incomplete } = instruction.script;
    const span = instruction.keywordSpan;
    if (incomplete) {
      unread.push({ rule: undefined, reason: "a part of this command could not be read", span });
    } else if (
      dialect !== "posix" &&
      instruction.keyword === "RUN" &&
      instruction.form !== "none" &&
      !told.has(dialect)
    ) {
      told.add(dialect);
      unread.push({ rule: undefined, reason: `RUN in ${namesOfDialects[dialect]} is not read`, span });
    }
  }
  return unread;
}
