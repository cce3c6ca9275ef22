import type { BuildContext, Source } from "./context";
import { imageUse } from "./imageUse";
import { spanIn } from "./logical";
import type { Mount, MountOption } from "./model";

const comma = 44;
const equals = 61;
const backslash = 92;

/** The `--mount` flags of RUN with their options. */
export function mountsOf(source: Source, context: BuildContext): readonly Mount[] {
  const { flags, flagValues } = source.command;
  const mounts: Mount[] = [];
  for (const [i, flag] of flags.entries()) {
    if (flag.name !== "mount") continue;
    const options = optionsIn(source, flagValues[i * 2]!, flagValues[i * 2 + 1]!);
    const type = options.find((option) => option.key === "type")?.value.toLowerCase();
    const from = options.find((option) => option.key === "from" && option.value !== "");
    mounts.push({
      flag,
      type: type === undefined || type === "" ? "bind" : type,
      options,
      from: from === undefined ? undefined : imageUse(from.value, from.valueSpan, context, "from"),
    });
  }
  return mounts;
}

/** Splits at commas. BuildKit takes quotes off before it splits, so that they do not protect a comma. */
function optionsIn(source: Source, from: number, to: number): readonly MountOption[] {
  const { line } = source.command;
  const options: MountOption[] = [];
  let start = from;
  let read = "";
  let valueStart = -1;
  let keyLength = 0;
  let quote = 0;
  const finish = (end: number): void => {
    if (end > start) {
      options.push({
        key: (valueStart < 0 ? read : read.slice(0, keyLength)).trim().toLowerCase(),
        value: valueStart < 0 ? "" : read.slice(keyLength),
        span: spanIn(line, start, end),
        valueSpan: spanIn(line, valueStart < 0 ? end : valueStart, end),
      });
    }
    start = end + 1;
    read = "";
    valueStart = -1;
  };
  for (let at = from; at < to; at++) {
    const code = line.text.charCodeAt(at);
    if (quote === 0 && (code === 34 || code === 39)) quote = code;
    else if (quote !== 0 && code === quote) quote = 0;
    else if (code === comma) finish(at);
    else if (code === equals && valueStart < 0) {
      valueStart = at + 1;
      keyLength = read.length;
    } else if (code === backslash) read += line.text.charAt(++at);
    else read += line.text.charAt(at);
  }
  finish(to);
  return options;
}
