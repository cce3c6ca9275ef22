import type { EngineCommand, EngineOption, EngineText } from "../../documents/commands/model";
import { optionsNamed, spanInText } from "../../documents/commands/model";
import type { Span } from "../../text/span";

/** A mount that a command gives to a container, by `--volume` or `--mount`. */
export interface EngineMount {
  readonly option: EngineOption;
  /** As written, with variables and the home directory in it; without quotes. */
  readonly source: string;
  /** Whether `source` is all literal. */
  readonly sourceKnown: boolean;
  readonly sourceSpan: Span;
  /** Words such as `ro`, `Z` and `rshared`, or the values of the keys of `--mount` that mean the same. */
  readonly modes: readonly string[];
  readonly readOnly: boolean;
}

/** The mounts of a command that have a source. */
export function mountsOf(command: EngineCommand): readonly EngineMount[] {
  return [
    ...optionsNamed(command, "volume").flatMap(fromVolume),
    ...optionsNamed(command, "mount").flatMap(fromMount),
  ];
}

/** `source:target:modes`. A colon may stand in a variable's default and behind a drive's letter. */
function fromVolume(option: EngineOption): readonly EngineMount[] {
  const { value } = option;
  if (value === undefined) return [];
  const raw = unquoted(value);
  const parts =
    /^((?:[A-Za-z]:(?=[\\/]))?(?:\$\{[^}]{0,200}\}|\$\([^)]{0,200}\)|[^:$]|\$(?![{(])){1,1000}):([^:]{1,1000})(?::([\w,-]{1,60}))?$/.exec(
      raw.slice(0, 2000),
    );
  if (parts === null) return [];
  const source = parts[1]!.replace(/^["']|["']$/g, "");
  const modes = parts[3]?.split(",") ?? [];
  return [mountAt(option, value, { source, from: 0, modes, readOnly: modes.includes("ro") })];
}

/** `type=bind,source=…,target=…,readonly`. */
function fromMount(option: EngineOption): readonly EngineMount[] {
  const { value } = option;
  if (value === undefined) return [];
  const raw = unquoted(value);
  const parts = raw.slice(0, 2000).split(",");
  const find = (...keys: readonly string[]): string | undefined =>
    parts.find((part) => keys.some((key) => part.startsWith(`${key}=`)));
  const entry = find("source", "src");
  if (entry === undefined || find("type") !== "type=bind") return [];
  const from = raw.indexOf(entry) + entry.indexOf("=") + 1;
  const source = entry.slice(entry.indexOf("=") + 1);
  const propagation = find("bind-propagation")?.slice("bind-propagation=".length);
  const readOnly = parts.some((part) => /^(?:readonly|ro)(?:=(?:true|1))?$/.test(part));
  return [
    mountAt(option, value, { source, from, modes: propagation === undefined ? [] : [propagation], readOnly }),
  ];
}

function mountAt(
  option: EngineOption,
  value: EngineText,
  mount: Pick<EngineMount, "source" | "modes" | "readOnly"> & { readonly from: number },
): EngineMount {
  const { source, from, modes, readOnly } = mount;
  const sourceKnown = value.prefix.startsWith(source, from);
  const sourceSpan = sourceKnown ? spanInText(value, from, from + source.length) : value.span;
  return { option, source, sourceKnown, sourceSpan, modes, readOnly };
}

/** A value without the quotes around all of it. */
function unquoted({ text, value }: EngineText): string {
  return value ?? text.replace(/^"(.*)"$/s, "$1");
}
