import type { DockerfileDocument, Instruction } from "../documents/dockerfile/model";
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
    const reason = unreadReason(instruction);
    if (reason === undefined || told.has(reason)) continue;
    if (reason !== incomplete) told.add(reason);
    unread.push({ rule: undefined, reason, span: instruction.keywordSpan });
  }
  return unread;
}

const incomplete = "a part of this command could not be read";

/** Why no rule has seen the commands of an instruction; `undefined` where they were read, or there are none. */
export function unreadReason(instruction: Instruction): string | undefined {
  if (!("script" in instruction)) return undefined;
  const { script, keyword, form } = instruction;
  if (script.incomplete) return incomplete;
  if (script.dialect === "posix" || keyword !== "RUN" || form === "none") return undefined;
  return `RUN in ${namesOfDialects[script.dialect]} is not read`;
}
