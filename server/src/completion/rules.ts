import type { Rule } from "../engine/rule";
import type { Proposal } from "./suggestion";

/**
 * A rule's id, with its title and severity beside it.
 * @param remark what is to be said of it at this place, before the title
 */
export function ruleProposal(rule: Rule, remark?: string): Proposal {
  const { id, title, severity } = rule;
  return {
    label: id,
    kind: "rule",
    text: id,
    detail: `${remark === undefined ? "" : `${remark}: `}${title} (${severity})`,
    rule: id,
  };
}
