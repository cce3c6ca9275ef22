import type { Stage } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { maxChain } from "../../limits";
import type { Span } from "../../text/span";

/** A place that a container writes to when it starts, and the word that says so. */
export interface RuntimeWrite {
  readonly path: string;
  /** What has to be writable for that. */
  readonly folder: string;
  readonly span: Span;
}

/** Programs that write to every path among their arguments. */
const writers: ReadonlySet<string> = new Set(["touch", "mkdir", "tee", "truncate", "chown", "chmod"]);

/** Programs that write to the last of their arguments. */
const movers: ReadonlySet<string> = new Set(["cp", "mv", "install", "ln"]);

/** Absolute paths that the CMD and ENTRYPOINT of a stage write to by themselves; what a script does there is not known. */
export function runtimeWrites({ entrypoint, command }: Stage): readonly RuntimeWrite[] {
  return [entrypoint, command].flatMap((instruction) =>
    instruction === undefined
      ? []
      : instruction.script.commands.flatMap((one) =>
          writesOf(one).flatMap((word) => asWrite(word, one.unwrapped.program === "mkdir")),
        ),
  );
}

function writesOf({ redirections, unwrapped }: ShellCommand): readonly ShellWord[] {
  const redirected = redirections.flatMap(({ operator, target }) =>
    /^(?:&?>>?|>\|)$/.test(operator) && target !== undefined ? [target] : [],
  );
  const words = unwrapped.arguments.filter((word) => !word.text.startsWith("-"));
  const isEdit =
    unwrapped.program === "sed" && unwrapped.arguments.some(({ text }) => /^-[a-zA-Z]*i/.test(text));
  if (isEdit) return [...redirected, ...words.slice(1)];
  if (writers.has(unwrapped.program)) return [...redirected, ...words];
  return movers.has(unwrapped.program) ? [...redirected, ...words.slice(-1)] : redirected;
}

/** Devices and what the kernel shows as files are there in any case. */
function asWrite({ value, span }: ShellWord, makesFolder: boolean): readonly RuntimeWrite[] {
  if (value === undefined || !/^\/(?!(?:dev|proc|sys)(?:\/|$))./.test(value)) return [];
  return [{ path: value, folder: makesFolder ? value : value.replace(/\/[^/]*$/, "") || "/", span }];
}

/** Places that a stage declares with VOLUME, those of the stages below it included. */
export function declaredVolumes(stage: Stage): readonly string[] {
  const places: string[] = [];
  let left = maxChain;
  for (let at: Stage | undefined = stage; at !== undefined && left > 0; at = at.parent, left--)
    for (const one of at.instructions)
      if (one.keyword === "VOLUME")
        for (const { expanded } of one.values) if (expanded.state === "known") places.push(expanded.value);
  return places;
}
