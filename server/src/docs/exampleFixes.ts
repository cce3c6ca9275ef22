import type { Neighbours } from "../documents/neighbours";
import { analyse } from "../engine/analyse";
import { defaultConfig } from "../engine/config";
import { type AskedImage, type Fact, type Facts, unknownFacts } from "../engine/facts";
import { noPolicy } from "../engine/policy";
import type { BadExample, ExampleContext, Rule } from "../engine/rule";
import { parseMarks } from "../text/marks";
import { kindOfExample } from "./exampleKind";

/**
 * Whether a rule offers a safe fix in one of its examples: derived by running them, never declared.
 * @param rules all of them, for examples that need others to run too
 */
export function hasSafeFix(rule: Rule, rules: readonly Rule[]): boolean {
  return rule.bad.some((example) => example.fixed !== undefined && offersSafeFix(rule, example, rules));
}

function offersSafeFix(rule: Rule, { source, context = {} }: BadExample, rules: readonly Rule[]): boolean {
  const { findings } = analyse({
    kind: kindOfExample(rule, context),
    ...(context.format && { format: context.format }),
    text: parseMarks(source).text,
    rules: rules.filter((other) => other === rule || context.with?.includes(other.id)),
    facts: exampleFacts(context, "2026-01-01"),
    config: {
      ...defaultConfig,
      profile: "all",
      rules: [{ pattern: rule.id, level: "on", options: context.options ?? {} }],
      policy: { ...noPolicy, ...context.policy },
    },
  });
  return findings.some(
    (finding) => finding.rule === rule.id && finding.fixes.some((fix) => fix.safety === "safe"),
  );
}

/**
 * The facts of an example.
 * @param today `YYYY-MM-DD`, for an example that does not say it
 */
export function exampleFacts(context: ExampleContext, today: string): Facts {
  const facts = unknownFacts(context.today ?? today);
  const {
    dockerignore,
    extended,
    files,
    tagDigests,
    asked,
    vulnerabilities,
    neighbours,
    git,
    builtBy,
    owners,
    name,
  } = context;
  return {
    ...facts,
    ...(dockerignore === null && { dockerignore: { state: "absent" } }),
    ...(typeof dockerignore === "string" && {
      dockerignore: { state: "known", value: { path: ".dockerignore", text: dockerignore } },
    }),
    ...(tagDigests !== undefined && { tagDigests: new Map(Object.entries(tagDigests).map(tagDigestFact)) }),
    ...(asked !== undefined && { asked: new Map(Object.entries(asked).map(askedFact)) }),
    ...(vulnerabilities !== undefined && { vulnerabilities: new Map(Object.entries(vulnerabilities)) }),
    ...(files !== undefined && { contextNames: { state: "known", value: { paths: files, complete: true } } }),
    ...(neighbours !== undefined && { neighbours: exampleNeighbours(neighbours, name ?? "compose.yaml") }),
    ...(git !== undefined && {
      git: new Map(Object.entries(git).map(([path, value]) => [path, { state: "known", value }])),
    }),
    ...(neighbours !== undefined && {
      committedTexts: new Map(Object.entries(neighbours).filter(([path]) => git?.[path] === "tracked")),
    }),
    ...(builtBy !== undefined && { builtBy: { state: "known", value: builtBy } }),
    ...(owners !== undefined && { owners }),
    ...(extended !== undefined && { extended }),
  };
}

function tagDigestFact([reference, digest]: readonly [string, string | null]): readonly [
  string,
  Fact<string>,
] {
  return [reference, digest === null ? notAnswered : known(digest)];
}

function askedFact([reference, { created, user, signed = [] }]: [
  string,
  NonNullable<ExampleContext["asked"]>[string],
]): readonly [string, AskedImage] {
  const made: Fact<string> = created === undefined ? { state: "absent" } : known(created);
  const starts = user === undefined ? {} : { user: user === null ? notAnswered : known(user) };
  return [reference, { created: made, ...starts, signed }];
}

const notAnswered: Fact<string> = { state: "unknown", reason: "the registry could not be asked" };

function known(value: string): Fact<string> {
  return { state: "known", value };
}

function exampleNeighbours(texts: Readonly<Record<string, string>>, name: string): Neighbours {
  const known = Object.entries(texts).map(([path, value]) => [path, { state: "known", value }] as const);
  return { name, overrides: [], texts: new Map(known), complete: true };
}
