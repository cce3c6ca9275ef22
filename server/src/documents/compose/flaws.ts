import { maxDividedYamlLength, maxYamlProblems } from "../../limits";
import { movedSpan } from "../../text/span";
import type { Problem } from "../document";
import { isWithin, sumOf } from "../yaml/byEntry";
import { givenTwice } from "../yaml/parse";
import { type Flaws, flawsOf } from "../yaml/part";
import type { YamlMap, YamlTree } from "../yaml/tree";

/** Something with what is wrong with it. */
interface Flawed {
  readonly flaws: Flaws | undefined;
}

/**
 * What is wrong with each service of a document; `undefined` where something else is wrong, too, or it cannot be told.
 * @param starts where the lines of each service begin, and where those of the last one end
 */
export function flawsIn(
  { problems, reading }: YamlTree,
  place: { readonly root: YamlMap; readonly map: YamlMap; readonly servicesAt: number },
  starts: readonly number[],
): readonly (Flaws | undefined)[] | undefined {
  if (reading === undefined) return undefined;
  const entries = reading === "exact" ? undefined : reading.get(place.map);
  if (reading !== "exact") {
    const top = reading.get(place.root);
    const isElsewhere =
      top?.some(({ effort }, at) => at !== place.servicesAt && effort.entries > 0) !== false;
    if (isElsewhere || top.length !== place.root.pairs.length || entries === undefined) return undefined;
    if (entries.some(({ pairs, start }, at) => pairs.length !== 1 || start !== starts[at])) return undefined;
  }
  const duplicates = problems.filter(({ message }) => message === givenTwice);
  const syntax = problems.filter(({ message }) => message !== givenTwice);
  let told = 0;
  const flaws = starts.slice(0, -1).map((start, at) => {
    const within = ({ span }: Problem): boolean => start <= span.start && span.start < starts[at + 1]!;
    const own = syntax.filter(within);
    const twice = duplicates.filter(within);
    told += own.length + twice.length;
    return flawsOf(own, twice, entries?.[at]?.effort ?? { entries: 0, length: 0 });
  });
  return told === problems.length ? flaws : undefined;
}

/**
 * What is wrong with all services, in the order in which it is told of a document.
 * @param length of the text, in UTF-16 units
 * @returns undefined where it is more than is told, or than is read, or where all are broken: their lines may be sound as
 * something else, such as a text of several lines
 */
export function problemsOf(services: readonly Flawed[], length: number): readonly Problem[] | undefined {
  const flawed = services.flatMap(({ flaws }) => flaws ?? []);
  if (flawed.length === 0) return none;
  if (services.every(({ flaws }) => (flaws?.effort.entries ?? 0) > 0)) return undefined;
  const problems = [
    ...flawed.flatMap(({ syntax }) => syntax),
    ...flawed.flatMap(({ duplicates }) => duplicates),
  ];
  const effort = sumOf(flawed);
  const isRead = effort.entries === 0 || (length <= maxDividedYamlLength && isWithin(effort));
  return problems.length < maxYamlProblems && isRead ? problems : undefined;
}

const none: readonly Problem[] = [];

/** The same at another place. */
export function movedFlaws(flaws: Flaws | undefined, by: number): Flaws | undefined {
  if (flaws === undefined) return undefined;
  const { syntax, duplicates, effort } = flaws;
  const moved = (all: readonly Problem[]): readonly Problem[] =>
    all.map((problem) => ({ ...problem, span: movedSpan(problem.span, by) }));
  return { syntax: moved(syntax), duplicates: moved(duplicates), effort };
}
