import type { Stage } from "../../documents/dockerfile/model";
import type { Facts, ForeignSpan } from "../../engine/facts";
import type { Related } from "../../engine/finding";
import { maxRelatedPlaces } from "../../ruleLimits";
import { isRootUser } from "./users";

/**
 * Where Compose files give a lesser user to every service that builds a stage, so that its own user does not matter
 * there.
 * @returns undefined where no service builds it, or one leaves the user to the image or to a variable
 */
export function usersGivenByServices(facts: Facts, stage: Stage): readonly Related[] | undefined {
  if (facts.builtBy.state !== "known") return undefined;
  const name = stage.name?.toLowerCase();
  const builders = facts.builtBy.value.filter(
    ({ target }) =>
      target === undefined ||
      target === "unknown" ||
      target.toLowerCase() === name ||
      target === String(stage.index),
  );
  if (builders.length === 0) return undefined;
  const related: Related[] = [];
  for (const { user, service } of builders) {
    const value = user?.value.split(":")[0] ?? "";
    if (user === undefined || user.value === "unknown" || value === "" || isRootUser(value)) return undefined;
    related.push(relatedAt(user.place, `The service ${service.slice(0, 40)} says which user`));
  }
  return related.slice(0, maxRelatedPlaces);
}

function relatedAt({ path, span, start, end }: ForeignSpan, message: string): Related {
  return { path, span, message, range: { start, end } };
}
