import type { Instruction, Stage } from "../../documents/dockerfile/model";
import { imageFamily } from "../../knowledge/imageFamily";
import { maxOwnedCopies, maxWrittenPlaces } from "../../ruleLimits";
import { insertAt, type TextEdit } from "../../text/edit";
import { withoutSlashes } from "../../text/trimmed";
import { lastUserMade } from "./createdUser";
import type { LesserUser } from "./lesserUser";
import { chainOf } from "./stages";
import { isRootUser } from "./users";
import {
  copiesInto,
  foldersMade,
  runsAfter,
  type WrittenPlace,
  workdirAt,
  workdirOf,
  writtenPlaces,
} from "./writtenPlaces";

/** How the folders that a process writes to get another owner than root. */
export interface HandOver {
  /** Commands of a step that is run as root. */
  readonly commands: readonly string[];
  /** `--chown` for COPYs. */
  readonly edits: readonly TextEdit[];
  /** The folders, for a title. */
  readonly paths: readonly string[];
  /** The instruction that the step has to stand before; undefined where it may come last. */
  readonly before: Instruction | undefined;
}

const nothing: HandOver = { commands: [], edits: [], paths: [], before: undefined };

/**
 * Decides what a user is given: whole folders, in a step before the first VOLUME that names one (older builders throw away
 * what comes later), and the working directory by its COPYs where no step writes there.
 */
export function handOver(stage: Stage, lesser: LesserUser): HandOver {
  const places = writtenPlaces(stage);
  const owner = ownerOf(lesser);
  if (places.length === 0 || owner === undefined || !hasShell(stage, lesser)) return nothing;
  const since = lesser.creation === undefined ? lastUserMade(stage) : -1;
  const isReady = (one: Instruction): boolean => {
    const position = stage.instructions.indexOf(one);
    return position > since && isRootAt(stage, position);
  };
  const workdir = workdirOf(stage);
  const copied = places.flatMap(({ path }) => (path === workdir ? copiesInto(stage, path) : []));
  const isByCopy = copied.length <= maxOwnedCopies && !runsAfter(stage, copied[0]) && copied.every(isReady);
  const byCopy = isByCopy ? copied : [];
  const marks = new Set([...byCopy, ...volumesOf(stage, places).filter(isReady)]);
  const before = stage.instructions.find((one) => marks.has(one));
  const made = foldersMade(stage, before);
  const isThere = ({ path, exists }: WrittenPlace): boolean =>
    before === undefined
      ? exists
      : made.has(path) || path === workdirAt(stage, stage.instructions.indexOf(before));
  const missing = places.flatMap((place) => (isThere(place) ? [] : [place.path]));
  const isShallow = (path: string): boolean => byCopy.length > 0 && path === workdir;
  const paths = places.map(({ path }) => path);
  const whole = paths.filter((path) => !isShallow(path));
  const shallow = paths.filter(isShallow);
  return {
    commands: [
      ...(missing.length > 0 ? [`mkdir -p ${missing.join(" ")}`] : []),
      ...(whole.length > 0 ? [`chown -R ${owner} ${whole.join(" ")}`] : []),
      ...(shallow.length > 0 ? [`chown ${owner} ${shallow.join(" ")}`] : []),
    ],
    edits: byCopy.map((copy) => insertAt(copy.keywordSpan.end, ` --chown=${owner}`)),
    paths,
    before,
  };
}

/** A name or number as `chown` takes it; a variable is left to the shell. */
function ownerOf({ user, creation }: LesserUser): string | undefined {
  if (creation !== undefined) return `${user}:${user}`;
  return /^[\w.$:{}-]{1,100}$/.test(user) ? user : undefined;
}

/** Whether steps can be run in the image: `scratch` and the like have nothing that would run them. */
function hasShell(stage: Stage, { creation }: LesserUser): boolean {
  if (creation !== undefined) return true;
  const target = stage.base?.target;
  if (chainOf(stage).some(({ instructions }) => instructions.some(({ keyword }) => keyword === "RUN")))
    return true;
  const family = target?.kind === "image" ? imageFamily(target.reference) : undefined;
  return family !== undefined && family !== "scratch" && family !== "distroless" && family !== "windows";
}

function volumesOf({ instructions }: Stage, places: readonly WrittenPlace[]): readonly Instruction[] {
  const paths = new Set(places.map(({ path }) => path));
  return instructions
    .filter(
      (one) =>
        one.keyword === "VOLUME" &&
        one.values.some(
          ({ expanded }) => expanded.state === "known" && paths.has(withoutSlashes(expanded.value)),
        ),
    )
    .slice(0, maxWrittenPlaces);
}

function isRootAt(stage: Stage, position: number): boolean {
  const { user } = stage.stateAt(position);
  if (user.source === "base") return true;
  return user.user.name.state === "known" && isRootUser(user.user.name.value);
}
