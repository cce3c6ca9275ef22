import type { ImageReference } from "../documents/imageReference";
import { imageFacts } from "../knowledge/images";
import { isRootUser } from "../rules/shared/users";
import type { Proposal } from "./suggestion";

/** The users other than root that an image is known to have, the one that it starts as first. */
export function userProposals(reference: ImageReference): readonly Proposal[] {
  const facts = imageFacts(reference);
  if (facts === undefined) return [];
  const { defaultUser, users, asOf } = facts;
  const own = defaultUser.state === "known" ? (defaultUser.user.split(":")[0] ?? "") : "";
  const known = `Known of \`${reference.familiar}\` as of ${asOf}.`;
  const proposals: Proposal[] = [];
  if (own !== "" && !isRootUser(own))
    proposals.push({
      label: own,
      kind: "user",
      text: own,
      detail: `what ${reference.familiar} runs as by itself`,
      documentation: known,
    });
  for (const { name, uid } of users) {
    if (name !== own) {
      const number = uid === undefined ? "" : ` (uid ${uid})`;
      proposals.push({
        label: name,
        kind: "user",
        text: name,
        detail: `a user of ${reference.familiar}${number}`,
        documentation: known,
      });
    }
    if (uid !== undefined && uid > 0)
      proposals.push({
        label: String(uid),
        kind: "user",
        text: String(uid),
        detail: `${name} by its number`,
        documentation: `${known} Kubernetes' \`runAsNonRoot\` can judge a number only.`,
      });
  }
  return proposals;
}
