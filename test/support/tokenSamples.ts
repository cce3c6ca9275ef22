import type { TokenFormat } from "../../server/src/rules/shared/secrets/tokenFormat";

const unescaped = (text: string) => text.replace(/\\(.)/g, "$1");

/** The characters of a class such as `[a-f0-9_-]`. */
function charactersOf(inside: string): string {
  const ranges = inside.replace(/([\w])-([\w])/g, (_, from: string, to: string) => {
    const codes = Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, step) => step);
    return codes.map((step) => String.fromCharCode(from.charCodeAt(0) + step)).join("");
  });
  return unescaped(ranges);
}

/** Writes a text that the simple patterns of the table match: classes, literals, groups, and counts. */
export function sampleOf(pattern: string, seed: number): string {
  let state = seed;
  const next = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
  const part =
    /\(\?:([^()]*)\)(\?|\{\d+\})?|(\[[^\]]+\]|\\d)(?:\{(\d+)(?:,\d+)?\}|(\?))?|(\\.|[^\\])(?:\{(\d+),\d+\})?/g;
  let sample = "";
  for (const [, group, groupCount, set, least, , literal, repeated] of pattern.matchAll(part)) {
    if (group !== undefined) {
      const count = groupCount === "?" ? 0 : Number(/\d+/.exec(groupCount ?? "1")?.[0]);
      for (let turn = 0; turn < count; turn++) sample += sampleOf(group.split("|")[0] ?? "", next(1_000_000));
    } else if (set !== undefined) {
      const characters = set === "\\d" ? "0123456789" : charactersOf(set.slice(1, -1));
      // Hyphens and dots at the end would not belong to the token in running text.
      const plain = characters.replace(/[^A-Za-z0-9]/g, "");
      for (let turn = 0; turn < Number(least ?? 1); turn++) sample += plain[next(plain.length)];
    } else if (literal !== undefined) {
      sample += unescaped(literal).repeat(Number(repeated ?? 1));
    }
  }
  return sample;
}

/** A token of a format, made at run time so that no scanner finds one here: as written, and without what leads to it. */
export function tokenOf(format: TokenFormat): { readonly written: string; readonly token: string } {
  const lead = format.lead;
  const leadSet = "abcdef0123456789".split("").filter((one) => lead?.characters.test(one));
  const before = Array.from(
    { length: lead?.most ?? 0 },
    (_, index) => leadSet[(index * 7 + 3) % leadSet.length],
  ).join("");
  const written = before + sampleOf(format.pattern.source, format.id.length + 41);
  return { written, token: written.slice(format.context ?? 0) };
}
