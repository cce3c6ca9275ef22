import type { DockerfileDocument } from "../../server/src/documents/dockerfile/model";
import { parseDockerfile } from "../../server/src/documents/dockerfile/parse";

/** The zero-based lines of a Dockerfile that our grammars may colour otherwise than VS Code's own does. */
export function colouredLines(text: string): ReadonlySet<number> {
  const document: DockerfileDocument = parseDockerfile(text);
  const lines = new Set<number>();
  for (const comment of document.comments) {
    if (/ignore|skip|nosemgrep|check|kics/.test(text.slice(comment.span.start, comment.span.end)))
      lines.add(comment.line);
  }
  for (const directive of document.directives) lines.add(document.lines.at(directive.span.start).line);
  for (const written of document.instructions) {
    const instruction = written.keyword === "ONBUILD" ? (written.trigger ?? written) : written;
    const isWhole = instruction.keyword === "RUN" || instruction.heredocs.length > 0;
    const last = isWhole ? written.endLine : instruction.flags.length > 0 ? written.startLine : -1;
    for (let line = written.startLine; line <= last; line++) lines.add(line);
  }
  return lines;
}
