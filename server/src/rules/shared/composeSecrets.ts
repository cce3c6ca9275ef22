import type { ComposeDocument, NamedValue, Service } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { findPrivateKeys } from "./secrets/blocks";
import { findTokens } from "./secrets/tokens";
import { type JudgedVariable, judgeVariable } from "./secrets/variables";
import { lookupBySpan } from "./spanLookup";

/** An environment variable that holds a secret, and how bad that is. */
export interface SecretVariable extends JudgedVariable {
  /** The first service that has the variable. */
  readonly service: Service;
  readonly named: NamedValue;
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
  if (isAccountName(service, named.name)) return undefined;
  const judged = judgeVariable(named.name, named.value?.raw ?? "");
  return judged && { service, named, ...judged };
}

/** `MINIO_ACCESS_KEY` beside `MINIO_SECRET_KEY` names an account, as `AWS_ACCESS_KEY_ID` does. */
function isAccountName({ environment }: Service, name: string): boolean {
  if (!/ACCESS_KEY$/i.test(name)) return false;
  const prefix = name.slice(0, -"ACCESS_KEY".length).toUpperCase();
  const secrets = [`${prefix}SECRET_KEY`, `${prefix}SECRET_ACCESS_KEY`];
  return environment.some((one) => secrets.includes(one.name.toUpperCase()));
}
