import type { Lines } from "../../text/lines";
import type { Problem } from "../document";

/** BuildKit refuses a physical line of more bytes (Go's bufio.MaxScanTokenSize, the line feed included). */
const longestLine = 65_535;
const mostBytesPerUnit = 3;

export function addLongLines(text: string, lines: Lines, problems: Problem[]): void {
  if (text.length * mostBytesPerUnit <= longestLine) return;
  for (let line = 0; line < lines.count; line++) {
    const start = lines.startOf(line);
    const end = lines.startOf(line + 1);
    if ((end - start) * mostBytesPerUnit <= longestLine) continue;
    if (utf8Length(text, start, end) <= longestLine) continue;
    problems.push({
      span: lines.contentOf(line),
      message: "The line is longer than the builder can read.",
      effect: "syntax",
    });
  }
}

function utf8Length(text: string, from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    length += code < 0x80 ? 1 : code < 0x800 || isSurrogate ? 2 : 3;
  }
  return length;
}
