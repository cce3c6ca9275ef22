import type { ShellCommand, UnwrappedCommand } from "../../documents/shell/model";

/**
 * A command without its wrappers, and with pip under one name: `pip3.12 install x` and `python3 -m pip install x` are
 * `pip` with the arguments `install x`, `uv pip install x` is `uv` as it stands.
 */
export function invocationOf({ unwrapped }: ShellCommand): UnwrappedCommand {
  const { program, arguments: words } = unwrapped;
  if (/^pip\d?(?:\.\d{1,2})?$/.test(program)) return { ...unwrapped, program: "pip" };
  if (!/^python\d?(?:\.\d{1,2})?$/.test(program)) return unwrapped;
  const module = words.findIndex((word) => word.value === "-m");
  const name = words[module + 1];
  if (module < 0 || name?.value !== "pip") return unwrapped;
  return { ...unwrapped, program: "pip", name, arguments: words.slice(module + 2) };
}
