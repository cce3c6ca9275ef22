import { levelDescriptions, levels } from "../engine/config";
import type { ConfigurationDocument } from "../engine/configuration";
import type { Rule } from "../engine/rule";
import { ruleProposal } from "./rules";
import { proposeAt, type Suggestion } from "./suggestion";
import { yamlCursor } from "./yamlCursor";

/** Rule ids and severities in `plimsoll.yaml`, for editors that do not know its schema. */
export function suggestInConfiguration(
  document: ConfigurationDocument,
  rules: readonly Rule[],
  offset: number,
): readonly Suggestion[] {
  const cursor = yamlCursor(document.text, document.lines, offset);
  if (cursor === undefined) return [];
  const [first, second, third] = cursor.path;
  const depth = cursor.path.length;
  if (first === "rules" && depth === 1 && cursor.place === "key") {
    const proposals = rules.map((rule) => ruleProposal(rule));
    // The colon may stand there already.
    const hasColon = document.text[cursor.span.end] === ":";
    return proposeAt(
      cursor.span,
      hasColon ? proposals : proposals.map((proposal) => ({ ...proposal, text: `${proposal.text}: ` })),
    );
  }
  const isLevel = first === "rules" && (depth === 2 || (depth === 3 && third === "severity"));
  if (isLevel && cursor.place === "value") {
    return proposeAt(
      cursor.span,
      levels.map((level) => ({ label: level, kind: "level", text: level, detail: levelDescriptions[level] })),
    );
  }
  if (first === "ignore" && second === "-" && third === "rule" && depth === 3 && cursor.place === "value")
    return proposeAt(
      cursor.span,
      rules.map((rule) => ruleProposal(rule)),
    );
  return [];
}
