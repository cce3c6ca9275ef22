import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption } from "../../documents/shell/queries";

/** A word that makes a command mean something else where its variable is empty. */
export interface EmptyVariableRisk {
  /** `root`: deletes under the root folder; `always`: a test that is always true; `broken`: one that is an error. */
  readonly kind: "root" | "always" | "broken";
  readonly word: ShellWord;
  /** The variable's name. */
  readonly name: string;
}

/** The words of `rm -r`, `[` and `test` that must not be empty. */
export function emptyVariableRisks({ unwrapped }: ShellCommand): readonly EmptyVariableRisk[] {
  const { program, arguments: words } = unwrapped;
  if (program === "rm") {
    if (!findOption(unwrapped, "r", "recursive") && !findOption(unwrapped, "R", "")) return [];
    return words.flatMap((word) => riskIn("root", word, directlyUnder));
  }
  if (program !== "[" && program !== "test") return [];
  const operands = words.filter(({ value }, index) => !(value === "]" && index === words.length - 1));
  const [first, second] = operands;
  if (operands.length === 2 && first?.value === "-n" && second) return riskIn("always", second, bare);
  const isComparison = operands.length === 3 && /^(?:==?|!=|-(?:eq|ne|[gl][te]))$/.test(second?.value ?? "");
  return isComparison && first ? riskIn("broken", first, bare) : [];
}

function riskIn(
  kind: EmptyVariableRisk["kind"],
  word: ShellWord,
  pattern: RegExp,
): readonly EmptyVariableRisk[] {
  const name = pattern.exec(word.text.slice(0, 200))?.groups?.name?.replace(/[{}]/g, "");
  return name === undefined ? [] : [{ kind, word, name }];
}

const bare = /^\$(?<name>[A-Za-z_]\w*|\{[A-Za-z_]\w*\})$/;
const directlyUnder =
  /^"?\$(?<name>[A-Za-z_]\w*|\{[A-Za-z_]\w*\})"?\/"?(?:\*|(?:bin|boot|dev|etc|home|lib|lib64|opt|root|sbin|srv|usr|var)(?:\/\*?)?)?"?\*?$/;
