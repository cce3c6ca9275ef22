import type { AuditSuppressed } from "../audit/result";

/**
 * Why a finding was accepted, who answers for that, where it was agreed upon, and until when: on one line, unescaped.
 * @param unsaid what stands in place of a reason where none was given
 */
export function acceptanceText(
  { by, reason, owner, ticket, until }: AuditSuppressed,
  unsaid: string = saidBy[by],
): string {
  const details = [
    owner === undefined ? "" : `owner ${owner}`,
    ticket === undefined ? "" : `ticket ${ticket}`,
    until === undefined ? "" : `until ${until}`,
  ].filter((detail) => detail !== "");
  const said = reason ?? unsaid;
  return details.length === 0 ? said : `${said} (${details.join(", ")})`;
}

const saidBy: Readonly<Record<AuditSuppressed["by"], string>> = {
  comment: "by a comment, without a reason",
  repository: "by the configuration, without a reason",
  baseline: "by the baseline",
};
