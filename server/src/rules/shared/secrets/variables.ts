import type { Severity } from "../../../engine/severity";
import { secretName } from "./names";
import { findTokens } from "./tokens";
import { judgeValue } from "./values";

/** How bad it is that the value of a variable is written out. */
export interface JudgedVariable {
  readonly severity: Severity;
  /** `known` where everybody knows the value: `root`, the name of the service; `placeholder` for `changeme`. */
  readonly wording: "literal" | "known" | "placeholder";
}

/** Judges a variable of the environment by its name and its value as written; `undefined` where it is no secret. */
export function judgeVariable(name: string, raw: string): JudgedVariable | undefined {
  const found = raw === "" ? undefined : secretName(name);
  if (found === undefined) return undefined;
  const isStrong = found.strength === "strong";
  switch (judgeValue(raw, name)) {
    case "random":
      return { severity: isStrong && !isHash(raw) ? "critical" : "high", wording: "literal" };
    case "literal":
      if (isStrong) return { severity: "high", wording: "literal" };
      return found.kind === "password" ? { severity: "medium", wording: "literal" } : undefined;
    case "weak-default":
      return isStrong ? { severity: "medium", wording: "known" } : undefined;
    case "placeholder":
      return isStrong ? { severity: "low", wording: "placeholder" } : undefined;
    default:
      return undefined;
  }
}

/** What a password was hashed to (`$2a$…`, `$argon2id$…`) lets nobody in at once: it has to be guessed first. */
function isHash(raw: string): boolean {
  return /\$(?:2[abxy]?|argon2i?d?|apr1|[156y])\$/.test(raw);
}

/** How bad it is that a build gets an argument. */
export interface JudgedArgument {
  /** `passed` where the value comes from outside. */
  readonly wording: "written" | "passed";
  readonly severity: Severity;
}

/**
 * Judges a build argument by its name and its value as written. A provider's token is left to the rule that knows it.
 * @param raw `undefined` where the value is taken from the environment
 */
export function judgeBuildArgument(name: string, raw: string | undefined): JudgedArgument | undefined {
  if (secretName(name)?.strength !== "strong") return undefined;
  if (raw === undefined) return { wording: "passed", severity: "medium" };
  if (findTokens(raw).length > 0) return undefined;
  switch (judgeValue(raw, name)) {
    case "random":
      return { wording: "written", severity: "critical" };
    case "literal":
      return { wording: "written", severity: "high" };
    case "weak-default":
      return { wording: "written", severity: "medium" };
    case "placeholder":
      return { wording: "written", severity: "low" };
    case "reference":
      return { wording: "passed", severity: "medium" };
    default:
      return undefined;
  }
}
