import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import type { Severity } from "../../engine/severity";
import { containsSpan, type Span } from "../../text/span";
import { textMatches } from "./mentions";
import { secretName, strongPieces } from "./secrets/names";
import { findTokens } from "./secrets/tokens";
import { judgeValue } from "./secrets/values";

/** A secret in the text of a file that an instruction writes. */
export interface WrittenSecret {
  /** The field or variable that it is given to in that file. */
  readonly name: string;
  readonly span: Span;
  readonly severity: Severity;
}

/**
 * The secrets in what instructions write to files: words of `echo`, `printf` and `sed`, and heredocs, as far as they stand
 * there as `name=value`, `name: value` or `"name": "value"`. A word without a digit or a sign in it may be anything and is
 * left out, and so are tokens of known form, which another rule reports wherever they stand.
 */
export function writtenSecrets(document: DockerfileDocument): readonly WrittenSecret[] {
  return textMatches(document, assignment, ["RUN", "COPY", "ADD"], hint).flatMap(
    ({ instruction, text, value }): readonly WrittenSecret[] => {
      const name = /^["']?([\w.-]+)/.exec(text)?.[1] ?? "";
      if (value === undefined || secretName(name)?.strength !== "strong") return [];
      if (!isWritten(instruction, value)) return [];
      const written = document.text.slice(value.start, value.end);
      // The end of what sed replaces.
      const secret = written.replace(/\/[gI]?$/, "");
      const span = { start: value.start, end: value.start + secret.length };
      if (findTokens(secret).length > 0) return [];
      const judgement = judgeValue(secret, name);
      if (judgement === "random") return [{ name, span, severity: "high" }];
      const isChosen =
        judgement === "literal" && /[a-z]/i.test(secret) && /[^a-z]/i.test(secret.slice(0, -1));
      return isChosen && !isCode(secret) ? [{ name, span, severity: "medium" }] : [];
    },
  );
}

/** A part of a name that means a secret, and what stands behind the name. */
const hint = new RegExp(`(?:${strongPieces.join("|")})[^\\n]{0,120}?[=:]`, "i");

/** What comes after it must not make it the beginning of something else: a call, a template, a word with a variable. */
const assignment =
  /(?<![\w.$-])["']?[A-Za-z_][\w.-]{1,60}(?:\\?["'])?[ \t]{0,3}(?:=|:(?=[ \t"'])|=>)[ \t]{0,3}(?:\\?["'])?(?!\.\*)(?<value>[^\s"'`$<>(){}[\]&|;,\\]{6,200})(?![^\s"';,}\\/])/dg;

/** Names of fields and modules, as they follow `=` and `:` in programs. */
function isCode(text: string): boolean {
  return /^[A-Za-z_]\w*(?:(?:\.|::|->)[A-Za-z_]\w*)+$|^[a-z]+(?:[-_][a-z]+)+$|^[\w.-]*[*%@#]/.test(text);
}

const writing: ReadonlySet<string> = new Set(["cat", "echo", "printf", "sed", "tee"]);

/** Whether a place is in a heredoc of COPY or ADD, or in what a command of a RUN writes. */
function isWritten(instruction: Instruction, place: Span): boolean {
  if (instruction.keyword !== "RUN")
    return instruction.heredocs.some(({ bodySpan }) => containsSpan(bodySpan, place));
  const { commands } = instruction.script;
  return commands.some(
    (command) =>
      writing.has(command.unwrapped.program) && partsOf(command).some((part) => containsSpan(part, place)),
  );
}

function partsOf({ unwrapped, redirections }: ShellCommand): readonly Span[] {
  return [
    ...unwrapped.arguments.map(({ span }) => span),
    ...redirections.flatMap(({ body }) => (body === undefined ? [] : [body])),
  ];
}
