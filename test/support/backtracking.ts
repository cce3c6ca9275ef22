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

/** Milliseconds for one attempt at one pattern: most take less than one. */
const patience = 20_000;

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
 * pattern without upper bounds: it has all the ways to match that the bounded one has, so that it is no faster. What
 * has no automaton (back references, looking around) is attacked by texts, of which the steps are counted.
 */
function judge({ source, flags }: Pattern, checkSync: typeof import("recheck").checkSync): Verdict {
  // Where groups begin and end takes no time to say, and the detector does not know that flag.
  const plainFlags = flags.replace("d", "");
  const attempt = (text: string, checker: "automaton" | "fuzz") =>
    checkSync(text, plainFlags, { checker, timeout: patience, attackLimit, randomSeed: 1 });
  const exact = attempt(source, "automaton");
  if (exact.status === "safe") return { kind: "linear" };
  if (exact.status === "vulnerable") return { kind: "superlinear", attack: exact.attack.pattern };
  if (exact.error.kind === "timeout" && attempt(withoutUpperBounds(source), "automaton").status === "safe")
    return { kind: "linear" };
  const attacked = attempt(source, "fuzz");
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
