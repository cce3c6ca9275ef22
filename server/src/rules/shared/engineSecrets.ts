import { type EngineOption, spanFrom } from "../../documents/commands/model";
import type { Span } from "../../text/span";
import { findTokens } from "./secrets/tokens";

/** `NAME=value` of `--env` and `--build-arg`. */
export interface NamedArgument {
  readonly option: EngineOption;
  readonly name: string;
  /** As written, without quotes around it; `undefined` where it is taken from the environment. */
  readonly raw: string | undefined;
  readonly span: Span;
  /** The name of the provider whose token the value is. */
  readonly token: string | undefined;
  /** Where the equals sign stands, if that is known exactly. */
  readonly equals: number | undefined;
}

/** The named values of some options. */
export function namedArguments(options: readonly EngineOption[]): readonly NamedArgument[] {
  return options.flatMap((option): readonly NamedArgument[] => {
    const { value } = option;
    if (value === undefined) return [];
    const written = value.value ?? value.text.replace(/^"(.*)"$/s, "$1");
    const match = /^([A-Za-z_][\w.-]{0,200})(=?)/.exec(written);
    if (match === null) return [];
    const [whole, name = "", sign] = match;
    if (sign === "")
      return whole === written
        ? [{ option, name, raw: undefined, span: value.span, token: undefined, equals: undefined }]
        : [];
    const raw = written.slice(whole.length).replace(/^(["'])(.*)\1$/s, "$2");
    // The value of an assignment in quotes of its own begins behind them: `A="b"`.
    const span = spanFrom(value, whole.length);
    const isQuoted = value.exact && /^["']/.test(value.text);
    const equals = value.exact ? value.span.start + (isQuoted ? 1 : 0) + name.length : undefined;
    return [{ option, name, raw, span, token: findTokens(raw)[0]?.provider, equals }];
  });
}
