import type {
  ArgInstruction,
  Assignment,
  DockerfileDocument,
  EnvInstruction,
} from "../../documents/dockerfile/model";
import type { Severity } from "../../engine/severity";
import { compareSpans } from "../../text/span";
import { findPrivateKeys } from "./secrets/blocks";
import { connectionPassword } from "./secrets/connectionStrings";
import { secretName } from "./secrets/names";
import { findTokens } from "./secrets/tokens";
import { judgeValue } from "./secrets/values";
import { spanIndex } from "./spanIndex";
import { instructionsOf } from "./stages";

/** An assignment of a secret that is written out, and how bad that is. */
export interface SecretAssignment {
  readonly instruction: EnvInstruction | ArgInstruction;
  readonly assignment: Assignment;
  /** Of the assignment in its instruction. */
  readonly index: number;
  readonly severity: Severity;
  /** `known` where everybody knows the value: `root`, `changeit`, the name of the service. */
  readonly wording: "literal" | "known";
}

/**
 * The assignments of all ENV or ARG instructions whose name denotes a secret and whose value is one: by both, since
 * most values of secret-looking names are paths, fingerprints, switches or references. Where a value is a provider's
 * token or a private key, the rule that knows these says so, and nothing is said here.
 */
export function secretAssignments(
  document: DockerfileDocument,
  keyword: "ENV" | "ARG",
): readonly SecretAssignment[] {
  const candidates = instructionsOf(document).flatMap((instruction) =>
    (instruction.keyword === "ENV" || instruction.keyword === "ARG") && instruction.keyword === keyword
      ? instruction.assignments.flatMap((assignment, index) => {
          const judged = judge(assignment);
          return judged ? [{ instruction, assignment, index, ...judged }] : [];
        })
      : [],
  );
  if (candidates.length === 0) return [];
  const tokens = spanIndex(
    findTokens(document.text)
      .map(({ span }) => span)
      .sort(compareSpans),
  );
  const keys = spanIndex(
    findPrivateKeys(document.text)
      .map(({ span }) => span)
      .sort(compareSpans),
  );
  return candidates.filter(
    ({ assignment: { valueSpan } }) => !tokens.overlaps(valueSpan) && !keys.overlaps(valueSpan),
  );
}

function judge({ name, value }: Assignment): Pick<SecretAssignment, "severity" | "wording"> | undefined {
  if (value === undefined || value === "") return undefined;
  const found = secretName(name);
  if (found?.strength !== "strong") {
    const password = connectionPassword(value);
    const judgement = password && judgeValue(value.slice(password.start, password.end).trim(), "password");
    if (judgement === "random") return { severity: "critical", wording: "literal" };
    if (judgement === "literal") return { severity: "high", wording: "literal" };
    if (judgement === "weak-default") return { severity: "medium", wording: "known" };
  }
  if (found === undefined) return undefined;
  const isStrong = found.strength === "strong";
  switch (judgeValue(value, name)) {
    case "random":
      return { severity: isStrong ? "critical" : "high", wording: "literal" };
    case "literal":
      if (isStrong) return { severity: "high", wording: "literal" };
      return found.kind === "password" ? { severity: "medium", wording: "literal" } : undefined;
    case "weak-default":
      return isStrong ? { severity: "medium", wording: "known" } : undefined;
    default:
      return undefined;
  }
}
