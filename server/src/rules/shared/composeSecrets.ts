import type { ComposeDocument, NamedValue, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import type { Severity } from "../../engine/severity";
import { findPrivateKeys } from "./secrets/blocks";
import { secretName } from "./secrets/names";
import { findTokens } from "./secrets/tokens";
import { judgeValue } from "./secrets/values";
import { lookupBySpan } from "./spanLookup";

/** An environment variable that holds a secret, and how bad that is. */
export interface SecretVariable {
  /** The first service that has the variable. */
  readonly service: Service;
  readonly named: NamedValue;
  readonly severity: Severity;
  /** `known` where everybody knows the value: `root`, the name of the service; `placeholder` for `changeme`. */
  readonly wording: "literal" | "known" | "placeholder";
}

/**
 * The variables whose name denotes a secret and whose value is one, by both. Where a value is a provider's token or a
 * private key, the rule that knows these says so, and nothing is said here.
 */
export function secretVariables(document: ComposeDocument): readonly SecretVariable[] {
  const named = distinct(
    document,
    (service) => service.environment,
    (one) => one.span,
  );
  const candidates = named.flatMap(({ service, part }) => judge(service, part) ?? []);
  if (candidates.length === 0) return [];
  const claimed = [...findTokens(document.text), ...findPrivateKeys(document.text)];
  const claimAt = lookupBySpan(claimed, (found) => found.span);
  return candidates.filter((candidate) => claimAt(candidate.named.valueSpan) === undefined);
}

function judge(service: Service, named: NamedValue): SecretVariable | undefined {
  const raw = named.value?.raw ?? "";
  const found = raw === "" ? undefined : secretName(named.name);
  if (found === undefined) return undefined;
  const isStrong = found.strength === "strong";
  switch (judgeValue(raw, named.name)) {
    case "random":
      return { service, named, severity: isStrong ? "critical" : "high", wording: "literal" };
    case "literal":
      if (isStrong) return { service, named, severity: "high", wording: "literal" };
      return found.kind === "password"
        ? { service, named, severity: "medium", wording: "literal" }
        : undefined;
    case "weak-default":
      return isStrong ? { service, named, severity: "medium", wording: "known" } : undefined;
    case "placeholder":
      return isStrong ? { service, named, severity: "low", wording: "placeholder" } : undefined;
    default:
      return undefined;
  }
}
