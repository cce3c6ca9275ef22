import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Pattern } from "./patterns";

// The detector reads this when it is loaded: its other back ends need Java or a binary.
process.env.RECHECK_BACKEND = "pure";

/**
 * `linear`: no text makes the pattern take more than linear time. `undecided` with the reason, or `superlinear` with
 * the text that proves it.
 */
export type Verdict =
  | { readonly kind: "linear" }
  | { readonly kind: "undecided"; readonly reason: string }
  | { readonly kind: "superlinear"; readonly attack: string };

/** Milliseconds for a proof: nearly all take less than one. A proof that is not done after these is rarely done at all. */
const patience = { first: 1_000, second: 4_000, attack: 20_000 };

/** Steps on one text that prove a pattern guilty: texts have 300,000 characters, of which a linear one looks at each some times. */
const attackLimit = 30_000_000;

const cache = join(__dirname, "../../.cache/patterns.json");

/** Judges patterns. What is linear once is so for ever, so that such verdicts are kept between runs. */
export async function judgePatterns(patterns: readonly Pattern[]): Promise<ReadonlyMap<Pattern, Verdict>> {
  const { checkSync } = await import("recheck");
  const { version } = (await import("recheck/package.json")).default;
  const known = knownLinear(version);
  const verdicts = new Map<Pattern, Verdict>();
  for (const pattern of patterns) {
    const key = `/${pattern.source}/${pattern.flags}`;
    const verdict: Verdict = known.has(key) ? { kind: "linear" } : judge(pattern, checkSync);
    if (verdict.kind === "linear") known.add(key);
    verdicts.set(pattern, verdict);
  }
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, JSON.stringify({ version, linear: [...known] }));
  return verdicts;
}

/**
 * First a proof by the pattern's automaton; where its counted repetitions make that too large, a proof for the same
 * pattern without upper bounds: it has all the ways to match that the bounded one has, so that it is no faster. What has
 * no automaton (back references, looking around) or one too large is attacked by texts, of which the steps are counted.
 */
function judge({ source, flags }: Pattern, checkSync: typeof import("recheck").checkSync): Verdict {
  // Where groups begin and end takes no time to say, and the detector does not know that flag.
  const plainFlags = flags.replace("d", "");
  const attempt = (text: string, checker: "automaton" | "fuzz", timeout: number) =>
    checkSync(text, plainFlags, { checker, timeout, attackLimit, randomSeed: 1 });
  const unbounded = withoutUpperBounds(source);
  for (const [text, timeout] of [
    [source, patience.first],
    [unbounded, unbounded === source ? 0 : patience.second],
    [source, patience.second],
  ] as const) {
    if (timeout === 0) continue;
    const proof = attempt(text, "automaton", timeout);
    if (proof.status === "safe") return { kind: "linear" };
    if (proof.status === "vulnerable" && text === source)
      return { kind: "superlinear", attack: proof.attack.pattern };
    if (proof.status === "unknown" && proof.error.kind === "unsupported") break;
  }
  const attacked = attempt(source, "fuzz", patience.attack);
  if (attacked.status === "safe") return { kind: "linear" };
  if (attacked.status === "vulnerable") {
    if (isHarmless(new RegExp(source, flags), attacked.attack.string)) return { kind: "linear" };
    return { kind: "superlinear", attack: attacked.attack.pattern };
  }
  return { kind: "undecided", reason: attacked.error.kind };
}

/** Milliseconds of processor time for an attack: a quadratic pattern takes seconds for one, a linear one a few of these. */
const mostForAttack = 250;

/**
 * Whether an attack does nothing to Node's own engine. The detector's machine counts more steps than that takes where a
 * pattern looks around.
 */
function isHarmless(pattern: RegExp, attack: string): boolean {
  const before = process.cpuUsage();
  pattern.test(attack);
  return process.cpuUsage(before).user < mostForAttack * 1_000;
}

/** `x{2,90}` becomes `x+`, `x{0,90}` becomes `x*`; small counts stay. */
function withoutUpperBounds(source: string): string {
  return source.replace(/(?<!\\)\{(\d+)(?:,(\d*))?\}/g, (all, least: string, most: string | undefined) => {
    if (Number(most === undefined || most === "" ? least : most) <= 3) return all;
    return Number(least) > 0 ? "+" : "*";
  });
}

function knownLinear(version: string): Set<string> {
  try {
    const kept = JSON.parse(readFileSync(cache, "utf8")) as { version: string; linear: readonly string[] };
    return new Set(kept.version === version ? kept.linear : []);
  } catch {
    // There is no cache yet, or none that can be read.
    return new Set();
  }
}
