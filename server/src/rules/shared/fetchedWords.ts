import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import type { ShellOption } from "../../documents/shell/options";
import { findOptions, operandsOf } from "../../documents/shell/queries";
import { type WebAddress, webAddressesOf } from "./fetches";
import { invocationOf } from "./pipCommand";

/**
 * What a download or an installation may fetch: its operands, names of packages among them, and the values of the
 * options that name an index or a registry.
 */
export function fetchedWords(command: ShellCommand): readonly WebAddress[] {
  const invocation = invocationOf(command);
  const operands = operandsOf(invocation).map(wholeWord);
  const valuesOf = (short: string, long: string) =>
    findOptions(invocation, short, long).flatMap(valueAddress);
  switch (invocation.program) {
    case "curl":
    case "wget":
      return webAddressesOf(command);
    case "git":
      return /^(?:clone|fetch|pull|submodule)$/.test(operands[0]?.url ?? "") ? operands.slice(1) : [];
    case "pip":
      return [
        ...operands,
        ...valuesOf("i", "index-url"),
        ...valuesOf("", "extra-index-url"),
        ...valuesOf("f", "find-links"),
      ];
    case "npm":
    case "yarn":
    case "pnpm":
      return [...operands, ...valuesOf("", "registry")];
    case "gem":
      return valuesOf("s", "source");
    case "aria2c":
    case "rpm":
    case "svn":
      return operands;
    default:
      return [];
  }
}

function wholeWord(word: ShellWord): WebAddress {
  return { url: word.value ?? `${word.literalPrefix}$`, word };
}

function valueAddress({ word, valueWord }: ShellOption): readonly WebAddress[] {
  if (valueWord === undefined) return [];
  const whole = wholeWord(valueWord);
  return [valueWord === word ? { ...whole, url: whole.url.slice(whole.url.indexOf("=") + 1) } : whole];
}
