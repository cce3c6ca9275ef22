import type { Stage } from "../../documents/dockerfile/model";
import type { ImageReference } from "../../documents/imageReference";
import { imageFamily } from "../../knowledge/imageFamily";
import { imageFacts } from "../../knowledge/images";
import { createdUser } from "./createdUser";
import { isRootUser } from "./users";
import { writesWhereItStands } from "./writtenPlaces";

/** A user other than root that an image can run as. */
export interface LesserUser {
  /** The value for USER. */
  readonly user: string;
  /** What a step runs to make the user first, where it does not exist yet. */
  readonly creation?: string;
  /** What to call it in a fix's title: "node, a user of the base image". */
  readonly label: string;
}

/**
 * The best user at hand: one that the file has made or switched to before, one that the base image has, one that can
 * be made in the base image's dialect, or a number, which needs no entry in `/etc/passwd`.
 */
export function lesserUser(stage: Stage): LesserUser {
  const earlier = userSwitchedTo(stage) ?? createdUser(stage);
  if (earlier !== undefined) return { user: earlier, label: `${earlier}, a user that this file sets up` };
  const target = stage.base?.target;
  if (target?.kind !== "image") return numeric;
  const facts = imageFacts(target.reference);
  const own = facts?.defaultUser.state === "known" ? (facts.defaultUser.user.split(":")[0] ?? "") : "";
  if (own !== "" && !isRootUser(own)) return { user: own, label: `${own}, the user of the base image` };
  const existing = facts?.users[0]?.name;
  if (existing !== undefined) return { user: existing, label: `${existing}, a user of the base image` };
  if (lacksUseradd(target.reference)) return numeric;
  const made = creations.get(facts?.family ?? imageFamily(target.reference) ?? "") ?? numeric;
  return writesWhereItStands(stage) ? withHome(made) : made;
}

/**
 * Images of Red Hat's and SUSE's families that come without shadow-utils: the minimal ones, Amazon's and Microsoft's. A
 * number needs no program that makes users.
 */
function lacksUseradd({ path, tag = "" }: ImageReference): boolean {
  const isSmall =
    /(?:^|[/-])(?:ubi\d{0,2}-)?(?:minimal|micro|bci-busybox)$/.test(path) ||
    /(?:^|-)(?:minimal|slim)$/.test(tag);
  const isRpm = /(?:^|\/)(?:ubi|rhel|bci|fedora|almalinux|rockylinux|oraclelinux|redhat)/.test(path);
  return (isSmall && isRpm) || /(?:^|\/)(?:amazonlinux|azurelinux\/base|cbl-mariner\/base)/.test(path);
}

/** What builds where it stands also keeps its downloads and caches in a home folder. */
function withHome(user: LesserUser): LesserUser {
  const creation = user.creation?.replace("--no-create-home", "--create-home").replace(" -H ", " ");
  return creation === undefined ? user : { ...user, creation };
}

/** 65532 is the user that distroless images call "nonroot"; any number works without an entry in /etc/passwd. */
const numeric: LesserUser = { user: "65532:65532", label: "uid 65532" };

const withShadow: LesserUser = {
  user: "app",
  creation: "groupadd --system app && useradd --system --gid app --no-create-home app",
  label: "a new user, app",
};

const creations: ReadonlyMap<string, LesserUser> = new Map([
  ["alpine", { ...withShadow, creation: "addgroup -S app && adduser -S -G app app" }],
  ["busybox", { ...withShadow, creation: "addgroup -S app && adduser -S -D -H -G app app" }],
  ["debian", withShadow],
  ["redhat", withShadow],
  ["suse", withShadow],
  ["arch", withShadow],
]);

/** The last user other than root that a stage itself has switched to, and switched away from again. */
function userSwitchedTo({ instructions }: Stage): string | undefined {
  for (let at = instructions.length - 1; at >= 0; at--) {
    const instruction = instructions[at]!;
    if (instruction.keyword !== "USER" || instruction.user === undefined) continue;
    const { name, text } = instruction.user;
    if (name.state === "known" && name.value !== "" && !isRootUser(name.value)) return text;
  }
  return undefined;
}
