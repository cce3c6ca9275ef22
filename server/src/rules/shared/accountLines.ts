import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import { type Span, spanOf } from "../../text/span";
import { textMatches } from "./mentions";
import { isReplacedBySed } from "./sedScripts";

/** The beginning of a line of `/etc/passwd` or `/etc/shadow` that a build writes or changes. */
export interface AccountLine {
  readonly instruction: Instruction;
  readonly name: string;
  /** What stands for the password; empty where none is needed. */
  readonly password: string;
  /** The third field where it is a number: the uid in `/etc/passwd`. */
  readonly number: number | undefined;
  readonly numberSpan: Span;
  readonly span: Span;
}

/** Such lines in the instructions that name one of the two files, with what `sed` writes and without what it looks for. */
export function accountLines(document: DockerfileDocument): readonly AccountLine[] {
  if (!files.test(document.text)) return [];
  return textMatches(document, line, ["RUN", "COPY", "ADD"]).flatMap(({ instruction, text, span }) => {
    const whole = document.text.slice(instruction.span.start, instruction.span.end);
    if (!files.test(whole) || isReplacedBySed(document, instruction, span)) return [];
    const [name = "", password = "", number = ""] = text.split(":");
    const start = span.start + name.length + password.length + 2;
    return [
      {
        instruction,
        name,
        password,
        number: /^\d+$/.test(number) ? Number(number) : undefined,
        numberSpan: spanOf(start, start + number.length),
        span,
      },
    ];
  });
}

const files = /\/etc\/(?:passwd|shadow)\b/;
/** Not `-c std::x` nor `http://`: the third field is a number, or is followed by the end of a `sed` expression. */
const line =
  /(?<![\w.$:-])[a-z_][\w.-]{0,31}:(?:[x*!]{0,2}|\$[\w./$]{1,120}):(?:\d{1,10}(?=:)|(?=[:/|#,]))/dg;
