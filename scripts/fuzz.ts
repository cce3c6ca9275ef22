/**
 * Checks made-up and mutated files until a time is over: `npm run fuzz -- --minutes 5 [--seed 1] [--target compose]`.
 *
 * An input that fails is made as small as it can be and kept in test/fuzz/seeds, which the tests replay.
 */
import { parseArgs } from "node:util";
import { checkText, longestCheck, processorTime } from "../test/fuzz/checkText";
import { createDice } from "../test/fuzz/dice";
import type { FuzzInput } from "../test/fuzz/input";
import { makeTextInput, textTargets } from "../test/fuzz/makeInput";
import { makeTraffic } from "../test/fuzz/makeTraffic";
import { keepSeed } from "../test/fuzz/seeds";
import { shrink } from "../test/fuzz/shrink";
import { checkTraffic, trafficEnded } from "../test/fuzz/traffic";

/** Different failures that one run keeps; after that it ends, since there is enough to repair. */
const mostFailures = 20;

/** Texts that are checked between two sessions with a language server. */
const textsPerSession = 300;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { minutes: { type: "string" }, seed: { type: "string" }, target: { type: "string" } },
  });
  const minutes = Number(values.minutes ?? "1");
  const first = Number(values.seed ?? Math.floor(Math.random() * 1_000_000_000));
  if (!(minutes > 0) || !Number.isSafeInteger(first)) throw new Error("--minutes and --seed are numbers");
  const targets = [...textTargets, "lsp"].filter(
    (name) => values.target === undefined || name === values.target,
  );
  if (targets.length === 0) throw new Error(`--target is one of ${[...textTargets, "lsp"].join(", ")}`);
  console.log(`seed ${first}, ${minutes} minutes, ${targets.join(", ")}`);

  const end = Date.now() + minutes * 60_000;
  const failures = new Map<string, string>();
  const counts = new Map<string, number>();
  for (let seed = first; Date.now() < end && failures.size < mostFailures; seed++) {
    const input = inputFor(seed, targets);
    counts.set(input.target, (counts.get(input.target) ?? 0) + 1);
    const failure = await failureOf(input);
    if (failure === undefined || failures.has(failure)) continue;
    const small = await shrink(input, async (candidate) => (await failureOf(candidate)) === failure);
    failures.set(failure, keepSeed(small));
    console.log(`\nseed ${seed}: ${failure}\n${preview(small)}\nkept as ${failures.get(failure)}`);
  }
  await trafficEnded();
  console.log(`\n${[...counts].map(([target, count]) => `${target} ${count}`).join(", ")}`);
  console.log(failures.size === 0 ? "nothing found" : `${failures.size} failures found`);
  process.exitCode = failures.size === 0 ? 0 : 1;
}

function inputFor(seed: number, targets: readonly string[]): FuzzInput {
  const dice = createDice(seed);
  const texts = textTargets.filter((target) => targets.includes(target));
  if (targets.includes("lsp") && (texts.length === 0 || dice.once(textsPerSession))) return makeTraffic(dice);
  return makeTextInput(dice, dice.pick(texts));
}

/** What is wrong, in words that are the same for the same fault; `undefined` where nothing is. */
async function failureOf(input: FuzzInput): Promise<string | undefined> {
  try {
    if (input.target === "lsp") {
      await checkTraffic(input);
      return undefined;
    }
    const before = process.cpuUsage();
    checkText(input);
    const { user } = process.cpuUsage(before);
    if (user < longestCheck * 1_000) return undefined;
    return processorTime(input) > longestCheck ? `${input.target}: takes too long` : undefined;
  } catch (error) {
    const [message = ""] = String(error instanceof Error ? error.stack : error).split("\n    at ", 1);
    return `${input.target}: ${message.replace(/\d+/g, "N").slice(0, 300)}`;
  }
}

function preview(input: FuzzInput): string {
  const text = JSON.stringify(input);
  return text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
