import type { ShellCommand, ShellScript } from "../../documents/shell/model";
import type { ShellOption } from "../../documents/shell/options";
import { operandsOf } from "../../documents/shell/queries";
import { containsSpan, type Span } from "../../text/span";
import { accountCommand, accountOption, optionValueSpan } from "./accounts";

/** What `useradd -p` and its like give an account as its password. */
export interface GivenPassword {
  readonly option: ShellOption;
  /** `hash`: a password hash; `text`: anything else that is written out; `made`: text that a program hashes here. */
  readonly kind: "empty" | "locked" | "hash" | "text" | "made" | "unknown";
  readonly span: Span;
}

/** The password that a command of the user administration is given on its command line. */
export function givenPassword(command: ShellCommand, script: ShellScript): GivenPassword | undefined {
  const account = accountCommand(command);
  const option = account && accountOption(account.line, "p", "password");
  if (option?.valueWord === undefined) return undefined;
  const span = optionValueSpan(option) ?? option.valueWord.span;
  if (option.value !== undefined) return { option, kind: kindOf(option.value), span };
  const isMade = script.commands.some(
    (inner) => inner.feeds !== undefined && containsSpan(option.valueWord!.span, inner.span) && hashes(inner),
  );
  return { option, kind: isMade ? "made" : "unknown", span };
}

/** Whether a command may be one that {@link givenPassword} knows; looks at no place. */
export function mayGivePassword(command: ShellCommand): boolean {
  const account = accountCommand(command);
  return account !== undefined && accountOption(account.line, "p", "password") !== undefined;
}

function kindOf(value: string): GivenPassword["kind"] {
  // The second is what the old crypt makes of an empty password.
  if (value === "" || value === "U6aMy0wojraho") return "empty";
  if (/^(?:[!*]|x$|(?:LK|NP)$)/.test(value)) return "locked";
  return /^\$\w{1,9}\$/.test(value) ? "hash" : "text";
}

/** Whether a command hashes a password that is written out: `openssl passwd -6 text`, `mkpasswd text`, `crypt("text", …)`. */
function hashes({ unwrapped }: ShellCommand): boolean {
  const { program, arguments: words } = unwrapped;
  if (program === "openssl") {
    const [mode, ...rest] = operandsOf(unwrapped);
    const isFile = words.some(({ value }) => value === "-stdin" || value === "-in");
    return mode?.value === "passwd" && !isFile && rest.at(-1)?.value !== undefined;
  }
  if (program === "mkpasswd") return operandsOf(unwrapped).at(-1)?.value !== undefined;
  return words.some(({ value }) =>
    /\bcrypt(?:\.crypt)?\s?\(\s?["'][^"'$]{1,100}["']/.test(value?.slice(0, 1000) ?? ""),
  );
}
