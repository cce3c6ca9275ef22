import { maxExpandedLength, maxExpansionDepth } from "../../limits";
import { type Environment, noEnvironment } from "./environment";
import type { Variable } from "./model";

/** A value with its variables, by Compose's grammar (https://docs.docker.com/reference/compose-file/interpolation/). */
export interface Interpolation {
  readonly variables: readonly Variable[];
  /** With defaults and what environment files set; `undefined` where a variable has neither or the text is no valid template. */
  readonly value: string | undefined;
  /** The value with each variable that is not known written as `unknownPart`. */
  readonly pattern: string;
}

/** Stands for the value of a variable that is not known; no real file has this character. */
export const unknownPart = "\uFFFF";

/** Expands `$NAME`, `${NAME}`, `${NAME:-default}` and the rest; `$$` is a dollar sign. */
export function interpolate(raw: string, environment: Environment = noEnvironment): Interpolation {
  if (!raw.includes("$")) return { variables: [], value: raw, pattern: raw };
  const variables: Variable[] = [];
  const pattern = expand(raw, environment, 0, variables);
  const tooLong = pattern.length > maxExpandedLength;
  return {
    variables,
    pattern: tooLong ? unknownPart : pattern,
    value: tooLong || pattern.includes(unknownPart) ? undefined : pattern,
  };
}

function expand(
  raw: string,
  environment: Environment,
  depth: number,
  variables: Variable[] | undefined,
): string {
  if (depth > maxExpansionDepth) return unknownPart;
  let result = "";
  let at = 0;
  for (let dollar = raw.indexOf("$"); dollar >= 0; dollar = raw.indexOf("$", at)) {
    result += raw.slice(at, dollar);
    if (raw[dollar + 1] === "$") {
      result += "$";
      at = dollar + 2;
      continue;
    }
    const variable = variableAt(raw, dollar);
    if (variable === undefined) {
      result += "$";
      at = dollar + 1;
      continue;
    }
    variables?.push(variable);
    result += expandVariable(variable, environment, depth);
    if (result.length > maxExpandedLength) return unknownPart;
    at = variable.to;
  }
  return result + raw.slice(at);
}

function expandVariable(variable: Variable, environment: Environment, depth: number): string {
  const { operator, argument } = variable;
  const setting = environment.lookup(variable.name);
  const value = setting?.value;
  if (setting !== undefined && value === undefined) return unknownPart;
  const counts = value !== undefined && (value !== "" || operator?.startsWith(":") !== true);
  if (operator === ":+" || operator === "+")
    return counts && argument !== undefined
      ? expand(argument, environment, depth + 1, undefined)
      : unknownPart;
  if (counts) return value;
  const hasDefault = operator === ":-" || operator === "-";
  return hasDefault && argument !== undefined
    ? expand(argument, environment, depth + 1, undefined)
    : unknownPart;
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const operator = /:?[-?+]/y;

function variableAt(raw: string, dollar: number): Variable | undefined {
  const braced = raw[dollar + 1] === "{";
  const nameStart = dollar + (braced ? 2 : 1);
  const found = matchAt(name, raw, nameStart);
  if (found === undefined) return undefined;
  const nameEnd = nameStart + found.length;
  if (!braced) return { name: found, operator: undefined, argument: undefined, from: dollar, to: nameEnd };
  const end = closingBrace(raw, nameEnd);
  if (end < 0) return undefined;
  const sign = matchAt(operator, raw, nameEnd);
  if (sign === undefined && end !== nameEnd) return undefined;
  return {
    name: found,
    operator: sign as Variable["operator"],
    argument: sign === undefined ? undefined : raw.slice(nameEnd + sign.length, end),
    from: dollar,
    to: end + 1,
  };
}

function closingBrace(raw: string, from: number): number {
  let depth = 1;
  for (let at = from; at < raw.length; at++) {
    if (raw[at] === "{" && raw[at - 1] === "$") depth++;
    else if (raw[at] === "}" && --depth === 0) return at;
    if (depth > maxExpansionDepth) return -1;
  }
  return -1;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
