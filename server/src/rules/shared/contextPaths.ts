import type { CopyInstruction, CopySource } from "../../documents/dockerfile/model";
import { maxContextPathParts } from "../../ruleLimits";

/** A source of COPY or ADD as a path in the build context. */
export interface ContextPath {
  /** Without `.`, `..` and empty parts: none for the context itself. */
  readonly parts: readonly string[];
  /** Whether `..` leads out of the context on the way; builders then go on from its top. */
  readonly leaves: boolean;
}

/** Reads a source as builders do: slashes and a drive at its beginning mean the context, whatever the machine has. */
export function contextPath(source: string): ContextPath {
  const parts: string[] = [];
  let leaves = false;
  for (const part of source.replace(/^[a-z]:(?=[/\\])/i, "").split("/", maxContextPathParts)) {
    if (part === "..") leaves = parts.pop() === undefined || leaves;
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return { parts, leaves };
}

/**
 * The sources that a COPY or ADD takes from the build context, with their text after expansion where it is known. None
 * where they come from another stage, image or context; addresses and here-documents are left out.
 */
export function contextSources(
  copy: CopyInstruction,
): readonly { readonly source: CopySource; readonly text: string }[] {
  if (copy.from !== undefined || copy.flags.some(({ name }) => name === "from")) return [];
  return copy.sources.flatMap((source) => {
    const text = source.expanded.state === "known" ? source.expanded.value : source.text;
    return isAddress(text) ? [] : [{ source, text }];
  });
}

/** Most sources are plain paths, which one look tells. */
function isAddress(text: string): boolean {
  return (text.includes("://") || text.includes("@")) && /^[a-z][a-z+.-]{1,20}:\/\/|^git@/i.test(text);
}
