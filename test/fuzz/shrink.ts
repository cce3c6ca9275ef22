import type { FuzzInput, TextInput, TrafficInput } from "./input";

/** Tries of one shrinking: each runs the input once more. */
const mostTries = 2_000;

/**
 * Makes a failing input smaller as long as it fails: fewer edits or steps, then fewer lines, then fewer characters.
 * @param fails whether an input still fails in the same way
 */
export async function shrink(
  input: FuzzInput,
  fails: (candidate: FuzzInput) => boolean | Promise<boolean>,
): Promise<FuzzInput> {
  let tries = mostTries;
  const stillFails = async (candidate: FuzzInput): Promise<boolean> =>
    tries-- > 0 && (await fails(candidate));
  return input.target === "lsp" ? shrinkTraffic(input, stillFails) : shrinkText(input, stillFails);
}

type Fails = (candidate: FuzzInput) => Promise<boolean>;

async function shrinkTraffic(input: TrafficInput, fails: Fails): Promise<TrafficInput> {
  return { ...input, steps: await fewer(input.steps, (steps) => fails({ ...input, steps })) };
}

async function shrinkText(input: TextInput, fails: Fails): Promise<TextInput> {
  let best = input;
  const edits = await fewer(best.edits, (some) => fails({ ...best, edits: some }));
  best = { ...best, edits };
  // Edits count offsets: they only hold while the text stays as it is.
  if (best.edits.length > 0) return best;
  for (const separator of [/(?<=\n)/, /(?<=[ ,;:])/, /(?:)/u]) {
    const parts = await fewer(best.text.split(separator), (some) => fails({ ...best, text: some.join("") }));
    best = { ...best, text: parts.join("") };
  }
  return best;
}

/** Leaves out ever smaller runs of parts, as long as what is left still fails. */
async function fewer<T>(
  all: readonly T[],
  fails: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let parts = all;
  for (let size = Math.max(1, parts.length >> 1); ; size >>= 1) {
    for (let at = 0; at < parts.length; ) {
      const without = [...parts.slice(0, at), ...parts.slice(at + size)];
      if (await fails(without)) parts = without;
      else at += size;
    }
    if (size <= 1) return parts;
  }
}
