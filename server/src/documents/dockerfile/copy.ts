import type { Span } from "../../text/span";
import type { BuildContext, Source } from "./context";
import { imageUse } from "./imageUse";
import type { CopySource, ImageUse, Word } from "./model";
import { expand } from "./variables";
import { execWords, splitAtBlanks } from "./words";

/** What COPY and ADD copy, and where to. */
export interface CopyParts {
  readonly words: readonly Word[];
  readonly sources: readonly CopySource[];
  readonly destination: CopySource | undefined;
  readonly from: ImageUse | undefined;
  readonly exec: boolean;
}

export function copyOf(source: Source, context: BuildContext): CopyParts {
  const { line, argumentsStart, end, exec, flags } = source.command;
  const strings = exec !== undefined && !exec.invalid ? exec.strings : undefined;
  const words =
    strings === undefined
      ? splitAtBlanks(line, argumentsStart, end, context.escape)
      : execWords(context.text, strings);
  const paths = source.heredocs.length === 0 ? words : withoutHeredocs(words, source);
  const values = paths.map((word) =>
    sourceOf(strings === undefined ? word.text : word.value, word.span, context),
  );
  const hasDestination = values.length > 1 || source.heredocs.length > 0;
  const from = flags.find((flag) => flag.name === "from");
  return {
    words,
    sources: hasDestination ? values.slice(0, -1) : values,
    destination: hasDestination ? values.at(-1) : undefined,
    from: from?.value === undefined ? undefined : imageUse(from.value, from.valueSpan, context, "from"),
    exec: strings !== undefined,
  };
}

/** Both lists are in order of their place. */
function withoutHeredocs(words: readonly Word[], source: Source): readonly Word[] {
  const { heredocs } = source;
  let next = 0;
  return words.filter(({ span }) => {
    while (next < heredocs.length && heredocs[next]!.wordSpan.end <= span.start) next++;
    const heredoc = heredocs[next];
    return heredoc === undefined || span.start < heredoc.wordSpan.start;
  });
}

/** A value with what it expands to. */
export function sourceOf(text: string, span: Span, context: BuildContext): CopySource {
  return { text, span, expanded: expand(text, context.scope, context.escape) };
}
