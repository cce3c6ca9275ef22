import type { ContextNames, Fact, Facts } from "../../engine/facts";
import type { Severity } from "../../engine/severity";
import { secretFileSeverity } from "../../knowledge/secretFileNames";
import { compileGlob } from "../../text/glob";
import { rememberLast } from "../../text/rememberLast";
import { contextPath } from "./contextPaths";
import { type IgnorePattern, ignorePatterns, ignoreTest } from "./ignorePatterns";
import { shorten } from "./shorten";

/** A file in the build context that holds secrets by its name, or a `.git` folder with all that was ever committed. */
export interface ContextSecret {
  /** Relative to the context, with `/`. */
  readonly path: string;
  /** Of having it in an image. */
  readonly severity: Extract<Severity, "high" | "medium" | "low">;
  readonly isHistory: boolean;
}

/** What is there and should not be copied, the worst first; what tests, examples and templates need is left out. */
export function contextSecrets(names: Fact<ContextNames>): readonly ContextSecret[] {
  return names.state === "known" ? secretsAmong(names.value) : [];
}

/** {@link contextSecrets} without those that the ignore file excludes. */
export function exposedSecrets({ contextNames, dockerignore }: Facts): readonly ContextSecret[] {
  const secrets = contextSecrets(contextNames);
  if (dockerignore.state !== "known" || secrets.length === 0) return secrets;
  const decides = decidingPattern(dockerignore.value.text);
  return secrets.filter((secret) => decides(secret)?.negated !== false);
}

/**
 * Finds the pattern of an ignore file that decides about a secret: the last one that matches it. Where only the insides
 * of a `.git` folder are excluded, that is taken for the whole.
 * @param text of the ignore file
 */
export const decidingPattern: (text: string) => (secret: ContextSecret) => IgnorePattern | undefined =
  rememberLast((text: string) => {
    const patterns = ignorePatterns(text);
    const tests = patterns.map(ignoreTest);
    const known = new Map<string, IgnorePattern | undefined>();
    const last = (path: string): IgnorePattern | undefined =>
      patterns[tests.findLastIndex((matches) => matches(path))];
    return ({ path, isHistory }) => {
      if (known.has(path)) return known.get(path);
      const inside = isHistory ? [`${path}/config`, `${path}/objects/pack`] : [path];
      const deciding = inside.map(last);
      const found = deciding.find((pattern) => pattern?.negated === false) ?? deciding[0];
      known.set(path, found);
      return found;
    };
  });

/**
 * A test for what a source of COPY takes that is a folder or a pattern. A file that the source itself names is not
 * meant: somebody wanted that.
 * @param source after expansion
 */
export function takenBy(source: string): (secret: ContextSecret) => boolean {
  const { parts } = contextPath(source);
  if (parts.length === 0) return () => true;
  // Builders know no `**`: each star stays within a name.
  const glob = compileGlob(parts.map((part) => part.replace(/\*+/g, "*")).join("/"));
  const isPattern = parts.some((part) => /[*?[]/.test(part));
  return ({ path }) => {
    const names = path.split("/");
    if (names.length < parts.length || (names.length === parts.length && !isPattern)) return false;
    return glob.matches(names.slice(0, parts.length).join("/"));
  };
}

/** The worst of some files, and how many more there are: at most 49 characters. */
export function namesOf(secrets: readonly ContextSecret[]): string {
  const name = shorten(secrets[0]?.path ?? "", 36);
  return secrets.length > 1 ? `${name} and ${secrets.length - 1} more` : name;
}

const secretsAmong = rememberLast(({ paths }: ContextNames) =>
  paths.flatMap((path) => secretOf(path) ?? []).sort(compare),
);

function secretOf(path: string): ContextSecret | undefined {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  if (parts.some((part) => pretended.test(part))) return undefined;
  if (name === ".git") return { path, severity: "medium", isHistory: true };
  const severity = secretFileSeverity(path);
  if (severity === undefined || needed.has(name.toLowerCase())) return undefined;
  return { path, severity: name === ".npmrc" ? "low" : severity, isHistory: false };
}

/** Folders of files that only look like what they are named after: made for tests, to be read, or to be filled in. */
const pretended =
  /^[._]{0,2}(?:(?:unit|integration|acceptance)?[-_]?tests?(?:[-_]?(?:data|files|resources|fixtures|certs|keys))?|testing|specs?|fixtures?|e2e|examples?|samples?|demos?|mocks?|stubs?|dummy|docs?|documentation|templates?|tutorials?)_{0,2}$/i;

/** What package managers need to build, and only seldom holds a token. */
const needed: ReadonlySet<string> = new Set([".yarnrc.yml", "nuget.config"]);

const ranks = { high: 0, medium: 1, low: 3 } as const;

function compare(a: ContextSecret, b: ContextSecret): number {
  const byRank = rankOf(a) - rankOf(b);
  if (byRank !== 0) return byRank;
  const byDepth = a.path.split("/").length - b.path.split("/").length;
  return byDepth !== 0 ? byDepth : a.path < b.path ? -1 : 1;
}

/** History comes after files that hold secrets by their names. */
function rankOf({ severity, isHistory }: ContextSecret): number {
  return isHistory ? 2 : ranks[severity];
}
