import type { Assignment, DockerfileDocument } from "../../documents/dockerfile/model";
import type { Severity } from "../../engine/severity";
import { overlaps, type Span } from "../../text/span";
import { findPrivateKeys } from "./secrets/blocks";
import { secretName } from "./secrets/names";
import { findTokens } from "./secrets/tokens";
import { judgeValue } from "./secrets/values";

/** An assignment of a secret that is written out, and how bad that is. */
export interface SecretAssignment {
  readonly assignment: Assignment;
  readonly severity: Severity;
  /** `known` where everybody knows the value: `root`, `changeit`, the name of the service. */
  readonly wording: "literal" | "known";
}

/**
 * The assignments whose name denotes a secret and whose value is one: by both, since most values of secret-looking
 * names are paths, fingerprints, switches or references. Where a value is a provider's token or a private key, the
 * rule that knows these says so, and nothing is said here.
 */
export function secretAssignments(
  document: DockerfileDocument,
  assignments: readonly Assignment[],
): readonly SecretAssignment[] {
  const candidates = assignments.flatMap((assignment) => judge(assignment) ?? []);
  if (candidates.length === 0) return [];
  const claimed = [...findTokens(document.text), ...findPrivateKeys(document.text)].map(({ span }) => span);
  return candidates.filter(({ assignment }) => !isClaimed(assignment.valueSpan, claimed));
}

function isClaimed(span: Span, claimed: readonly Span[]): boolean {
  return claimed.some((other) => overlaps(span, other));
}

function judge(assignment: Assignment): SecretAssignment | undefined {
  const { name, value } = assignment;
  if (value === undefined || value === "") return undefined;
  const found = secretName(name);
  if (found === undefined) return undefined;
  const isStrong = found.strength === "strong";
  switch (judgeValue(value, name)) {
    case "random":
      return { assignment, severity: isStrong ? "critical" : "high", wording: "literal" };
    case "literal":
      if (isStrong) return { assignment, severity: "high", wording: "literal" };
      return found.kind === "password" ? { assignment, severity: "medium", wording: "literal" } : undefined;
    case "weak-default":
      return isStrong ? { assignment, severity: "medium", wording: "known" } : undefined;
    default:
      return undefined;
  }
}
