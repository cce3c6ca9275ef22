import type { DockerfileDocument } from "../../documents/dockerfile/model";
import { imageFamily } from "../../knowledge/imageFamily";
import { imageFacts } from "../../knowledge/images";
import { createdUser } from "./createdUser";
import { isRootUser } from "./users";

/** A user other than root that a final image can run as. */
export interface LesserUser {
  /** The value for USER. */
  readonly user: string;
  /** An instruction that makes the user first, where it does not exist yet. */
  readonly creation?: string;
  /** What to call it in a fix's title: "node, a user of the base image". */
  readonly label: string;
}

/**
 * The best user at hand: one that the file has made or switched to before, one that the base image has, one that can
 * be made in the base image's dialect, or a number, which needs no entry in `/etc/passwd`.
 */
export function lesserUser(document: DockerfileDocument): LesserUser {
  const earlier = userSwitchedTo(document) ?? createdUser(document);
  if (earlier !== undefined) return { user: earlier, label: `${earlier}, a user that this file sets up` };
  const target = document.finalStage?.base?.target;
  if (target?.kind !== "image") return numeric;
  const facts = imageFacts(target.reference);
  const own = facts?.defaultUser.state === "known" ? (facts.defaultUser.user.split(":")[0] ?? "") : "";
  if (own !== "" && !isRootUser(own)) return { user: own, label: `${own}, the user of the base image` };
  const existing = facts?.users[0]?.name;
  if (existing !== undefined) return { user: existing, label: `${existing}, a user of the base image` };
  return creations.get(facts?.family ?? imageFamily(target.reference) ?? "") ?? numeric;
}

/** 65532 is the user that distroless images call "nonroot"; any number works without an entry in /etc/passwd. */
const numeric: LesserUser = { user: "65532:65532", label: "uid 65532" };

const withShadow: LesserUser = {
  user: "app",
  creation: "RUN groupadd --system app && useradd --system --gid app --no-create-home app",
  label: "a new user, app",
};

const creations: ReadonlyMap<string, LesserUser> = new Map([
  ["alpine", { ...withShadow, creation: "RUN addgroup -S app && adduser -S -G app app" }],
  ["busybox", { ...withShadow, creation: "RUN addgroup -S app && adduser -S -D -H -G app app" }],
  ["debian", withShadow],
  ["redhat", withShadow],
  ["suse", withShadow],
  ["arch", withShadow],
]);

/** The last user other than root that the final stage itself has switched to, and switched away from again. */
function userSwitchedTo(document: DockerfileDocument): string | undefined {
  const users = (document.finalStage?.instructions ?? []).flatMap((instruction) =>
    instruction.keyword === "USER" && instruction.user ? [instruction.user] : [],
  );
  const lesser = users.filter(
    ({ name }) => name.state === "known" && name.value !== "" && !isRootUser(name.value),
  );
  return lesser[lesser.length - 1]?.text;
}
