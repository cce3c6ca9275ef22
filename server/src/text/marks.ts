import type { Span } from "./span";

const open = "«";
const close = "»";

/** A text with its `«…»` marks taken out, and the spans that they marked, in order of their start. */
export interface Marked {
  readonly text: string;
  readonly spans: readonly Span[];
}

/**
 * Takes the marks out of an example. Marks may nest.
 * @throws Error when marks do not pair up
 */
export function parseMarks(source: string): Marked {
  let text = "";
  const opened: number[] = [];
  const spans: Span[] = [];
  for (const char of source) {
    if (char === open) opened.push(text.length);
    else if (char === close) {
      const start = opened.pop();
      if (start === undefined) throw new Error("a closing mark without an opening one");
      spans.push({ start, end: text.length });
    } else text += char;
  }
  if (opened.length > 0) throw new Error("an opening mark without a closing one");
  return { text, spans: spans.sort((a, b) => a.start - b.start || a.end - b.end) };
}
