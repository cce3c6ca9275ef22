import type { DockerfileDocument, Stage, UserInstruction, UserValue } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { maxRewrittenStages } from "../../ruleLimits";
import { insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { insertBeforeCommand, startWithComments } from "./beforeCommand";
import { handOver } from "./handOver";
import { lesserUser } from "./lesserUser";
import { shorten } from "./shorten";
import { isRootUser } from "./users";

/** The USER that names root, and its value. */
export interface RootUser {
  readonly instruction: UserInstruction;
  readonly user: UserValue;
}

/**
 * Makes the final image run as another user than root: by changing the value of a USER after which nothing is built
 * any more, or else by a further USER before CMD or ENTRYPOINT. Folders that the process writes to are given to that user.
 * Never safe: files may belong to root.
 *
 * @param root the USER in force, where there is one
 * @returns no fix where the end of the file is half typed
 */
export function runAsLesserUser(document: DockerfileDocument, root?: RootUser): readonly Fix[] {
  const stage = document.finalStage;
  if (stage === undefined) return [];
  if (stage.os === "windows")
    return fixOf("ContainerUser", [], [switchTo(document, root, [], "ContainerUser")]);
  const lesser = lesserUser(stage);
  const given = handOver(stage, lesser);
  const steps = [...(lesser.creation ? [lesser.creation] : []), ...given.commands];
  const joint = ` ${document.escape}${lineBreakOf(document.text)}    && `;
  const run = steps.length > 0 ? [`RUN ${steps.join(joint)}`] : [];
  const first = given.before;
  if (first === undefined)
    return fixOf(lesser.label, given.paths, [switchTo(document, root, run, lesser.user), ...given.edits]);
  const previous = stage.instructions[stage.instructions.indexOf(first) - 1] ?? stage.from;
  const early = insertAt(
    startWithComments(document, first, previous),
    run.map((step) => step + lineBreakOf(document.text)).join(""),
  );
  const last = switchTo(document, root, [], lesser.user);
  return fixOf(lesser.label, given.paths, [...(run.length > 0 ? [early] : []), last, ...given.edits]);
}

/**
 * Ends a stage that is not the final one as another user than root; none where a later stage is built on it, since its
 * steps may need root.
 */
export function endAsLesserUser(document: DockerfileDocument, stage: Stage): readonly Fix[] {
  const last = stage.instructions.at(-1);
  if (last === undefined || document.stages.length > maxRewrittenStages) return [];
  if (document.stages.some(({ parent }) => parent === stage)) return [];
  const lesser = stage.os === "windows" ? undefined : lesserUser(stage);
  const lines = [
    ...(lesser?.creation ? [`RUN ${lesser.creation}`] : []),
    `USER ${lesser?.user ?? "ContainerUser"}`,
  ];
  const lineBreak = lineBreakOf(document.text);
  const edit = insertAt(last.span.end, lines.map((line) => lineBreak + line).join(""));
  return fixOf(lesser?.label ?? "ContainerUser", [], [edit]);
}

function fixOf(
  label: string,
  given: readonly string[],
  edits: readonly (TextEdit | undefined)[],
): readonly Fix[] {
  const made = edits.filter((edit) => edit !== undefined);
  if (made.length < edits.length) return [];
  const title =
    given.length === 0
      ? `Run as ${shorten(label)}`
      : `Run as ${shorten(label)}, and give it ${shorten(given.join(", "), 40)}`;
  return [{ title, safety: "unsafe", edits: made }];
}

/** @param before instructions that need root and come first */
function switchTo(
  document: DockerfileDocument,
  root: RootUser | undefined,
  before: readonly string[],
  user: string,
): TextEdit | undefined {
  if (root === undefined || !isLastStep(document, root.instruction))
    return insertBeforeCommand(document, [...before, `USER ${user}`]);
  if (before.length === 0) return replaceSpan(root.user.span, user);
  const lineBreak = lineBreakOf(document.text);
  const kept = isRootBefore(document, root.instruction) ? [] : [`USER ${root.user.text}`];
  return replaceSpan(root.instruction.span, [...kept, ...before, `USER ${user}`].join(lineBreak));
}

/** Whether a stage is surely root without an instruction, so that steps in its place still run as root. */
function isRootBefore({ finalStage }: DockerfileDocument, instruction: UserInstruction): boolean {
  const position = finalStage?.instructions.indexOf(instruction) ?? -1;
  const user = position < 0 ? undefined : finalStage?.stateAt(position).user;
  if (user?.source !== "instruction") return true;
  return user.user.name.state === "known" && isRootUser(user.user.name.value);
}

/** Whether nothing after an instruction is built in the final image. */
function isLastStep(document: DockerfileDocument, instruction: UserInstruction): boolean {
  if (document.finalStage?.index !== instruction.stageIndex) return false;
  const { instructions } = document.finalStage;
  return !instructions
    .slice(instructions.indexOf(instruction) + 1)
    .some(({ keyword }) => building.has(keyword));
}

const building: ReadonlySet<string> = new Set(["RUN", "COPY", "ADD", "WORKDIR"]);
