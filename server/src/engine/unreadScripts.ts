import type { Instruction } from "../documents/dockerfile/model";
import type { Kept } from "../documents/dockerfile/parser";
import { movedSpan, type Span } from "../text/span";
import type { NotChecked } from "./finding";
import { unfollowedReason } from "./unfollowed";

const namesOfDialects = {
  powershell: "PowerShell",
  cmd: "cmd",
  unknown: "another language than a shell's",
} as const;

/** An instruction of which no rule has seen all: the place of its keyword, and why. */
export interface UnreadScript {
  readonly span: Span;
  readonly reason: string;
}

/**
 * The instructions whose commands no rule has seen, or of whose variables not all are followed.
 * @param text of the document
 */
export function unreadScripts(instructions: readonly Instruction[], text: string): readonly UnreadScript[] {
  const unread: UnreadScript[] = [];
  for (const instruction of instructions) {
    for (const reason of [unreadReason(instruction), unfollowedReason(instruction, text)])
      if (reason !== undefined) unread.push({ span: instruction.keywordSpan, reason });
  }
  return unread;
}

/** The same after an edit, from those before it and the instructions that are new. */
export function unreadAgain(
  before: readonly UnreadScript[],
  changed: readonly Instruction[],
  { region, by }: Kept,
  text: string,
): readonly UnreadScript[] {
  return [
    ...before.filter(({ span }) => span.end <= region.start),
    ...unreadScripts(changed, text),
    ...before
      .filter(({ span }) => span.start >= region.end)
      .map(({ span, reason }) => ({ span: movedSpan(span, by), reason })),
  ];
}

/** What is to be said of them: each script that could not be read to its end, and once each language that is left alone. */
export function unreadGaps(unread: readonly UnreadScript[]): readonly NotChecked[] {
  const told = new Set<string>();
  return unread.flatMap(({ span, reason }): NotChecked[] => {
    if (told.has(reason)) return [];
    if (reason !== incomplete) told.add(reason);
    return [{ rule: undefined, reason, span }];
  });
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
