import type { JoinedBuild } from "../../documents/project/model";
import type { Related } from "../../engine/finding";
import { relatedIn } from "./projectPlaces";
import { isRootUser } from "./users";

/** The user that a built image starts as, where its Dockerfile says it. */
export interface ImageUser {
  readonly name: string;
  readonly isRoot: boolean;
  /** The USER instruction. */
  readonly related: readonly Related[];
}

/** @returns undefined where the Dockerfile is not known, or leaves the user to its base image or to a variable */
export function userOfImage(build: JoinedBuild | undefined): ImageUser | undefined {
  const found = build?.found;
  if (found?.state !== "known" || found.stage.state !== "known") return undefined;
  const { effectiveUser } = found.stage.stage;
  if (effectiveUser.source !== "instruction") return undefined;
  const { name, span, text } = effectiveUser.user;
  if (name.state !== "known") return undefined;
  const related = [relatedIn(found, span, "The image is made for this user")];
  return { name: text, isRoot: isRootUser(name.value), related };
}
