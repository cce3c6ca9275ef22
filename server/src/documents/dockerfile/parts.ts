import type { Span } from "../../text/span";
import type { BuildContext, Source } from "./context";
import { offsetOf, spanIn } from "./logical";
import type { Flag, Heredoc } from "./model";

/**
 * What all instructions have.
 *
 * Instructions are classes, and declare their fields without defining them, for speed alone: in V8 an object
 * literal that spreads another one or has accessors costs more than all the reading of its source, and so do
 * field definitions.
 */
export abstract class Parts {
  declare readonly span: Span;
  declare readonly keywordSpan: Span;
  declare readonly argumentsSpan: Span;
  declare readonly startLine: number;
  declare readonly endLine: number;
  declare readonly flags: readonly Flag[];
  declare readonly heredocs: readonly Heredoc[];
  declare readonly stageIndex: number;
  declare readonly onbuild: boolean;

  constructor(source: Source, context: BuildContext) {
    const { line, start, keywordEnd, flags, argumentsStart, end } = source.command;
    this.span = { start: offsetOf(line, start), end: source.end };
    this.keywordSpan = spanIn(line, start, keywordEnd);
    this.argumentsSpan = spanIn(line, argumentsStart, end);
    this.startLine = source.startLine;
    this.endLine = source.endLine;
    this.flags = flags;
    this.heredocs = source.heredocs;
    this.stageIndex = context.stageIndex;
    this.onbuild = source.onbuild;
  }
}
