import type { DockerfileDocument } from "../../documents/dockerfile/model";

/** A value in double quotes that ENV and LABEL read as exactly that text, variables not expanded. */
export function quotedValue(document: DockerfileDocument, value: string): string {
  const escaped = Array.from(value, (char) =>
    char === '"' || char === "$" || char === document.escape ? document.escape + char : char,
  );
  return `"${escaped.join("")}"`;
}
